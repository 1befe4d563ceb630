"""The scripts that a page asks the dashboard's own server for, and nobody else's."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Route

from reports.page.page import PLOTLY

A_YEAR: Final = "public, max-age=31536000, immutable"
"""Another version has another address."""


def plotly(_: Request) -> FileResponse:
    """Plotly's script as its package brings it, for the charts of a meeting."""
    path = files("plotly") / "package_data" / "plotly.min.js"
    return FileResponse(str(path), media_type="text/javascript", headers={"Cache-Control": A_YEAR})


ROUTES: Final = (Route(f"/scripts/{PLOTLY}", plotly),)
