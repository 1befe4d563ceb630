"""From the earlier value to the current one, through the greatest contributions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from genesys.insights.drivers import group_name
from genesys.kpis.catalogue import Kpi
from genesys.kpis.formats import Durations, signed, value_text
from genesys.kpis.parts import GROUP
from genesys.organization.directory import Directory
from genesys.words import counted
from reports.charts.axes import Values, end_texts
from reports.charts.changes import ink, visible
from reports.charts.rows import group_label, height_for, rows_layout, wrapped
from reports.theme import NEUTRAL

READABLE: Final = 0.2
"""The axis starts at zero where all bars lie within at least this share of it."""

_WIDTH: Final = 0.6
"""Share of a row that its bar takes."""

_EARLIER: Final = "Earlier interval"
_CURRENT: Final = "This interval"


@dataclass(frozen=True)
class _Step:
    """A row between the two totals: its words on the axis and on hovering, and its size."""

    label: str
    name: str
    size: float
    is_judged: bool = True


@dataclass(frozen=True)
class _Fall:
    """The earlier value, the steps from there, and the current value."""

    before: float
    steps: tuple[_Step, ...]
    after: float

    @property
    def levels(self) -> list[float]:
        """Where each row but the last ends."""
        return [self.before, *(self.before + np.cumsum([step.size for step in self.steps]))]

    @property
    def start(self) -> float:
        """Where the axis starts."""
        return _axis_start([*self.levels, self.after])

    @property
    def begins(self) -> Values:
        return np.array([self.start, *self.levels[:-1], self.start])

    @property
    def ends(self) -> Values:
        return np.array([*self.levels, self.after])

    @property
    def rows(self) -> Values:
        return np.arange(len(self.steps) + 2, dtype=np.float64)

    @property
    def labels(self) -> list[str]:
        return [_EARLIER, *(step.label for step in self.steps), _CURRENT]

    @property
    def names(self) -> list[str]:
        return [_EARLIER, *(step.name for step in self.steps), _CURRENT]


def waterfall_chart(
    table: pd.DataFrame,
    kpi: Kpi,
    directory: Directory,
    before: float | None,
    after: float | None,
    most: int = 8,
    durations: Durations = Durations.SHORT,
) -> go.Figure:
    """A bar for the earlier value, one for each step from there, one for the current value.

    `table` is that of `insights.contributions`; `before` and `after` are the totals that it
    takes apart. A step is what a queue and media type contributed; those beyond `most`,
    or too little to show, are one step. Nothing is drawn where a total has no value.
    """
    if pd.isna(before) or pd.isna(after):
        return go.Figure(layout=rows_layout([], height_for([]), right=76))
    steps = _steps(table, kpi, directory, after - before, most)
    fall = _Fall(before, tuple(steps), after)
    words = [
        value_text(before, kpi.unit, durations),
        *(signed(step.size, kpi.unit, durations) for step in steps),
        value_text(after, kpi.unit, durations),
    ]
    title = (
        f"axis starts at {value_text(fall.start, kpi.unit, durations)}" if fall.start > 0 else ""
    )
    layout = rows_layout(fall.labels, height_for(fall.labels), right=76, title=title)
    layout["xaxis"]["range"] = [fall.start, max(*fall.levels, after)]
    texts = end_texts(np.maximum(fall.begins, fall.ends), fall.rows, words)
    return go.Figure([_connectors(fall.levels), _bars(fall, words, kpi), texts], layout)


def _steps(
    table: pd.DataFrame, kpi: Kpi, directory: Directory, change: float, most: int
) -> list[_Step]:
    groups = table.iloc[np.argsort(-table["contribution"].abs().to_numpy(), kind="stable")]
    shown = groups[visible(groups["contribution"], kpi.unit)].head(most)
    columns = (*GROUP, "contribution", "why_not")
    steps = [
        _Step(
            group_label(queue_id, media_type, directory),
            wrapped(group_name(queue_id, media_type, directory)),
            float(size),
            not why_not,
        )
        for queue_id, media_type, size, why_not in zip(
            *(shown[name] for name in columns), strict=True
        )
    ]
    if others := len(groups) - len(shown):
        words = counted(others, "other")
        steps.append(
            _Step(words, f"{words}, added up", change - float(shown["contribution"].sum()))
        )
    return steps


def _axis_start(levels: Sequence[float]) -> float:
    """Zero, or a round value below all levels where steps would hardly be seen from zero.

    It lies so low that the bar of a total is as long as all steps together, never shorter
    than one of them.
    """
    low, high = min(levels), max(levels)
    span = high - low
    if span == 0 or span >= READABLE * high:
        return min(0.0, low)
    unit = 10.0 ** math.floor(math.log10(span))
    return max(0.0, math.floor((low - span) / unit) * unit)


def _bars(fall: _Fall, words: Sequence[str], kpi: Kpi) -> go.Bar:
    return go.Bar(
        x=fall.ends - fall.begins,
        y=fall.rows,
        base=fall.begins,
        orientation="h",
        width=_WIDTH,
        marker={"color": [NEUTRAL, *(_ink(step, kpi) for step in fall.steps), NEUTRAL]},
        hovertext=[
            f"<b>{word}</b><br>{name}" for word, name in zip(words, fall.names, strict=True)
        ],
        hoverinfo="text",
    )


def _ink(step: _Step, kpi: Kpi) -> str:
    return ink(step.size, kpi.better) if step.is_judged else NEUTRAL


def _connectors(levels: Sequence[float]) -> go.Scatter:
    """A thin line from the end of each bar to the row below."""
    edge = _WIDTH / 2
    return go.Scatter(
        x=[each for level in levels for each in (level, level, None)],
        y=[each for row in range(len(levels)) for each in (row + edge, row + 1 - edge, row + 1)],
        mode="lines",
        line={"color": NEUTRAL, "width": 1},
        hoverinfo="skip",
    )
