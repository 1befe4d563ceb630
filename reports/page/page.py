"""The show as one HTML file: it asks no host for anything and opens from disk and mail."""

from __future__ import annotations

import base64
import gzip
from functools import cache
from html import escape
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import msgspec
import plotly.graph_objects as go
from plotly.io.json import to_json_plotly  # type: ignore[import-untyped]

from genesys.moments import timed
from reports import browser_table
from reports.browser_table import packed
from reports.page.body import Body, body
from reports.scenes.scene import Show

_HERE: Final = Path(__file__).resolve().parent

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline';"
    " img-src data: blob:; font-src data:; base-uri 'none'; form-action 'none'"
)
"""Nothing is asked for; the one script is in the file itself."""

PLOTLY: Final = f"plotly-{version('plotly')}.min.js"
"""The name of plotly's script where a server has it: another version has another one."""

_DOOR: Final = "export default function"
"""How a script of ours gives its function to Streamlit; in a file it gives it to the page."""


def to_html(show: Show) -> str:
    """The file: scenes, interactive charts, sortable tables, keys as in the meeting.

    It prints a scene a sheet, and follows the reader's light or dark theme.
    """
    made = body(show)
    as_of = timed(show.as_of, show.zone)
    description = f"{show.subtitle}, as of {as_of}"
    return "".join(
        (
            '<!doctype html><html lang="en"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{CONTENT_SECURITY_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(show.title)}: {escape(show.subtitle)}</title>",
            f'<meta name="description" content="{escape(description)}">',
            f"<style>{style()}</style></head><body>",
            f'<main class="show file" aria-label="{escape(show.title)}">',
            f'<div class="stage"><h1 class="unseen">{escape(show.title)}, {escape(description)}',
            f"</h1>{made.html}</div></main>",
            f'<script type="application/json" id="data">{_within(data(made))}</script>',
            f"<script>{plotly()}</script>",
            f"<script>{script()}{_BEGIN}</script></body></html>",
        )
    )


def data(made: Body) -> dict[str, Any]:
    """What the script draws: the charts as plotly takes them, the tables packed, in base64."""
    return {
        "drawings": [
            [figure(each.figure), *([figure(each.dark)] if each.dark else [])]
            for each in made.drawings
        ],
        "sheets": [
            base64.b64encode(packed(each.table, each.look)).decode() for each in made.sheets
        ],
    }


def packed_show(show: Show) -> bytes:
    """The show as the meeting page takes it: HTML, charts and tables, packed by gzip."""
    made = body(show)
    whole = {"html": made.html, "style": style(), **data(made)}
    return gzip.compress(msgspec.json.encode(whole), compresslevel=1, mtime=0)


def figure(chart: go.Figure) -> msgspec.Raw:
    """A chart as JSON, in the page's inks and not in plotly's."""
    parts = chart.to_plotly_json()
    parts["layout"] = {name: part for name, part in parts["layout"].items() if name != "template"}
    return msgspec.Raw(to_json_plotly(parts, engine="json").encode())


@cache
def style() -> str:
    """The style of scenes, and that of the tables in them."""
    return browser_table.style() + (_HERE / "show.css").read_text(encoding="utf-8")


@cache
def plotly() -> str:
    """Plotly's own script, as its package brings it."""
    return (files("plotly") / "package_data" / "plotly.min.js").read_text(encoding="utf-8")


@cache
def script() -> str:
    """The script of the tables and of the scenes, which leaves `openShow` to the page."""
    doors = {
        "figuresTable": browser_table.SCRIPT,
        "openShow": (_HERE / "show.js").read_text(encoding="utf-8"),
    }
    parts = [text.replace(_DOOR, f"globalThis.{name} = function") for name, text in doors.items()]
    return "".join(f"{{{part.replace('export function', 'function')}}}" for part in parts)


MODULE: Final = "export default (component) => globalThis.openShow(component);"
"""What makes the script one that Streamlit takes."""

_BEGIN: Final = (
    "openShow({parentElement: document, data:"
    " JSON.parse(document.getElementById('data').textContent)});"
)


def _within(value: dict[str, Any]) -> str:
    """JSON that a script element holds: no tag can end it."""
    return msgspec.json.encode(value).decode().replace("<", "\\u003c")
