"""The worst buckets: when most contacts were answered late or abandoned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from genesys.analytics.frames import END, START
from genesys.kpis.catalogue import Unit
from genesys.kpis.formats import FEW, value_text
from genesys.moments import bucket
from reports.charts.axes import Values, end_texts
from reports.charts.rows import rows_layout
from reports.theme import BAD, NEUTRAL

ROW_HEIGHT: Final = 28


class _Part(NamedTuple):
    """A part of each bar: its column, its words, how it looks, and a sign that looks like it."""

    column: str
    words: str
    colour: str
    hatching: str
    sign: str


_PARTS: Final = (
    _Part("missed", "answered late", NEUTRAL, "", "■"),
    _Part("abandoned", "abandoned", BAD, "/", "▨"),
)

_TITLE: Final = "contacts; % is the share of all, added up"


def worst_chart(table: pd.DataFrame, zone: ZoneInfo, most: int = 12) -> go.Figure:
    """A bar for each of the worst buckets, with the share of all trouble up to it at its end.

    `table` is that of `insights.hotspots.worst_buckets`; buckets without trouble are left out.
    """
    parts = _parts(int(table["trouble"].sum()))
    table = table[table["trouble"] > 0].head(most)
    rows = np.arange(len(table), dtype=np.float64)
    totals = table["trouble"].to_numpy(dtype=np.float64)
    running = [f"{share:.0f} %" for share in table["cumulative"]]
    words = [f"{each} of all" for each in running[:1]] + running[1:]
    said = _said(table, zone)
    bars = [_bars(part, table, rows, said) for part in parts]
    return go.Figure([*bars, end_texts(totals, rows, words)], _layout(table, totals, zone, parts))


def _parts(trouble: int) -> tuple[_Part, ...]:
    """Few contacts are no bad news: then hatching alone tells the parts apart."""
    if trouble >= FEW:
        return _PARTS
    return tuple(part._replace(colour=NEUTRAL) for part in _PARTS)


def _said(table: pd.DataFrame, zone: ZoneInfo) -> list[str]:
    """What hovering says of each bucket."""
    columns = (START, END, "missed", "abandoned", "cumulative")
    return [
        f"<b>{bucket(start, end - start, zone)}</b><br>{missed:,} answered late"
        f"<br>{abandoned:,} abandoned<br>up to here {value_text(share, Unit.PERCENT)} of all"
        for start, end, missed, abandoned, share in zip(
            *(table[name] for name in columns), strict=True
        )
    ]


def _bars(part: _Part, table: pd.DataFrame, rows: Values, said: list[str]) -> go.Bar:
    return go.Bar(
        name=part.words,
        x=table[part.column].to_numpy(dtype=np.float64),
        y=rows,
        orientation="h",
        width=0.7,
        marker={"color": part.colour, "pattern": {"shape": part.hatching, "solidity": 0.4}},
        hovertext=said,
        hoverinfo="text",
    )


def _layout(
    table: pd.DataFrame, totals: Values, zone: ZoneInfo, parts: Sequence[_Part]
) -> dict[str, Any]:
    labels = [
        bucket(start, end - start, zone, with_year=False)
        for start, end in zip(table[START], table[END], strict=True)
    ]
    layout = rows_layout(labels, ROW_HEIGHT, right=76, title=_TITLE)
    layout["xaxis"] |= {"showticklabels": True, "tickformat": ",d", "nticks": 5, "showgrid": True}
    if len(totals) and totals[0] < 5:
        layout["xaxis"]["dtick"] = 1
    layout["height"] += 40
    layout["margin"]["t"] = 28
    return layout | {"barmode": "stack", "annotations": [_signs(parts)]}


def _signs(parts: Sequence[_Part]) -> go.layout.Annotation:
    """What the parts of the bars are, above the first of them."""
    return go.layout.Annotation(
        text="   ".join(
            f'<span style="color:{part.colour}">{part.sign}</span> {part.words}' for part in parts
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
