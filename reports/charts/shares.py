"""Shares: how an interval's contacts are spread over media types, and how they were."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from genesys.kpis.catalogue import Unit
from genesys.kpis.formats import signed, value_text
from reports.charts.axes import Values, end_texts, harmless, tick_marks
from reports.charts.rows import rows_layout
from reports.theme import media_colour

ROW_HEIGHT: Final = 44
MARK_HEIGHT: Final = 22


def shares_chart(table: pd.DataFrame) -> go.Figure:
    """A bar for each media type, largest first, with a mark for the earlier share.

    The columns of `table` are `media_type`, `share` and `share_earlier` (per cent, NaN
    where none), `count` and `count_earlier`.
    """
    rows = table.sort_values("share", ascending=False, na_position="last", kind="stable")
    at: Values = np.arange(len(rows), dtype=np.float64)
    now, before = (
        rows[name].to_numpy(dtype=np.float64, na_value=np.nan)
        for name in ("share", "share_earlier")
    )
    names = [harmless(str(media)) for media in rows["media_type"]]
    hover = [
        f"<b>{name} {_of(share, count)}</b><br>before: {_of(earlier, count_earlier)}"
        for name, share, count, earlier, count_earlier in zip(
            names, now, rows["count"], before, rows["count_earlier"], strict=True
        )
    ]
    colours = [media_colour(media) for media in rows["media_type"].astype(str)]
    ends = np.fmax(np.fmax(now, before), 0.0)
    words = [_words(*shares) for shares in zip(now, before, strict=True)]
    layout = rows_layout(names, ROW_HEIGHT, right=132)
    layout["xaxis"]["range"] = [0, ends.max(initial=0.0) or 1.0]
    marks = tick_marks(before, at, MARK_HEIGHT, hover)
    traces = [_bars(now, at, colours, hover), *marks, end_texts(ends, at, words)]
    return go.Figure([*traces, *_meaning(before)], layout)


def _bars(shares: Values, at: Values, colours: list[str], hover: list[str]) -> go.Bar:
    return go.Bar(
        orientation="h",
        x=shares,
        y=at,
        width=0.5,
        marker={"color": colours},
        hovertext=hover,
        hoverinfo="text",
    )


def _meaning(before: Values) -> Iterator[go.Scatter]:
    """What a mark is, said at the first one."""
    for first in np.flatnonzero(~np.isnan(before))[:1]:
        yield go.Scatter(
            x=before[[first]],
            y=[first - 0.35],
            mode="text",
            text=["before"],
            textposition="top center",
            textfont={"size": 11},
            cliponaxis=False,
            hoverinfo="skip",
        )


def _of(share: float, count: float) -> str:
    return f"{value_text(share, Unit.PERCENT)} ({value_text(count, Unit.COUNT)})"


def _words(share: float, earlier: float) -> str:
    change = round(share - earlier, 1)
    words = value_text(share, Unit.PERCENT)
    if np.isnan(change):
        return words
    return f"{words}  {signed(change, Unit.PERCENT)}"
