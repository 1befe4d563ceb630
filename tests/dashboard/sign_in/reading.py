"""A page as a browser gets it over the websocket, with nothing drawn: all that is sent is text."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

import requests
from google.protobuf.message import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

GZIP = b"\x1f\x8b"
ZIP = b"PK\x03\x04"


@dataclass
class Page:
    """One run of a page: what was sent, and the files that it offers."""

    wire: ClientConnection
    url: str
    browser: requests.Session
    messages: list[ForwardMsg]

    @property
    def text(self) -> str:
        """All that was sent, packed tables unpacked."""
        return "\n".join(map(sent, self.messages))

    def elements(self, kind: str) -> Iterator[Message]:
        for message in self.messages:
            element = message.delta.new_element
            if element.WhichOneof("type") == kind:
                yield getattr(element, kind)

    def file_urls(self) -> Iterator[str]:
        """The address of each file, made now."""
        for button in self.elements("download_button"):
            url = self.made(button.deferred_file_id)
            assert url
            yield f"{self.url}{url}"

    def made(self, file_id: str) -> str:
        """Where the file is that this page asks for by its id; empty where it is not given."""
        asked = BackMsg()
        operation = asked.backend_operation_request
        operation.request_id, operation.session_id = str(uuid4()), self._session_id()
        operation.deferred_file.file_id = file_id
        self.wire.send(asked.SerializeToString())
        return str(_answer(self.wire).deferred_file.url)

    def _session_id(self) -> str:
        """Streamlit's own name of what the page runs in."""
        return next(
            each.new_session.initialize.session_id
            for each in self.messages
            if each.WhichOneof("type") == "new_session"
        )


def unpacked(content: bytes) -> str:
    """A file's text; of a workbook, that of all its parts."""
    if not content.startswith(ZIP):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "\n".join(parts.read(name).decode(errors="replace") for name in parts.namelist())


@contextmanager
def opened(url: str, browser: requests.Session) -> Iterator[ClientConnection]:
    """A websocket with somebody's cookies."""
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    address = f"{url.replace('http', 'ws', 1)}/_stcore/stream"
    headers = {"Cookie": cookies, "Origin": url}
    with connect(address, additional_headers=headers, max_size=None, proxy=None) as wire:
        yield wire


def run(wire: ClientConnection, url: str, browser: requests.Session, page: str, query: str) -> Page:
    """Let a page run to its end."""
    message = BackMsg()
    message.rerun_script.query_string = query
    message.rerun_script.page_name = page
    wire.send(message.SerializeToString())
    messages: list[ForwardMsg] = []
    while True:
        messages.append(ForwardMsg.FromString(_bytes(wire)))
        if messages[-1].WhichOneof("type") == "script_finished":
            return Page(wire, url, browser, messages)


def _answer(wire: ClientConnection):
    while True:
        message = ForwardMsg.FromString(_bytes(wire))
        if message.WhichOneof("type") == "backend_operation_response":
            return message.backend_operation_response


def _bytes(wire: ClientConnection) -> bytes:
    frame = wire.recv(timeout=60)
    assert isinstance(frame, bytes)
    return frame


def sent(message: ForwardMsg) -> str:
    """All that a message says, a packed table unpacked."""
    element = message.delta.new_element
    packed = element.bidi_component.bytes if element.WhichOneof("type") == "bidi_component" else b""
    table = gzip.decompress(packed).decode() if packed.startswith(GZIP) else ""
    return message.SerializeToString().decode(errors="replace") + table
