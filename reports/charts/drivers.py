"""What changed: the drivers of a KPI, greatest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from genesys.insights.drivers import Kind
from genesys.kpis.catalogue import Kpi
from genesys.kpis.formats import Durations, signed
from genesys.organization.directory import Directory
from genesys.words import counted
from reports.charts.axes import Values, end_texts
from reports.charts.changes import ink, visible
from reports.charts.rows import group_label, height_for, rows_layout, wrapped
from reports.theme import NEUTRAL

KIND_WORDS: Final[Mapping[str, str]] = {
    Kind.MIX: "mix",
    Kind.PERFORMANCE: "performance",
    Kind.NEW: "new",
    Kind.VANISHED: "none now",
}
"""Beside a group's name; where all that changes is volume, it goes without saying."""


class _Driver(NamedTuple):
    """A row: its words on the axis and on hovering, what it contributed, and its hatching."""

    label: str
    said: str
    size: float
    hatching: str = ""
    is_judged: bool = True


def drivers_chart(
    table: pd.DataFrame,
    kpi: Kpi,
    directory: Directory,
    most: int = 12,
    durations: Durations = Durations.SHORT,
) -> go.Figure:
    """A bar to the right or left for each of the greatest contributions, mostly mix hatched.

    `table` is that of `insights.contributions`. What is beyond `most`, or too little to
    show, is added up in the last row.
    """
    drivers = _drivers(table, kpi, directory, most)
    sizes = [each.size for each in drivers]
    rows = np.arange(len(drivers), dtype=np.float64)
    words = [signed(size, kpi.unit, durations) for size in sizes]
    ends = end_texts(np.maximum(sizes, 0.0), rows, words)
    labels = [each.label for each in drivers]
    return go.Figure(
        [_bars(drivers, rows, kpi), ends], rows_layout(labels, height_for(labels), right=76)
    )


def _drivers(table: pd.DataFrame, kpi: Kpi, directory: Directory, most: int) -> list[_Driver]:
    shown = table[visible(table["contribution"], kpi.unit)].head(most)
    columns = ("queue_id", "media_type", "kind", "sentence", "contribution", "why_not")
    drivers = [
        _Driver(
            group_label(queue_id, media_type, directory, KIND_WORDS.get(kind, "")),
            wrapped(sentence),
            float(size),
            "/" if kind == Kind.MIX else "",
            not why_not,
        )
        for queue_id, media_type, kind, sentence, size, why_not in zip(
            *(shown[name] for name in columns), strict=True
        )
    ]
    if others := len(table) - len(shown):
        words = counted(others, "other")
        rest = float(table["contribution"].sum()) - sum(each.size for each in drivers)
        drivers.append(_Driver(words, f"{words}, added up", rest))
    return drivers


def _bars(drivers: Sequence[_Driver], rows: Values, kpi: Kpi) -> go.Bar:
    inks = [ink(each.size, kpi.better) if each.is_judged else NEUTRAL for each in drivers]
    hatching = [each.hatching for each in drivers]
    return go.Bar(
        x=[each.size for each in drivers],
        y=rows,
        orientation="h",
        width=0.6,
        marker={
            "color": inks,
            "line": {"color": inks, "width": 1},
            "pattern": {"shape": hatching, "solidity": 0.35, "size": 7},
        },
        hovertext=[each.said for each in drivers],
        hoverinfo="text",
    )
