"""The trend: a line for each media type or queue over time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from genesys.analytics.frames import END, START
from genesys.kpis.catalogue import Kpi
from genesys.kpis.formats import Durations, figure
from genesys.moments import bucket
from reports.charts.axes import (
    HEADROOM,
    TRANSPARENT,
    Values,
    harmless,
    letters,
    shortened,
    time_axis,
    value_axis,
)
from reports.charts.axes import values as values_of
from reports.theme import MEDIA_DASHES, NEUTRAL, PALETTE, in_order, media_colour

MEDIA: Final = "media_type"

AVERAGE: Final = "Average of all queues"
"""The series of this name is drawn as what the others are compared with."""

HEIGHT: Final = 340
PANEL_HEIGHT: Final = 125
FEW_POINTS: Final = 45
"""Up to so many buckets the markers are large."""

_LABEL_PX: Final = 20
"""Least distance of two labels."""
_LETTER_PX: Final = 7.2
_X_AXIS_PX: Final = 75
"""About what the times below the panels take."""
_PANEL_GAP: Final = 0.24
"""Between two panels, as a share of one."""


@dataclass(frozen=True)
class _Series:
    """One line to draw, and what lies beneath it; `rows_before` is no longer than `rows`."""

    name: str
    rows: pd.DataFrame
    now: Values
    rows_before: pd.DataFrame
    before: Values
    colour: str
    dash: str

    @property
    def label(self) -> str:
        text = "Average" if self.name == AVERAGE else shortened(self.name)
        return f'<span style="color:{self.colour}">●</span> {harmless(text)}'


def trend_chart(
    trend: pd.DataFrame,
    kpi: Kpi,
    zone: ZoneInfo,
    *,
    earlier: pd.DataFrame | None = None,
    targets: Mapping[str, float] | None = None,
    apart: bool = False,
    by: str = MEDIA,
    durations: Durations = Durations.SHORT,
) -> go.Figure:
    """A line for each series over local time, named at its end.

    `trend` has rows for every bucket and series, as `kpis.trend` gives them; the column
    `by` names the series. A bucket without a value is a gap. Series that have no value at
    all are left out. `apart` gives each series a panel of its own; times of media types
    always have one: seconds, minutes and days on one axis would show the days alone.

    `earlier` is such a frame of the comparison interval: its n-th bucket is drawn beneath
    the n-th, as far as both go. `targets` are in the KPI's unit, by series; one is drawn
    where all series of a panel share it.
    """
    series = _series(trend, earlier, kpi, by)
    is_apart = apart or (kpi.is_time and by == MEDIA)
    panels = [[each] for each in series] if is_apart and series else [series]
    height = max(
        HEIGHT if len(panels) == 1 else 0,
        PANEL_HEIGHT * len(panels),
        _X_AXIS_PX + _LABEL_PX * len(panels[0]),
    )
    share = 1 / (len(panels) + _PANEL_GAP * (len(panels) - 1))
    label_gap = _LABEL_PX / ((height - _X_AXIS_PX) * share)
    lines: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []
    labels: list[dict[str, Any]] = []
    axes: dict[str, Any] = {}
    widest = max((letters(shortened(each.name)) for each in series), default=0.0)
    for number, panel in enumerate(panels):
        y = f"y{number + 1}" if number else "y"
        aim = _shared_target(panel, targets or {})
        top = _top(panel, aim)
        for each in panel:
            lines += _lines(each, kpi, zone, durations, y, is_alone=len(panel) == 1)
        ends = [(_last(each.now), each.label, 13) for each in panel]
        if aim is not None:
            shapes.append(_level(aim, y))
            words = f"target {figure(aim, kpi.unit, durations)}"
            ends.append((aim, words, 12))
            widest = max(widest, letters(words))
        labels += _end_labels(ends, y, top * HEADROOM, label_gap)
        upper = max(1 - number * share * (1 + _PANEL_GAP), share)
        axes[f"yaxis{y[1:]}"] = value_axis(kpi, top, 5 if len(panels) == 1 else 3, durations) | {
            "domain": [upper - share, upper]
        }
    return go.Figure(
        lines,
        axes
        | TRANSPARENT
        | {
            "xaxis": time_axis(trend, zone) | {"anchor": f"y{len(panels)}"},
            "height": height,
            "margin": {"l": 8, "r": 30 + round(widest * _LETTER_PX), "t": 12, "b": 8},
            "showlegend": False,
            "hovermode": "x unified",
            "hoversubplots": "axis",
            "shapes": shapes,
            "annotations": labels,
        },
    )


def _series(trend: pd.DataFrame, earlier: pd.DataFrame | None, kpi: Kpi, by: str) -> list[_Series]:
    rows = _rows(trend, kpi, by)
    before = {} if earlier is None else _rows(earlier, kpi, by)
    names = in_order(rows) if by == MEDIA else list(rows)
    dashes = list(MEDIA_DASHES.values())
    made = []
    for number, name in enumerate(names):
        if by == MEDIA:
            colour, dash = media_colour(name), MEDIA_DASHES.get(name, "solid")
        elif name == AVERAGE:
            colour, dash = NEUTRAL, "dash"
        else:
            colour, dash = PALETTE[number % len(PALETTE)], dashes[number % len(dashes)]
        beneath = before.get(name, rows[name].iloc[:0]).iloc[: len(rows[name])]
        now, then = values_of(rows[name], kpi), values_of(beneath, kpi)
        made.append(_Series(name, rows[name], now, beneath, then, colour, dash))
    return made


def _rows(trend: pd.DataFrame, kpi: Kpi, by: str) -> dict[str, pd.DataFrame]:
    """The rows of each series that has any value, in order of appearance."""
    return {
        str(name): rows
        for name, rows in trend.groupby(by, observed=True, sort=False)
        if rows[kpi.key].notna().any()
    }


def _shared_target(panel: Sequence[_Series], targets: Mapping[str, float]) -> float | None:
    """The one target of all series of a panel; an average is held to none."""
    aims = {targets.get(each.name, np.nan) for each in panel if each.name != AVERAGE}
    aim = aims.pop() if len(aims) == 1 else np.nan
    return None if np.isnan(aim) else aim


def _top(panel: Sequence[_Series], aim: float | None) -> float:
    known = [each.now for each in panel] + [each.before for each in panel]
    return float(np.nanmax(np.concatenate([np.array([aim or 0.0]), *known]))) or 1.0


def _lines(
    series: _Series, kpi: Kpi, zone: ZoneInfo, durations: Durations, y: str, *, is_alone: bool
) -> Iterable[dict[str, Any]]:
    dash = "solid" if is_alone and series.name != AVERAGE else series.dash
    x = series.rows[START].dt.tz_convert(zone).dt.tz_localize(None).to_numpy()
    name = harmless(series.name)
    yield {
        "type": "scatter",
        "name": name,
        "x": x,
        "y": series.now,
        "yaxis": y,
        "zorder": 1,
        "mode": "lines+markers",
        "line": {"color": series.colour, "width": 2, "dash": dash},
        "marker": {"color": series.colour, "size": 5 if len(x) <= FEW_POINTS else 3},
        "connectgaps": False,
        "customdata": np.array([[name, figure(v, kpi.unit, durations)] for v in series.now]),
        "hovertemplate": "<b>%{customdata[0]} %{customdata[1]}</b><extra></extra>",
    }
    if not len(series.before):
        return
    yield {
        "type": "scatter",
        "name": f"{name}, before",
        "x": x[: len(series.before)],
        "y": series.before,
        "yaxis": y,
        "zorder": 0,
        "mode": "lines",
        "line": {"color": series.colour, "width": 1.25, "dash": dash},
        "opacity": 0.5,
        "connectgaps": False,
        "customdata": np.array(
            [
                [bucket(start, end - start, zone), name, figure(value, kpi.unit, durations)]
                for start, end, value in zip(
                    series.rows_before[START], series.rows_before[END], series.before, strict=True
                )
            ]
        ),
        "hovertemplate": "%{customdata[0]} / %{customdata[1]} %{customdata[2]}, before"
        "<extra></extra>",
    }


def _last(values: Values) -> float:
    return float(values[np.flatnonzero(~np.isnan(values))[-1]])


def _level(aim: float, y: str) -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "x domain",
        "x0": 0,
        "x1": 1,
        "yref": y,
        "y0": aim,
        "y1": aim,
        "line": {"color": NEUTRAL, "width": 1.25, "dash": "4px,3px"},
    }


def _end_labels(
    ends: Sequence[tuple[float, str, int]], y: str, top: float, gap: float
) -> list[dict[str, Any]]:
    """Texts at the right edge, by value, text and size, moved apart where they are close."""
    upwards = sorted(ends, key=lambda end: end[0], reverse=True)[::-1]
    places = _apart([value / top for value, _, _ in upwards], gap)
    return [
        {
            "text": text,
            "x": 1.0,
            "xref": "x domain",
            "xanchor": "left",
            "xshift": 8,
            "y": place,
            "yref": f"{y} domain",
            "yanchor": "middle",
            "showarrow": False,
            "font": {"size": size},
        }
        for place, (_, text, size) in zip(places, upwards, strict=True)
    ]


def _apart(places: Sequence[float], gap: float) -> list[float]:
    """Rising places between 0 and 1, moved as little as keeps so much between them."""
    apart = list(places)
    for lower, upper in pairwise(range(len(apart))):
        apart[upper] = max(apart[upper], apart[lower] + gap)
    limit = 1.0
    for number in reversed(range(len(apart))):
        apart[number] = limit = min(apart[number], limit)
        limit -= gap
    return apart
