"""A page's websocket while its session lasts: closed soon after that is over, whoever is silent."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Final

from starlette.types import Message, Receive, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

LOOK_SECONDS: Final = 5.0

CLOSED: Final = 4401

_FILE: Final = re.compile(rb"/media/[\w.-]+")
"""The address of a file, wherever a page is told of one."""

USES: Final = ("rerun_script", "stop_script", "backend_operation_request")
"""What a page sends when somebody does something in it."""


class Wire:
    """Both ways of a websocket; `goes_on` is asked every few seconds, `is_over` at each message."""

    def __init__(
        self,
        receive: Receive,
        send: Send,
        goes_on: Callable[[], Awaitable[bool]],
        *,
        is_over: Callable[[], bool],
        on_use: Callable[[], None],
        on_file: Callable[[str], None],
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        self._receive, self._send = receive, send
        self._goes_on, self._is_over, self._on_use = goes_on, is_over, on_use
        self._on_file = on_file
        self._look_seconds = look_seconds
        self._next: asyncio.Future[Message] | None = None
        self._is_closed = False
        self._is_open = False

    async def receive(self) -> Message:
        """The next message of the browser, or that it left where its session is over."""
        while not self._is_closed:
            # A message that is half received must not get lost when it is time to look.
            self._next = self._next or asyncio.ensure_future(_message(self._receive))
            done, _ = await asyncio.wait({self._next}, timeout=self._look_seconds)
            if done:
                message, self._next = self._next.result(), None
                if message["type"] != "websocket.receive":
                    return message
                if not self._is_over():
                    if is_use(message):
                        self._on_use()
                    return message
            if self._is_over() or not await self._goes_on():
                await self._close()
        return {"type": "websocket.disconnect", "code": CLOSED}

    async def send(self, message: Message) -> None:
        """Send on; nothing more once the session is over."""
        if message["type"] == "websocket.accept":
            self._is_open = True
        if self._is_closed or (self._is_open and self._is_over()):
            await self._close()
            return
        for path in _FILE.findall(message.get("bytes") or b""):
            self._on_file(path.decode())
        await self._send(message)

    async def _close(self) -> None:
        if not self._is_closed:
            self._is_closed = True
            if self._next:
                self._next.cancel()
            await self._send({"type": "websocket.close", "code": CLOSED})


async def _message(receive: Receive) -> Message:
    return await receive()


def is_use(message: Message) -> bool:
    """Whether somebody does something, and not the page by itself as with auto-refresh."""
    content = message.get("bytes")
    if not content:
        return False
    try:
        sent = BackMsg.FromString(content)
    except ValueError:  # protobuf's own error is none of these in all of its builds
        return False
    return sent.WhichOneof("type") in USES and not sent.rerun_script.is_auto_rerun
