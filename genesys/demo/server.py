"""The demo organization as a server in a thread of this process, on loopback only."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Mapping
from threading import Event, Thread
from types import TracebackType
from typing import Self
from uuid import uuid5

import uvicorn

from . import hours
from .api import Api
from .application import Answered, Application
from .options import DemoOptions
from .organization import NAMESPACE
from .tokens import Tokens

LOOPBACK = "127.0.0.1"
START_SECONDS = 20.0


class _Uvicorn(uvicorn.Server):
    """Says when it has started."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()


class DemoServer:
    """A running demo organization; close it, or use it in a `with`."""

    def __init__(self, options: DemoOptions, port: int) -> None:
        # The same each time, as an OAuth client's: what is kept of it is found again.
        self.client_id = str(uuid5(NAMESPACE, f"{options.seed}/client"))
        self.client_secret = secrets.token_urlsafe(32)
        tokens = Tokens(self.client_id, self.client_secret, options.clock)
        api = Api(options)
        self.people = api.people
        self._application = Application(api, tokens)
        self._socket = socket.create_server((LOOPBACK, port), backlog=128)
        # Connections inherit it. asyncio sees to it only where a socket names its protocol; an
        # answer's body would else wait for the client to confirm its head, 40 ms each time.
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.url = f"http://{LOOPBACK}:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(
            self._application.asgi(),
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=5,
        )
        self._uvicorn = _Uvicorn(config)
        self._thread = Thread(
            target=self._uvicorn.run,
            kwargs={"sockets": [self._socket]},
            name="genesys-demo",
            daemon=True,
        )
        self._thread.start()
        if not self._uvicorn.up.wait(START_SECONDS):
            self.close()
            raise RuntimeError(f"The demo organization did not start on {self.url}.")

    def __repr__(self) -> str:
        return f"DemoServer(url={self.url!r}, client_id={self.client_id!r})"

    @property
    def env(self) -> Mapping[str, str]:
        """The settings that point at this server; they hold the secret."""
        return {
            "GENESYS_CLOUD_CLIENT_ID": self.client_id,
            "GENESYS_CLOUD_CLIENT_SECRET": self.client_secret,
            "GENESYS_CLOUD_API_URL": self.url,
            "GENESYS_CLOUD_LOGIN_URL": self.url,
            "GENESYS_CLOUD_TIME_ZONE": hours.ZONE.key,
        }

    @property
    def sign_in_env(self) -> Mapping[str, str]:
        """The settings that let the dashboard's people sign in here."""
        return {
            "DASHBOARD_SIGN_IN": "genesys",
            "DASHBOARD_SIGN_IN_CLIENT_ID": self.people.client_id,
        }

    @property
    def requests(self) -> list[Answered]:
        """The latest requests that were answered, sign-on included, oldest first."""
        return list(self._application.answered)

    def wait(self) -> None:
        """Serve until the thread ends."""
        while self._thread.is_alive():
            self._thread.join(1.0)

    def close(self) -> None:
        """Stop serving; may be called again."""
        self._uvicorn.should_exit = True
        self._thread.join(START_SECONDS)
        self._socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def serve(options: DemoOptions | None = None, port: int = 0) -> DemoServer:
    """Start a demo organization in this process; it answers when this returns.

    Port 0 is any free one; raises OSError where the port is taken.
    """
    return DemoServer(options or DemoOptions(), port)
