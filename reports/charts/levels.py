"""Levels: where each queue or media type stands, beside its target."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from genesys.kpis.catalogue import Kpi, Unit
from genesys.kpis.formats import Durations, figure
from genesys.targets import Status
from reports.charts.axes import Values, end_texts, harmless, shortened, tick_marks
from reports.charts.rows import rows_layout
from reports.theme import STATUS_SIGNS, media_colour

ROW_HEIGHT: Final = 52
MARK_HEIGHT: Final = 18
PALE: Final = 0.4
"""Opacity of the bars of few contacts."""

_WORDS_ROOM: Final = 0.35
"""What a value's words take on a telephone, as a share of the axis."""

_BELOW: Final = 0.39
"""Where a target's label stands under its row's middle, in rows."""


def levels_chart(rows: pd.DataFrame, kpi: Kpi, durations: Durations = Durations.SHORT) -> go.Figure:
    """A bar for each row, in the order given, with its target as a labelled mark.

    The columns of `rows` are `name`, `media_type`, `value` and `target` in the KPI's unit
    (NaN where none), `status` (text of `genesys.targets.Status`) and `n`, the contacts that
    the value rests on. Without a value there is a dash and no bar.
    """
    at: Values = np.arange(len(rows), dtype=np.float64)
    value, target = (
        rows[name].to_numpy(dtype=np.float64, na_value=np.nan) for name in ("value", "target")
    )
    medias, statuses = rows["media_type"].astype(str), rows["status"].astype(str)
    told = [figure(each, kpi.unit, durations) for each in value]
    aims = ["" if np.isnan(each) else figure(each, kpi.unit, durations) for each in target]
    names = [str(name) for name in rows["name"]]
    hover = [
        _hover(*each) for each in zip(names, medias, told, aims, statuses, rows["n"], strict=True)
    ]
    bar_ends = np.fmax(value, 0.0)
    top = float(np.fmax(bar_ends, target).max(initial=0.0)) or 1.0
    is_in_the_way = (target > bar_ends) & (target < bar_ends + _WORDS_ROOM * top)
    ends = np.where(is_in_the_way, target, bar_ends)
    bars = go.Bar(
        orientation="h",
        x=value,
        y=at,
        width=0.36,
        marker={
            "color": [media_colour(media) for media in medias],
            "opacity": np.where(statuses == Status.FEW, PALE, 1.0),
        },
        hovertext=hover,
        hoverinfo="text",
    )
    labels = go.Scatter(
        x=target,
        y=at + _BELOW,
        mode="text",
        text=[f"target {aim}" if aim else "" for aim in aims],
        textfont={"size": 11},
        cliponaxis=False,
        hoverinfo="skip",
    )
    words = [
        f"{each} {STATUS_SIGNS[status]}".strip()
        for each, status in zip(told, statuses, strict=True)
    ]
    layout = rows_layout(
        [_beside(*each) for each in zip(names, medias, strict=True)], ROW_HEIGHT, right=84
    )
    layout["xaxis"]["range"] = [0, top]
    marks = tick_marks(target, at, MARK_HEIGHT, hover)
    return go.Figure([bars, *marks, labels, end_texts(ends, at, words)], layout)


def _beside(name: str, media: str) -> str:
    """A row's name, with the media type beneath where it says another thing."""
    text = harmless(shortened(name))
    if name == media:
        return text
    return f'{text}<br><span style="font-size:11px">{harmless(media)}</span>'


def _hover(name: str, media: str, value: str, aim: str, status: str, n: float) -> str:
    who = name if name == media else f"{name}, {media}"
    words = f"<b>{harmless(who)} {value}</b><br>n = {figure(n, Unit.COUNT)}"
    if aim:
        words += f"<br>target {aim}"
    return f"{words}: {status}" if status else words
