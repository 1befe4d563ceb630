"""The slide: a chart's picture, which says by itself what it shows and reads from afar."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any, Final

import plotly.graph_objects as go

from reports.charts.axes import harmless
from reports.theme import GRID, INK, PAPER, QUIET_INK

WIDTH: Final = 960
SCALE: Final = 3
"""So many pixels for each of the width: shown at a third of its size, letters are as on a page."""

_TITLE_PX: Final = 22
_LINE_PX: Final = 14
_LINE_HEIGHT: Final = 1.3
_LINE_LETTERS: Final = 122
_EDGE_PX: Final = 16
_LEAST_PX: Final = 300
_COLOUR_BAR_PX: Final = 64
"""What a colour bar takes above a chart."""

BACKGROUND: Final[dict[str, Any]] = {
    "paper_bgcolor": PAPER,
    "plot_bgcolor": PAPER,
    "template": {
        "layout": {
            "font": {"color": INK, "size": 13, "family": "Arial, Helvetica, sans-serif"},
            "xaxis": {"gridcolor": GRID, "tickfont": {"color": QUIET_INK}},
            "yaxis": {"gridcolor": GRID, "tickfont": {"color": QUIET_INK}},
            "coloraxis": {"colorbar": {"tickfont": {"size": 12}}},
        }
    },
}
"""What all slides have: light inks on opaque paper, whatever the page looks like.

A picture knows no font but the machine's own, so texts are measured in one of those.
"""


def slide(figure: go.Figure, title: str, lines: Sequence[str]) -> dict[str, Any]:
    """What of a chart's layout is another one on its slide, with title and lines above it.

    The axes, the texts at lines and bars and the proportions stay; `slide_height` fits it.
    """
    drawn, head = figure.layout, _head(lines)
    margin = drawn.margin.to_plotly_json()
    bar = _COLOUR_BAR_PX if drawn.coloraxis.colorscale else 0
    changed: dict[str, Any] = {
        "title": {
            "text": f"<b>{harmless(title)}</b>",
            "font": {"size": _TITLE_PX, "color": INK},
            "subtitle": {
                "text": "<br>".join(map(harmless, _wrapped(lines))),
                "font": {"size": _LINE_PX, "color": QUIET_INK},
            },
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "y": 1 - _EDGE_PX / slide_height(figure, lines),
            "yref": "container",
            "yanchor": "top",
            "pad": {"l": _EDGE_PX},
        },
        "margin": margin
        | {
            "r": margin.get("r", 0) + _EDGE_PX,
            "t": margin.get("t", 0) + head + bar,
            "b": margin.get("b", 0) + _EDGE_PX,
        },
    }
    if bar:
        # One whose bottom is told moves the title, as plotly sees to it that they do not meet.
        place = {"yanchor": "middle", "y": 1 + bar / 2 / round(drawn.height or 1)}
        colours = drawn.coloraxis.to_plotly_json()
        changed["coloraxis"] = colours | {"colorbar": colours["colorbar"] | place}
    return changed


def slide_height(figure: go.Figure, lines: Sequence[str]) -> int:
    """The height of the slide: that of the chart on the page, and of what stands above it.

    A chart that is low to fit a window is taller on its slide.
    """
    return max(int(figure.layout.height or 0), _LEAST_PX) + _head(lines) + _EDGE_PX


def _wrapped(lines: Sequence[str]) -> list[str]:
    return [part for line in lines for part in textwrap.wrap(line, _LINE_LETTERS)]


def _head(lines: Sequence[str]) -> int:
    below = len(_wrapped(lines)) * _LINE_PX
    return round(2 * _EDGE_PX + (_TITLE_PX + below) * _LINE_HEIGHT)
