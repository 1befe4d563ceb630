"""The styles and scripts of all pages, in the document before Streamlit draws anything in it.

What came with a page would come after its first pictures, which would jump.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from genesys.errors import ConfigurationError
from genesys.settings import load
from reports.charts.slide import BACKGROUND

_FILES: Final = (
    "layout.css", "loading.css", "paper.css", "browser.js", "paper.js", "slides.js"
)  # fmt: skip
SESSION: Final = ("session.js",)
"""What pages need besides where people sign in."""

_END: Final = b"</body>"
"""Streamlit's own styles stand in the head, so those here win where both say something."""


class Shell:
    """ASGI middleware that puts styles and scripts into documents; all else passes untouched.

    What passes comes uncompressed, or nothing could be put into it: compress outside of this.
    """

    def __init__(self, app: ASGIApp, more: tuple[str, ...] = ()) -> None:
        self.app = app
        self._put = _put(*_FILES, *more)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "GET":
            plain = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
            await self.app({**scope, "headers": plain}, receive, _Document(send, self._put))
        else:
            await self.app(scope, receive, send)


class _Document:
    """Sends an answer on; a document as a whole, with what is put into it."""

    def __init__(self, send: Send, put: bytes) -> None:
        self._send = send
        self._put = put
        self._start: Message = {}
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_document(message):
            self._start = message
        elif not self._start:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._whole()

    async def _whole(self) -> None:
        body = self._body.replace(_END, self._put + _END)
        headers = MutableHeaders(raw=self._start["headers"])
        headers["Content-Length"] = str(len(body))
        for validator in ("ETag", "Last-Modified"):  # they are of what Streamlit has installed
            del headers[validator]
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body})


def _is_document(start: Message) -> bool:
    content = MutableHeaders(raw=start["headers"]).get("Content-Type", "")
    return start["status"] == 200 and content.startswith("text/html")


def _put(*names: str) -> bytes:
    styles, scripts = (
        "".join(_text(name) for name in names if name.endswith(ending))
        for ending in (".css", ".js")
    )
    scripts = scripts.replace("SLIDE;", f"{json.dumps(BACKGROUND)};")
    scripts = scripts.replace("FIRST_WEEKDAY", str(_first_weekday()))
    return f"<style>{styles}</style><script>{scripts}</script>".encode()


def _first_weekday() -> int:
    """As browsers count, Monday is 1; what is wrong with a setting is told by the pages."""
    try:
        return load().week_begins + 1
    except ConfigurationError:
        return 1


def _text(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")
