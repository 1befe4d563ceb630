"""What changed: the drivers of a KPI, greatest first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from genesys.insights.drivers import Kind
from genesys.kpis.catalogue import Kpi
from genesys.kpis.formats import Durations
from genesys.organization.directory import Directory
from genesys.words import counted
from reports.charts.axes import end_texts
from reports.charts.changes import ink, signed, visible
from reports.charts.rows import group_label, rows_layout, wrapped

ROW_HEIGHT: Final = 40

KIND_WORDS: Final[Mapping[str, str]] = {
    Kind.MIX: "mix",
    Kind.PERFORMANCE: "performance",
    Kind.NEW: "new",
    Kind.VANISHED: "none now",
}
"""Beside a group's name; where all that changes is volume, it goes without saying."""


def drivers_chart(
    table: pd.DataFrame,
    kpi: Kpi,
    directory: Directory,
    most: int = 12,
    durations: Durations = Durations.SHORT,
) -> go.Figure:
    """A bar to the right or left for each of the greatest contributions, mix hatched.

    `table` is that of `insights.drivers.drivers`. What is beyond `most`, or too little to
    show, is added up in the last row.
    """
    shown = table[visible(table["contribution"], kpi.unit)].head(most)
    labels = [
        group_label(queue_id, media_type, directory, KIND_WORDS.get(kind, ""))
        for queue_id, media_type, kind in zip(
            *(shown[name] for name in ("queue_id", "media_type", "kind")), strict=True
        )
    ]
    said = [wrapped(sentence) for sentence in shown["sentence"]]
    sizes = [float(each) for each in shown["contribution"]]
    hatching = ["/" if kind == Kind.MIX else "" for kind in shown["kind"]]
    if others := len(table) - len(shown):
        labels.append(counted(others, "other"))
        said.append(f"{labels[-1]}, added up")
        sizes.append(float(table["contribution"].sum()) - sum(sizes))
        hatching.append("")
    rows = np.arange(len(labels), dtype=np.float64)
    inks = [ink(size, kpi.better) for size in sizes]
    bars = go.Bar(
        x=sizes,
        y=rows,
        orientation="h",
        width=0.6,
        marker={
            "color": inks,
            "line": {"color": inks, "width": 1},
            "pattern": {"shape": hatching, "solidity": 0.35, "size": 7},
        },
        hovertext=said,
        hoverinfo="text",
    )
    words = [signed(size, kpi.unit, durations) for size in sizes]
    ends = end_texts(np.maximum(sizes, 0.0), rows, words)
    return go.Figure([bars, ends], rows_layout(labels, ROW_HEIGHT, right=76))
