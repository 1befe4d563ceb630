"""The volume: contacts of each bucket stacked by media type, the earlier interval beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

import pandas as pd
import plotly.graph_objects as go

from genesys.analytics.frames import END, START
from genesys.kpis.catalogue import Kpi
from genesys.kpis.formats import value_text
from genesys.moments import bucket
from reports.charts.axes import (
    TRANSPARENT,
    WIDE_DAYS,
    harmless,
    time_axis,
    value_axis,
    values,
)
from reports.charts.clocks import Clock
from reports.charts.series import MEDIA
from reports.theme import in_order, media_colour

HEIGHT: Final = 420
"""In pixels."""

_EARLIER_OPACITY: Final = 0.5
_HALVES: Final = ((0.0, 0.48), (0.52, 1.0))
_WHOLE: Final = ((0.0, 1.0),)


@dataclass(frozen=True, eq=False)
class Side:
    """An interval's rows by bucket and media type, and what stands above its columns."""

    rows: pd.DataFrame
    title: str


def volume_chart(sides: tuple[Side, ...], kpi: Kpi, zone: ZoneInfo) -> go.Figure:
    """A column for each bucket, the earlier interval at the left of this one and paler.

    `sides` are one or two, the last one this interval's; their rows are those of `kpis.trend.trend`
    by media type. Both share the axis of values.
    """
    halves = _HALVES if len(sides) > 1 else _WHOLE
    traces = [
        trace
        for place, side in enumerate(sides)
        for trace in _columns(side, kpi, zone, place, is_earlier=place < len(sides) - 1)
    ]
    layout: dict[str, Any] = {
        **TRANSPARENT,
        "height": HEIGHT,
        "barmode": "stack",
        "bargap": 0.2,
        "showlegend": True,
        "legend": {"orientation": "h", "y": -0.2, "x": 0, "traceorder": "normal"},
        "margin": {"l": 8, "r": 8, "t": 44, "b": 8},
        "yaxis": value_axis(kpi, max(_highest(each.rows, kpi) for each in sides)),
        "annotations": [_title(side.title, half) for side, half in zip(sides, halves, strict=True)],
    }
    for place, (side, half) in enumerate(zip(sides, halves, strict=True), start=1):
        axis = time_axis(side.rows, zone, WIDE_DAYS) | {"domain": list(half), "anchor": "y"}
        layout[f"xaxis{place if place > 1 else ''}"] = axis
    return go.Figure(traces, layout)


def _columns(
    side: Side, kpi: Kpi, zone: ZoneInfo, place: int, *, is_earlier: bool
) -> Iterator[go.Bar]:
    media = side.rows[MEDIA].astype(str)
    for name in in_order(media.unique()):
        rows = side.rows[media == name]
        counts = values(rows, kpi)
        starts, ends = (pd.DatetimeIndex(rows[each]) for each in (START, END))
        words = [
            f"{bucket(start, end - start, zone)}<br><b>{harmless(name)} "
            f"{value_text(count, kpi.unit)}</b>"
            for start, end, count in zip(starts, ends, counts, strict=True)
        ]
        yield go.Bar(
            x=Clock.of(side.rows, zone).of_rows(rows[START]),
            y=counts,
            name=name,
            legendgroup=name,
            showlegend=not is_earlier,
            marker={"color": media_colour(name)},
            opacity=_EARLIER_OPACITY if is_earlier else 1.0,
            xaxis="x" if place == 0 else f"x{place + 1}",
            hovertext=words,
            hoverinfo="text",
        )


def _highest(rows: pd.DataFrame, kpi: Kpi) -> float:
    """The greatest sum of a bucket."""
    sums = pd.Series(values(rows, kpi)).groupby(rows[START].to_numpy()).sum()
    return float(sums.max()) if len(sums) else 0.0


def _title(text: str, half: tuple[float, float]) -> dict[str, Any]:
    return {
        "text": harmless(text),
        "x": half[0],
        "xref": "paper",
        "xanchor": "left",
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": 10,
        "showarrow": False,
        "font": {"size": 14},
    }
