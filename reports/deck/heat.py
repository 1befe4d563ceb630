"""The heat map as a table: a filled cell for each hour of each weekday."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from reports.deck.box import Box
from reports.deck.cells import Cell, draw_cells
from reports.deck.figures import paler, parts_of, words_of
from reports.deck.letters import LINE, breadth
from reports.deck.paper import Paper
from reports.deck.text import Paragraph, Run
from reports.scenes.scene import Chart
from reports.theme import INK, PAPER, QUIET_INK

_LEAST: Final = 12.0
_SIZES: Final = (13.0, _LEAST)
"""Where none fits, values are left to the colours and the chart's table."""
_DOT: Final = "●"
_DAYS: Final = 0.5
_HEAD: Final = 0.24
_PAD: Final = 0.05
"""Digits of other fonts are wider by no more."""
_POINTS: Final = 72
_MOST_ROW: Final = 0.55
_WHITE_ON: Final = 0.42
"""Below this lightness white letters are read better than dark ones."""

Trace = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class _Heat:
    """Names of rows and columns, and the text and fill of each cell, "" where it is empty."""

    days: Sequence[str]
    hours: Sequence[str]
    texts: Sequence[Sequence[str]]
    fills: Sequence[Sequence[str]]


def is_heat(figure: go.Figure) -> bool:
    return any(isinstance(trace, go.Heatmap) for trace in figure.data)


def draw_heat(paper: Paper, chart: Chart, box: Box) -> None:
    """The table in the box."""
    traces, layout = parts_of(chart.figure)
    heat = _heat(traces, layout)
    width = (box.w - _DAYS) / len(heat.hours)
    height = min((box.h - _HEAD) / len(heat.days), _MOST_ROW)
    most = height * _POINTS / LINE
    fitting = (each for each in _SIZES if each <= most or each == _LEAST)
    size = next((each for each in fitting if _fits(heat, each, width)), 0.0)
    draw_cells(
        paper,
        box,
        [_top(heat, width), *_rows(heat, min(size, most), min(_LEAST, most))],
        [_DAYS, *[width] * len(heat.hours)],
        [_HEAD, *[height] * len(heat.days)],
        name=chart.title,
        alt=f"Table: {chart.alt}. {meaning(chart)}",
    )


def _heat(drawn: Sequence[Trace], layout: Trace) -> _Heat:
    traces = [each for each in drawn if each["type"] == "heatmap"]
    hours = np.floor(np.asarray(traces[0]["x"], dtype=np.float64)).astype(int)
    days = layout["yaxis"]["ticktext"]
    texts = [[""] * len(hours) for _ in days]
    fills = [[""] * len(hours) for _ in days]
    for trace in traces:
        values = np.asarray(trace["z"], dtype=np.float64)
        scale, low, high = _scale(trace, layout)
        words = trace.get("text")
        is_few = trace["opacity"] < 1
        for day, hour in zip(*np.nonzero(~np.isnan(values)), strict=True):
            share = (values[day, hour] - low) / (high - low) if high > low else 1.0
            fills[day][hour] = paler(_mixed(scale, share), trace["opacity"])
            texts[day][hour] = _DOT if is_few else words[day][hour] if words is not None else ""
    return _Heat(list(map(str, days)), [f"{hour:02}" for hour in hours], texts, fills)


def _scale(trace: Trace, layout: Trace) -> tuple[Sequence[tuple[float, str]], float, float]:
    """Colours by their share of the way, and the values at its ends."""
    if trace.get("coloraxis") is None and trace.get("colorscale"):
        return trace["colorscale"], 0.0, 1.0
    axis = layout["coloraxis"]
    return axis["colorscale"], float(axis["cmin"]), float(axis["cmax"])


def _mixed(scale: Sequence[tuple[float, str]], share: float) -> str:
    share = min(max(share, 0.0), 1.0)
    ends = [float(at) for at, _ in scale]
    channels = np.array([[int(colour[at : at + 2], 16) for at in (1, 3, 5)] for _, colour in scale])
    mixed: npt.NDArray[np.float64] = np.array(
        [np.interp(share, ends, channels[:, each]) for each in range(3)]
    )
    return "#" + "".join(f"{round(each):02X}" for each in mixed.tolist())


def _fits(heat: _Heat, size: float, width: float) -> bool:
    longest = max((breadth(text, size) for row in heat.texts for text in row), default=0.0)
    return longest + _PAD <= width


def _top(heat: _Heat, width: float) -> list[Cell]:
    """The hours, each second one over two columns where these are narrow."""
    step = 1 if breadth("00", _LEAST) < width else 2
    cells = [Cell(line="")]
    for place, hour in enumerate(heat.hours):
        run = Run(hour if place % step == 0 else "", _LEAST, QUIET_INK)
        align = "l" if step > 1 else "ctr"
        span = min(step, len(heat.hours) - place) if place % step == 0 else 0
        cells.append(Cell((Paragraph((run,), align),), span=span, line="", inset=0))
    return cells


def _rows(heat: _Heat, size: float, least: float) -> Iterator[list[Cell]]:
    """Rows whose letters make none of them higher than it is."""
    for day, texts, fills in zip(heat.days, heat.texts, heat.fills, strict=True):
        row = [Cell((Paragraph((Run(day, least, QUIET_INK),)),), line=PAPER, inset=0)]
        for text, fill in zip(texts, fills, strict=True):
            ink = QUIET_INK if text == _DOT else _ink(fill)
            run = Run(text if size or text == _DOT else "", size or least, ink)
            row.append(Cell((Paragraph((run,), "ctr"),), fill, line=PAPER, inset=0))
        yield row


def _ink(fill: str) -> str:
    if not fill:
        return INK
    red, green, blue = (int(fill[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return PAPER if 0.3 * red + 0.59 * green + 0.11 * blue < _WHITE_ON else INK


def meaning(chart: Chart) -> str:
    """What strength and green mean, and how few contacts a dot stands for."""
    layout = chart.figure.layout.to_plotly_json()
    bar = layout["coloraxis"]["colorbar"]
    ends = [words_of(each) for each in bar["ticktext"]]
    words = words_of(bar["title"]["text"])
    few = words_of(layout["xaxis"]["title"]["text"] or "")
    return " · ".join(filter(None, (words, " – ".join(ends), few)))
