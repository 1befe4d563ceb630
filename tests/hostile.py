"""A small server on loopback that answers by a script, faults and all.

    with HostileServer([too_many("3"), ok({"results": []})]) as server:
        Api(server.connection).aggregate({}, budget)
        assert [seen.path for seen in server.requests] == [...]

Requests to `/oauth/token` are answered with `tokens`, by default with token-1, token-2, ...;
all others with the next of `answers`, or with what `answers` returns where it is a function.
Use `itertools.repeat` for an answer that never changes.
"""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Self
from urllib.parse import parse_qsl, urlsplit

from genesys.settings import Connection

SECRET = "s3cret-of-the-tests"
CORRELATION_ID = "corr-1"


@dataclass(frozen=True)
class Seen:
    """A request as it arrived; header names are in lower case."""

    method: str
    path: str
    params: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> object:
        return json.loads(self.body)


@dataclass(frozen=True)
class Sent:
    """An answer. `length` is the Content-Length that is claimed; `reset` ends the connection
    before anything is sent; `silent` keeps quiet until the server closes.
    """

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None
    reset: bool = False
    silent: bool = False


RESET = Sent(reset=True)
SILENT = Sent(silent=True)
HTML_502 = Sent(502, b"<html><body>Bad gateway</body></html>", {"Content-Type": "text/html"})
EMPTY_503 = Sent(503)
NOT_JSON = Sent(200, b"<html>Please accept the terms of this network</html>")


def ok(value: object, status: int = 200, **headers: str) -> Sent:
    """A JSON answer; underscores in header names stand for hyphens."""
    return Sent(status, json.dumps(value).encode(), _named(headers))


def cut(value: object) -> Sent:
    """An answer that breaks off in the middle."""
    body = json.dumps(value).encode()
    return Sent(200, body[: len(body) // 2], length=len(body))


def refuse(status: int, code: str, message: str = "Refused.", **params: str) -> Sent:
    """An error body as the API sends it; further names are its `messageParams`."""
    return ok(
        {
            "message": message,
            "code": code,
            "status": status,
            "messageParams": params,
            "contextId": "context-1",
        },
        status,
    )


def too_many(retry_after: str | None = "3") -> Sent:
    """A 429 with Retry-After as a number or an HTTP date, or without it."""
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    return replace(refuse(429, "too.many.requests.retry.after"), headers=headers)


def refuse_token(status: int, error: str = "invalid_client", description: str = "refused") -> Sent:
    """A refusal in the words of the login host."""
    body = {"error": error, "description": description, "error_description": description}
    return ok(body, status)


def token(value: str = "token-1", **more: object) -> Sent:
    """An access token."""
    return ok({"access_token": value, "token_type": "bearer", **more})


def _tokens() -> Iterator[Sent]:
    return (token(f"token-{number}", expires_in=86400) for number in count(1))


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


Script = Iterable[Sent] | Callable[[Seen], Sent]


class HostileServer:
    """See the module; `requests` are those to the API, `sign_ons` those for a token."""

    def __init__(self, answers: Script = (), tokens: Script | None = None) -> None:
        self.requests: list[Seen] = []
        self.sign_ons: list[Seen] = []
        self._answer = _chooser(answers)
        self._token = _chooser(_tokens() if tokens is None else tokens)
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _handler(self._choose, self._closing))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def connection(self) -> Connection:
        return Connection(self.url, self.url, "client-1", SECRET, "us-east-1")

    def close(self) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _choose(self, seen: Seen) -> Sent:
        signs_on = seen.path.endswith("/oauth/token")
        with self._lock:
            (self.sign_ons if signs_on else self.requests).append(seen)
            return (self._token if signs_on else self._answer)(seen)


def _chooser(script: Script) -> Callable[[Seen], Sent]:
    if callable(script):
        return script
    rest = iter(script)
    return lambda seen: next(rest, refuse(404, "script.ended", f"No answer to {seen.path}."))


class _Server(ThreadingHTTPServer):
    """Closes what clients have kept open, so that nothing outlasts the test."""

    daemon_threads = False
    request_queue_size = 64

    def __init__(self, *args: object) -> None:
        self._open: set[socket.socket] = set()
        super().__init__(*args)  # type: ignore[arg-type]

    def process_request(self, request, client_address) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        for connection in tuple(self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        super().server_close()

    def handle_error(self, request, client_address) -> None:
        """Clients that hang up early are part of the game."""


def _handler(
    choose: Callable[[Seen], Sent], closing: threading.Event
) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def answer(self) -> None:
            sent = choose(self._seen())
            if sent.silent:
                closing.wait(10)
            if sent.silent or sent.reset:
                self._hang_up()
                return
            self.send_response(sent.status)
            headers = {
                "ININ-Correlation-Id": CORRELATION_ID,
                "Content-Type": "application/json",
                "Content-Length": str(len(sent.body) if sent.length is None else sent.length),
            }
            for name, value in (headers | dict(sent.headers)).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(sent.body)
            self.close_connection = sent.length is not None

        def __getattr__(self, name: str) -> Callable[[], None]:
            if name.startswith("do_"):
                return self.answer
            raise AttributeError(name)

        def _seen(self) -> Seen:
            parts = urlsplit(self.path)
            return Seen(
                method=self.command,
                path=parts.path,
                params=dict(parse_qsl(parts.query)),
                headers={name.lower(): value for name, value in self.headers.items()},
                body=self.rfile.read(int(self.headers.get("Content-Length") or 0)),
            )

        def _hang_up(self) -> None:
            """Close with a reset instead of a proper end."""
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            socket.close(self.connection.detach())
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    return Handler
