"""A page's websocket while its session lasts: closed soon after that is over, whoever is silent."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from time import monotonic
from typing import Final

from starlette.types import Message, Receive, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

LOOK_SECONDS: Final = 5.0

CLOSED: Final = 4401

MEDIA: Final = "/media/"
"""How the addresses of files begin."""

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
        on_page: Callable[[str], None],
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        self._receive, self._send = receive, send
        self._goes_on, self._is_over, self._on_use = goes_on, is_over, on_use
        self._on_file, self._on_page = on_file, on_page
        self._look_seconds = look_seconds
        self._due = monotonic() + look_seconds
        self._page = ""
        self._next: asyncio.Future[Message] | None = None
        self._is_closed = False
        self._is_open = False

    async def receive(self) -> Message:
        """The next message of the browser, or that it left where its session is over."""
        while not self._is_closed:
            # A message that is half received must not get lost when it is time to look.
            self._next = self._next or asyncio.ensure_future(_message(self._receive))
            left = max(0.0, self._due - monotonic())
            done, _ = await asyncio.wait({self._next}, timeout=left)
            # Who sends without a pause is looked after all the same.
            if done and monotonic() < self._due:
                message, self._next = self._next.result(), None
                if message["type"] != "websocket.receive":
                    return message
                if not self._is_over():
                    if is_use(message):
                        self._on_use()
                    return message
            self._due = monotonic() + self._look_seconds
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
        self._note(message.get("bytes") or b"")
        await self._send(message)

    def _note(self, content: bytes) -> None:
        """Which page this is, as its first messages say, and which files it is given."""
        if self._page and MEDIA.encode() not in content:
            return
        sent = ForwardMsg.FromString(content)
        for path in files_of(sent):
            self._on_file(path)
        if page := sent.new_session.initialize.session_id:
            self._page = page
            self._on_page(page)

    async def _close(self) -> None:
        if not self._is_closed:
            self._is_closed = True
            if self._next:
                self._next.cancel()
            await self._send({"type": "websocket.close", "code": CLOSED})


async def _message(receive: Receive) -> Message:
    return await receive()


def files_of(sent: ForwardMsg) -> Iterator[str]:
    """The files that a message gives to a page, by the fields that can.

    An address that is only written somewhere is no gift: whoever opens a page writes in it.
    """
    operation, element = sent.backend_operation_response, sent.delta.new_element
    icon = sent.page_config_changed.favicon
    for url in (operation.deferred_file.url, element.download_button.url, icon):
        if url.startswith(MEDIA):
            yield url


def sent_by(message: Message) -> BackMsg:
    """What a browser has sent; nothing in it where that is none of Streamlit's messages."""
    sent = BackMsg()
    try:
        sent.ParseFromString(message.get("bytes") or b"")
    except Exception:  # noqa: BLE001 - protobuf's own error, which is another one in each build
        return BackMsg()
    return sent


def is_use(message: Message) -> bool:
    """Whether somebody does something, and not the page by itself as with auto-refresh."""
    sent = sent_by(message)
    return sent.WhichOneof("type") in USES and not sent.rerun_script.is_auto_rerun
