"""The HTTP side: one way for every request, from its headers to an answer with headers."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import parse_qs, parse_qsl
from uuid import uuid4

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from . import sign_in_page
from .api import OPERATIONS, Api, Call, Operation
from .faults import Fault, not_found
from .people import Person
from .ratelimit import RateLimit
from .tokens import Tokens, basic

MOST_BODY_BYTES = 512_000
JSON = "application/json"
TOKEN_PATH = "/oauth/token"  # noqa: S105 - an address

Endpoint = Callable[[Request], Awaitable[Response]]
Headers = dict[str, str]


class Answered(NamedTuple):
    """One request that was answered."""

    method: str
    path: str
    status: int


class Application:
    """The API and its login on one origin; `answered` holds the latest requests."""

    def __init__(self, api: Api, tokens: Tokens) -> None:
        self._api = api
        self._tokens = tokens
        self._limit = RateLimit(api.options.rate_limit, api.options.clock)
        self.answered: deque[Answered] = deque(maxlen=10_000)

    def asgi(self) -> Starlette:
        """The ASGI application."""
        routes = [Route(row.path, self._endpoint(row), methods=[row.method]) for row in OPERATIONS]
        login = Route(TOKEN_PATH, self._login, methods=["POST"])
        sign_in = Route(sign_in_page.PATH, self._sign_in, methods=["GET"])
        app = Starlette(
            routes=[login, sign_in, *routes],
            exception_handlers={404: self._nowhere, 405: self._nowhere, 500: self._broken},
        )
        app.router.redirect_slashes = False
        return app

    def _endpoint(self, operation: Operation) -> Endpoint:
        async def endpoint(request: Request) -> Response:
            await asyncio.sleep(self._api.options.latency_ms / 1000)
            sent = await _drained(request)
            headers: Headers = {}
            try:
                headers |= self._admitted(request, operation)
                call = replace(_call(request, sent), person=self._person(request, operation))
                answer = await run_in_threadpool(self._run, operation, call)
            except Fault as fault:
                return self._refused(request, fault, headers)
            return self._response(request, operation.status, answer, headers)

        return endpoint

    def _run(self, operation: Operation, call: Call) -> bytes:
        made = operation.run(self._api, call)
        return b"" if made is None else msgspec.json.encode(made)

    def _admitted(self, request: Request, operation: Operation) -> Headers:
        """The rate-limit headers of a request that may go on."""
        credentials = request.headers.get("authorization", "")
        token = credentials if operation.scope else self._tokens.check(credentials)
        headers = self._limit.count(token)
        try:
            operation.permit(self._api.options.deny)
        except Fault as fault:
            fault.headers |= headers
            raise
        return headers

    def _person(self, request: Request, operation: Operation) -> Person | None:
        """Who asks, where only people may."""
        if not operation.scope:
            return None
        credentials = request.headers.get("authorization", "")
        return self._api.people.check(credentials, operation.scope)

    def _response(
        self,
        request: Request,
        status: int,
        body: bytes,
        headers: Headers,
        context_id: str = "",
    ) -> Response:
        self.answered.append(Answered(request.method, request.url.path, status))
        headers = {**headers, "ININ-Correlation-Id": context_id or str(uuid4())}
        return Response(body, status, headers, media_type=JSON if body else None)

    def _refused(self, request: Request, fault: Fault, headers: Headers) -> Response:
        context_id = str(uuid4())
        body = msgspec.json.encode(fault.body(context_id))
        return self._response(request, fault.status, body, {**headers, **fault.headers}, context_id)

    async def _nowhere(self, request: Request, _: Exception) -> Response:
        return self._refused(request, not_found("such resource"), {})

    async def _broken(self, request: Request, _: Exception) -> Response:
        fault = Fault(500, "internal.server.error", "The demo organization failed unexpectedly.")
        return self._refused(request, fault, {})

    async def _sign_in(self, request: Request) -> Response:
        self.answered.append(Answered(request.method, request.url.path, 200))
        return sign_in_page.answer(self._api.people, dict(request.query_params))

    async def _login(self, request: Request) -> Response:
        credentials, sent = request.headers.get("authorization", ""), await request.body()
        form = dict(parse_qsl(sent.decode(errors="replace")))
        if form.get("grant_type") == "authorization_code":
            status, body = self._api.people.grant(form, basic(credentials)[0] or "")
        else:
            kind = request.headers.get("content-type", "")
            status, body = self._tokens.grant(credentials, kind, sent)
        return self._response(request, status, msgspec.json.encode(body), {})


async def _drained(request: Request) -> bytes:
    """The body to its end, so that the connection stays sound; kept up to just above the limit."""
    body = b""
    async for chunk in request.stream():
        body += chunk[: MOST_BODY_BYTES + 1 - len(body)]
    return body


def _call(request: Request, body: bytes) -> Call:
    """What the request brings; raises Fault where a body is too large, or no JSON."""
    if len(body) > MOST_BODY_BYTES:
        message = f"The body is larger than {MOST_BODY_BYTES} bytes."
        raise Fault(413, "request.entity.too.large", message)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if request.method == "POST" and kind != JSON:
        raise Fault(415, "unsupported.media.type", f"The body is sent as {JSON}, not {kind!r}.")
    parameters = parse_qs(request.url.query, keep_blank_values=True)
    return Call(parameters, body, request.path_params.get("job_id", ""))
