"""The layer in front of everything: pages, websocket and files answer only to a session."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final
from urllib.parse import quote

from cachetools import LRUCache
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.sign_in.desk import Admission, Desk
from dashboard.sign_in.leaves import NEVER_KEPT, SIGN_IN
from dashboard.sign_in.present import HEADER, asked_by
from dashboard.sign_in.routes import Routes
from dashboard.sign_in.sessions import Over, Session
from dashboard.sign_in.wire import LOOK_SECONDS, MEDIA, Wire
from genesys.organization.scope import Scope as Sees
from genesys.settings import is_loopback

HEALTH: Final = "/healthz"

MOST_FILES: Final = 100_000
MOST_PAGES: Final = 10_000

_PROTOCOL: Final = "Sec-WebSocket-Protocol"
"""Streamlit has three things in it: the protocol, a token, and the page that is gone on with."""

_REFUSED: Final = 4401
"""A websocket's word for not signed in, of those that are free to be used."""


class Health:
    """ASGI middleware that says to everybody that the server is up, and nothing else."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == HEALTH:
            await PlainTextResponse("ok", headers=NEVER_KEPT)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


class ThisMachine:
    """ASGI middleware for where nobody signs in: it answers to this machine alone."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        client = scope.get("client")
        if scope["type"] == "lifespan" or (client and is_loopback(client[0])):
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            words = "Nobody signs in here, so only this machine may open it."
            await PlainTextResponse(words, HTTPStatus.FORBIDDEN)(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": _REFUSED})


class Guard:
    """ASGI middleware that lets through who is signed in, and tells the page who that is."""

    def __init__(self, app: ASGIApp, desk: Desk, look_seconds: float = LOOK_SECONDS) -> None:
        self.app = app
        self._desk = desk
        self._routes = Routes(desk)
        self._look_seconds = look_seconds
        self._files: LRUCache[str, set[str]] = LRUCache(MOST_FILES)
        self._pages: LRUCache[str, tuple[str, Sees]] = LRUCache(MOST_PAGES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            request = Request(scope, receive)
            if answer := await self._routes.answer(request):
                await answer(scope, receive, send)
                return
            found = await self._found(request)
            if isinstance(found, Over):
                await _way_in(request)(scope, receive, send)
                return
            if scope["path"].startswith(MEDIA):
                await self._file(scope, receive, send, found.session)
                return
            if _is_page(request):
                self._desk.sessions.use(found.session)
            await self.app(_named(scope, found.session), receive, send)
        elif scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = await self._found(HTTPConnection(scope))
        if isinstance(found, Over):
            await send({"type": "websocket.close", "code": _REFUSED})
            return
        session, seen = found.session, found.scope
        self._desk.sessions.remember(session)

        async def goes_on() -> bool:
            if self._desk.sessions.why_over(session):
                return False
            now = await self._routes.admission(session)
            return isinstance(now, Admission) and now.scope == seen

        wire = Wire(
            receive,
            send,
            goes_on,
            is_over=lambda: self._desk.sessions.why_over(session) is not None,
            on_use=lambda: self._desk.sessions.use(session),
            on_file=lambda path: self._files.setdefault(path, set()).add(session.id),
            on_page=lambda page: self._pages.update({page: (session.id, seen)}),
            look_seconds=self._look_seconds,
        )
        with asked_by(session):
            theirs = self._of_theirs(_named(scope, session), found)
            await self.app(theirs, wire.receive, wire.send)

    def _of_theirs(self, scope: Scope, found: Admission) -> Scope:
        """A page that was another person's, or drawn for other divisions, begins anew.

        Streamlit would go on with it: it holds what was drawn and made for whoever names it.
        """
        asked = Headers(scope=scope).get(_PROTOCOL, "").split(",")
        page = "".join(asked[2:3]).strip()
        if not page or self._pages.get(page) == (found.session.id, found.scope):
            return scope
        return _with_header(scope, _PROTOCOL, ",".join(asked[:2]))

    async def _file(self, scope: Scope, receive: Receive, send: Send, session: Session) -> None:
        """A file, where it was made for a page of this session: its address alone is no right.

        Nothing between may keep it, or it would answer whoever comes next.
        """

        async def never_kept(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(NEVER_KEPT)
            await send(message)

        if session.id in self._files.get(scope["path"], ()):
            await self.app(_named(scope, session), receive, never_kept)
        else:
            answer = PlainTextResponse("Not yours", HTTPStatus.NOT_FOUND, NEVER_KEPT)
            await answer(scope, receive, send)

    async def _found(self, connection: HTTPConnection) -> Admission | Over:
        session = self._routes.session(connection)
        return session if isinstance(session, Over) else await self._routes.admission(session)


def _named(scope: Scope, session: Session) -> Scope:
    """The request with whose it is; what a browser says of that itself is left out."""
    return _with_header(scope, HEADER, session.id)


def _with_header(scope: Scope, name: str, value: str) -> Scope:
    """The request with this one header of the name."""
    raw = name.lower().encode()
    headers = [pair for pair in scope["headers"] if pair[0].lower() != raw]
    return {**scope, "headers": [*headers, (raw, value.encode())]}


def _is_page(request: Request) -> bool:
    """Whether somebody opens a page, and not a part of one."""
    return request.method == "GET" and "text/html" in request.headers.get("accept", "")


def _way_in(request: Request) -> Response:
    if not _is_page(request):
        return PlainTextResponse("Not signed in", HTTPStatus.UNAUTHORIZED, NEVER_KEPT)
    url = request.url
    back = quote(f"{url.path}?{url.query}" if url.query else url.path, safe="")
    return RedirectResponse(f"{SIGN_IN}?back={back}", HTTPStatus.SEE_OTHER, NEVER_KEPT)
