"""A guarded server in this process, whose clock a test moves, and people who sign in to it."""

from __future__ import annotations

import socket
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Thread
from urllib.parse import urljoin

import requests
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp
from starlette.websockets import WebSocket, WebSocketDisconnect

from dashboard.sign_in.desk import Desk
from dashboard.sign_in.genesys import Genesys
from dashboard.sign_in.guard import Guard, Health
from dashboard.sign_in.present import HEADER
from dashboard.sign_in.provider import DONE, Hosts, Provider
from dashboard.sign_in.settings import SignInSettings, read
from genesys.demo import DemoOptions, DemoServer, serve
from genesys.demo.options import SCOPES
from tests.conftest import DEMO_NOW


@dataclass
class Clock:
    """A clock that a test moves."""

    now: datetime = DEMO_NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


async def page(request: Request) -> Response:
    return PlainTextResponse(f"figures for {request.headers.get(HEADER)}")


async def echo(websocket: WebSocket) -> None:
    await websocket.accept()
    try:
        while True:
            await websocket.receive_bytes()
            await websocket.send_text("figures")
    except WebSocketDisconnect:
        pass


@dataclass
class Guarded:
    """A running guarded server, and its desk to look behind."""

    url: str
    desk: Desk
    clock: Clock
    people: list[requests.Session] = field(default_factory=list)

    def browser(self) -> requests.Session:
        session = requests.Session()
        session.trust_env = False
        self.people.append(session)
        return session

    def get(self, browser: requests.Session, path: str = "/", **headers: str) -> requests.Response:
        headers = {"Accept": "text/html", **headers}
        return browser.get(
            urljoin(self.url, path), headers=headers, allow_redirects=False, timeout=30
        )

    def begin(self, browser: requests.Session, back: str = "/") -> str:
        """Where the provider's page is."""
        answer = self.get(browser, f"/sign-in?back={back}")
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]

    def come_back(self, browser: requests.Session, person: str, back: str = "/") -> str:
        """The address that the provider sends somebody back to."""
        answer = self.get(browser, f"{self.begin(browser, back)}&person={person}")
        return answer.headers["Location"]

    def sign_in(self, person: str, back: str = "/") -> requests.Session:
        browser = self.browser()
        answer = self.get(browser, self.come_back(browser, person, back))
        assert answer.status_code == 303, answer.text
        assert answer.headers["Location"] == back
        return browser


def inner(answer: Callable[[Request], Awaitable[Response]] = page) -> ASGIApp:
    """What is guarded: the same answer to whatever is asked for, and a websocket that echoes."""
    routes = [Route("/{path:path}", answer), WebSocketRoute("/_stcore/stream", echo)]
    return Starlette(routes=routes)


@contextmanager
def started(
    make: Callable[[SignInSettings], Provider],
    env: Mapping[str, str],
    app: ASGIApp | None = None,
) -> Iterator[Guarded]:
    """A guarded server, which people sign in to by the provider that is made for its settings."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://localhost:{listening.getsockname()[1]}"
        settings = read({"DASHBOARD_SIGN_IN": "genesys", "DASHBOARD_URL": url, **env})
        clock = Clock()
        desk = Desk(settings, make(settings), clock)
        guarded = Health(Guard(app or inner(), desk, look_seconds=0.05))
        server = uvicorn.Server(
            uvicorn.Config(guarded, log_config=None, log_level="error", lifespan="off")
        )
        thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        at = Guarded(url, desk, clock)
        try:
            yield at
        finally:
            server.should_exit = True
            thread.join(10)
            for each in at.people:
                each.close()


@contextmanager
def of_the_demo(
    app: ASGIApp | None = None, scopes: tuple[str, ...] = SCOPES
) -> Iterator[tuple[Guarded, DemoServer]]:
    """A guarded server that people of a demo organization of its own sign in to."""
    with ExitStack() as closing:

        def by_genesys(settings: SignInSettings) -> Provider:
            back = (f"{settings.address}{DONE}",)
            options = DemoOptions(redirect_uris=back, scopes=scopes, rate_limit=0)
            found.append(demo := closing.enter_context(serve(options)))
            own = demo.people.organization.id
            hosts = Hosts(demo.url, demo.url, demo.people.client_id, lambda: own)
            return Genesys(settings, lambda: hosts)

        found: list[DemoServer] = []
        at = closing.enter_context(started(by_genesys, {}, app))
        yield at, found[0]
