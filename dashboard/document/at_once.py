"""What is drawn leaves at once, not in the pace of acknowledgements."""

from __future__ import annotations

import asyncio
import socket
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

_TCP: Final = (socket.AF_INET, socket.AF_INET6)


class AtOnce:
    """ASGI middleware for websockets, outermost: each frame is sent as soon as it is there.

    Streamlit binds its socket without naming TCP, and asyncio turns Nagle's algorithm off only
    where it is named. The last frames of a run then waited for an acknowledgement, which the
    other side may delay by 40 ms: longer than the run itself.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            _send_at_once(send)
        await self.app(scope, receive, send)


def _send_at_once(send: Send) -> None:
    """Turn it off for the connection that uvicorn's `send` writes to; others are left alone."""
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if not isinstance(transport, asyncio.BaseTransport):
        return
    connection = transport.get_extra_info("socket")
    if connection is not None and connection.family in _TCP:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
