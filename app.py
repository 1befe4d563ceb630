"""The ASGI application: the dashboard in its document, compressed, with security headers.

`streamlit run app.py` finds `app` from any working directory.
"""

from __future__ import annotations

import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Timer
from typing import Final

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import warming
from dashboard.data import organization, watching
from dashboard.document.at_once import AtOnce
from dashboard.document.doorkeeper import Doorkeeper
from dashboard.document.scripts import ROUTES
from dashboard.document.shell import SESSION, Shell
from dashboard.sign_in.layer import layer
from dashboard.sign_in.present import people_sign_in
from dashboard.together.ended import mirror_sessions

CONTENT_SECURITY_POLICY: Final = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
"""What a page may load: Streamlit needs inline styles and scripts, chart images data and blobs.

The script of a component is a blob that a page's own script makes: who could make one runs already.
"""

SECURITY_HEADERS: Final = {
    "Content-Security-Policy": "; ".join(
        f"{directive} {sources}" for directive, sources in CONTENT_SECURITY_POLICY.items()
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


OPEN_AFTER_SECONDS: Final = 0.5


class SecurityHeaders:
    """ASGI middleware that puts `SECURITY_HEADERS` on HTTP answers; websockets pass untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(SECURITY_HEADERS)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


@asynccontextmanager
async def begin(_: st.App) -> AsyncIterator[None]:
    """Warm up, and show the dashboard where there is a display: for an `st.App` nobody else does.

    The server listens a moment after this, hence the delay.
    """
    warming.warm_up()
    if not st.get_option("server.headless"):
        address = f"http://localhost:{st.get_option('server.port')}"
        Timer(OPEN_AFTER_SECONDS, webbrowser.open, [address]).start()
    yield


def layers() -> tuple[Middleware, ...]:
    """What stands in front of Streamlit, outermost first."""
    address, hosts = map(st.get_option, ("server.address", "server.allowedHosts"))
    in_front = layer(address, hosts, organization.hosts)
    mirror_sessions()
    watching.watch()
    return (
        Middleware(AtOnce),
        Middleware(SecurityHeaders),
        Middleware(Doorkeeper),
        *in_front,
        Middleware(GZipMiddleware, compresslevel=5),
        Middleware(Shell, more=SESSION if people_sign_in() else ()),
    )


app = st.App(
    Path(__file__).resolve().parent / "dashboard" / "main.py",
    lifespan=begin,
    routes=ROUTES,
    middleware=layers(),
)
