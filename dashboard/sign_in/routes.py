"""The routes that are open to everybody: signing in, signing out, how a session stands, health."""

from __future__ import annotations

import re
from hashlib import sha256
from http import HTTPStatus
from typing import Final

from msgspec.structs import replace
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from dashboard.sign_in import leaves
from dashboard.sign_in.desk import Admission, Desk
from dashboard.sign_in.leaves import NEVER_KEPT, SIGN_IN, SIGN_OUT, WORDS, leaf, safe_back
from dashboard.sign_in.provider import DONE, Refused
from dashboard.sign_in.seals import TooLong
from dashboard.sign_in.sessions import Attempt, Over, Session
from genesys.errors import GenesysError
from genesys.organization.scope import Scope

LOOK: Final = "/sign-in/session"
"""How a session stands; open pages look there every few seconds."""

_ATTEMPT: Final = "sign-in-"


class Routes:
    """Cookies in, cookies out; every decision is the desk's."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._secure = desk.settings.is_https
        self.cookie = "__Host-dashboard" if self._secure else "dashboard"
        self._open = {
            ("GET", SIGN_IN): self._begin,
            ("GET", DONE): self._done,
            ("GET", LOOK): self._look,
            ("GET", SIGN_OUT): self._ask_out,
            ("POST", SIGN_OUT): self._out,
        }

    async def answer(self, request: Request) -> Response | None:
        """The answer of an open route; None where the path is none of them."""
        route = self._open.get((request.method, request.url.path))
        return await route(request) if route else None

    def session(self, connection: HTTPConnection) -> Session | Over:
        """Whose session a request bears, or why there is none."""
        return self.desk.session(connection.cookies.get(self.cookie, ""))

    async def admission(self, session: Session) -> Admission | Over:
        """What its person may see; where that has to be asked for, others go on meanwhile."""
        if known := self.desk.known(session):
            return known
        return await run_in_threadpool(self.desk.admit, session)

    async def _begin(self, request: Request) -> Response:
        back = safe_back(request.query_params.get("back", "/"))
        try:
            address, attempt = await run_in_threadpool(self.desk.begin, back)
        except GenesysError as error:
            return _refused(error, back)
        answer = RedirectResponse(address, HTTPStatus.SEE_OTHER, NEVER_KEPT)
        name = _cookie_of(attempt.state)
        self._set(answer, name, self._sealed(attempt), path=SIGN_IN, seconds=600)
        return answer

    def _sealed(self, attempt: Attempt) -> str:
        """An attempt as a cookie; a link for which that has no room leads to the first page."""
        try:
            return self.desk.seals.seal(attempt, pack=True)
        except TooLong:
            return self.desk.seals.seal(replace(attempt, back="/"))

    async def _done(self, request: Request) -> Response:
        given = dict(request.query_params)
        name = _cookie_of(given.get("state", ""))
        sealed = request.cookies.get(name, "")
        try:
            session, back = await run_in_threadpool(self.desk.finish, sealed, given)
        except GenesysError as error:
            answer: Response = _refused(error, "/")
        else:
            answer = RedirectResponse(back, HTTPStatus.SEE_OTHER, NEVER_KEPT)
            self.renew(answer, session)
        answer.delete_cookie(name, path=SIGN_IN)
        return answer

    async def _look(self, request: Request) -> Response:
        found: Session | Admission | Over = self.session(request)
        if isinstance(found, Session):
            found = await self.admission(found)
        if isinstance(found, Over):
            return JSONResponse({"over": found.value}, HTTPStatus.UNAUTHORIZED, NEVER_KEPT)
        answer = JSONResponse({"mark": _mark(found.scope)}, headers=NEVER_KEPT)
        self.renew(answer, found.session)
        return answer

    async def _ask_out(self, request: Request) -> Response:
        found: Session | Admission | Over = self.session(request)
        back = request.query_params.get("back")
        if isinstance(found, Session) and back is None:
            return leaves.sign_out(found.name)
        if isinstance(found, Session):
            found = await self.admission(found)
        if isinstance(found, Over):
            return leaf(*WORDS[found], back=safe_back(back or "/"))
        return RedirectResponse(safe_back(back or "/"), HTTPStatus.SEE_OTHER, NEVER_KEPT)

    async def _out(self, request: Request) -> Response:
        session = self.session(request)
        if isinstance(session, Session):
            self.desk.sign_out(session)
        answer = RedirectResponse(SIGN_OUT, HTTPStatus.SEE_OTHER, NEVER_KEPT)
        # A form on another site's page comes without the cookie, and must not take it away.
        if self.cookie in request.cookies:
            answer.delete_cookie(self.cookie, secure=self._secure, httponly=True, samesite="lax")
        return answer

    def renew(self, answer: Response, session: Session) -> None:
        """Let the cookie know of the last use, so that another server knows of it too."""
        used = self.desk.sessions.last_use(session)
        life = session.ends - self.desk.sessions.now()
        self._set(
            answer,
            self.cookie,
            self.desk.seals.seal(replace(session, seen=used)),
            seconds=max(0, int(life.total_seconds())),
        )

    def _set(
        self, answer: Response, name: str, value: str, *, seconds: int, path: str = "/"
    ) -> None:
        answer.set_cookie(
            name,
            value,
            max_age=seconds,
            path=path,
            secure=self._secure,
            httponly=True,
            samesite="lax",
        )


def _cookie_of(state: str) -> str:
    """The name of the cookie of an attempt; an address may say anything for its state."""
    return _ATTEMPT + re.sub("[^A-Za-z0-9_-]", "", state[:8])


def _mark(scope: Scope) -> str:
    """The same for the same scope: a page that was drawn for another one is loaded anew."""
    text = repr((sorted(scope.division_ids), sorted(scope.division_names), scope.is_all))
    return sha256(text.encode()).hexdigest()[:16]


def _refused(error: GenesysError, back: str) -> Response:
    status = HTTPStatus.FORBIDDEN if isinstance(error, Refused) else HTTPStatus.BAD_GATEWAY
    return leaf(
        "Not signed in", error.what, error.todo, status=status, back=back, way_in="Try again"
    )
