"""A Genesys Cloud of our own: a made-up organization behind the real API, over loopback HTTP."""

from __future__ import annotations

from .options import DemoOptions as DemoOptions
from .server import DemoServer as DemoServer
from .server import serve as serve

__all__ = ["DemoOptions", "DemoServer", "serve"]
