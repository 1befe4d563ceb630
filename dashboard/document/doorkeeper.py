"""What the server answers at all: what the dashboard needs, in sizes that it needs."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from time import monotonic
from typing import Final

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.sign_in.leaves import SIGN_OUT
from dashboard.sign_in.wire import sent_by

METHODS: Final = ("GET", "HEAD")
"""Nothing is sent to the dashboard but over its websocket: Streamlit's uploads are not needed.

Only signing out is more than a look.
"""

CLOSED: Final = ("/_stcore/upload_file", "/_stcore/metrics", "/_stcore/agent")
"""Streamlit's routes that tell or take what is nobody's business."""

MOST_ADDRESS: Final = 16_384
"""Bytes of path and query; a hundred queues take a third of them."""

MOST_HEADERS: Final = 32_768
"""Bytes of all header lines, cookies of a sign-in proxy included."""

MOST_MESSAGE: Final = 1_048_576
"""Bytes of a websocket message from a browser; a hundred pasted names have a few thousand."""

MESSAGES_A_SECOND: Final = 20
"""What a person can do; a session that sends more waits, and nobody else does."""

FOR_DEVELOPERS: Final = (
    "clear_cache",
    "set_run_on_save",
    "load_git_info",
    "file_urls_request",
    "debug_disconnect_websocket",
    "debug_shutdown_runtime",
)
"""Kinds of messages that Streamlit takes from everybody, and that no page of ours sends.

To forget what the process keeps, as its log, is no visitor's to ask.
"""

_TOO_BIG: Final = 1009


class Doorkeeper:
    """ASGI middleware that refuses all else, and lets a flood of messages wait."""

    def __init__(
        self,
        app: ASGIApp,
        clock: Callable[[], float] = monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.app, self._clock, self._sleep = app, clock, sleep

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (status := refusal(scope)):
            await PlainTextResponse(status.phrase, status)(scope, receive, send)
        elif scope["type"] == "websocket":
            await self.app(scope, self._bounded(receive), send)
        else:
            await self.app(scope, receive, send)

    def _bounded(self, receive: Receive) -> Receive:
        due = self._clock() - 1

        async def bounded() -> Message:
            nonlocal due
            while True:
                message = await receive()
                if message["type"] != "websocket.receive":
                    return message
                content = message.get("bytes") or message.get("text") or b""
                if len(content) > MOST_MESSAGE:
                    return {"type": "websocket.disconnect", "code": _TOO_BIG}
                # A second's worth may come at once, as when a page opens.
                now = self._clock()
                due = max(due, now - 1) + 1 / MESSAGES_A_SECOND
                if due > now:
                    await self._sleep(due - now)
                if sent_by(message).WhichOneof("type") not in FOR_DEVELOPERS:
                    return message

        return bounded


def refusal(scope: Scope) -> HTTPStatus | None:
    """Why a request is not answered; None where it is."""
    is_sign_out = (scope["method"], scope["path"]) == ("POST", SIGN_OUT)
    if scope["method"] not in METHODS and not is_sign_out:
        return HTTPStatus.METHOD_NOT_ALLOWED
    if any(closed in scope["path"] for closed in CLOSED):
        return HTTPStatus.NOT_FOUND
    if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > MOST_ADDRESS:
        return HTTPStatus.REQUEST_URI_TOO_LONG
    if sum(len(name) + len(value) for name, value in scope["headers"]) > MOST_HEADERS:
        return HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
    return None
