"""The worst buckets: when most contacts were answered late or abandoned."""

from __future__ import annotations

from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from genesys.analytics.frames import END, START
from genesys.kpis.catalogue import Unit
from genesys.kpis.formats import figure
from genesys.moments import bucket
from reports.charts.axes import end_texts
from reports.charts.rows import rows_layout
from reports.theme import BAD, NEUTRAL

ROW_HEIGHT: Final = 28

_PARTS: Final = (
    ("missed", "answered late", NEUTRAL, "", "■"),
    ("abandoned", "abandoned", BAD, "/", "▨"),
)
"""Column, words, colour, hatching and the sign that looks like it."""

_TITLE: Final = "contacts; % is the share of all, added up"


def worst_chart(table: pd.DataFrame, zone: ZoneInfo, most: int = 12) -> go.Figure:
    """A bar for each of the worst buckets, with the share of all trouble up to it at its end.

    `table` is that of `insights.hotspots.worst_buckets`; buckets without trouble are left out.
    """
    table = table[table["trouble"] > 0].head(most)
    rows = np.arange(len(table), dtype=np.float64)
    totals = table["trouble"].to_numpy(dtype=np.float64)
    shares = table["cumulative"].to_numpy(dtype=np.float64)
    labels, said = [], []
    for start, end, missed, abandoned, share in zip(
        *(table[name] for name in (START, END, "missed", "abandoned")), shares, strict=True
    ):
        length = end - start
        labels.append(bucket(start, length, zone, with_year=False))
        said.append(
            f"<b>{bucket(start, length, zone)}</b><br>{missed:,} answered late"
            f"<br>{abandoned:,} abandoned<br>up to here {figure(share, Unit.PERCENT)} of all"
        )
    bars = [
        go.Bar(
            name=words,
            x=table[column].to_numpy(dtype=np.float64),
            y=rows,
            orientation="h",
            width=0.7,
            marker={"color": colour, "pattern": {"shape": hatching, "solidity": 0.4}},
            hovertext=said,
            hoverinfo="text",
        )
        for column, words, colour, hatching, _ in _PARTS
    ]
    running = [f"{share:.0f} %" for share in shares]
    ends = end_texts(totals, rows, [f"{each} of all" for each in running[:1]] + running[1:])
    layout = rows_layout(labels, ROW_HEIGHT, right=76, title=_TITLE)
    layout["xaxis"] |= {"showticklabels": True, "tickformat": ",d", "nticks": 5, "showgrid": True}
    if len(table) and totals[0] < 5:
        layout["xaxis"]["dtick"] = 1
    layout["height"] += 40
    layout["margin"]["t"] = 28
    return go.Figure([*bars, ends], layout | {"barmode": "stack", "annotations": [_signs()]})


def _signs() -> go.layout.Annotation:
    """What the parts of the bars are, above the first of them."""
    return go.layout.Annotation(
        text="   ".join(
            f'<span style="color:{colour}">{sign}</span> {words}'
            for _, words, colour, _, sign in _PARTS
        ),
        x=0,
        xref="paper",
        xanchor="left",
        y=1,
        yref="paper",
        yanchor="bottom",
        showarrow=False,
        font={"size": 13},
    )
