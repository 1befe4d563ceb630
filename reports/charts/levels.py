"""Levels: where each queue or media type stands, beside its target."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from genesys.kpis.catalogue import Kpi, Unit
from genesys.kpis.formats import Durations, value_text
from genesys.targets import Status
from reports.charts.axes import Values, beside, end_texts, harmless, tick_marks
from reports.charts.rows import rows_layout
from reports.theme import media_colour, sign_of

ROW_HEIGHT: Final = 52
MARK_HEIGHT: Final = 18
PALE: Final = 0.4
"""Opacity of the bars that are not judged, of few contacts for one."""

_BOLD: Final = frozenset({Status.MET, Status.NEAR, Status.MISSED, Status.NONE})

_WORDS_ROOM: Final = 0.35
"""What a value's words take on a telephone, as a share of the axis."""

_BELOW: Final = 0.39
"""Where a target's label stands under its row's middle, in rows."""


@dataclass(frozen=True, eq=False)
class _Levels:
    """The rows to draw, a value, a target (NaN where none) and their words for each."""

    names: Sequence[str]
    medias: Sequence[str]
    statuses: Sequence[str]
    counts: Sequence[float]
    value: Values
    target: Values
    wording: Callable[[float], str]

    @property
    def at(self) -> Values:
        """The places of the rows."""
        return np.arange(len(self.names), dtype=np.float64)

    @property
    def bar_ends(self) -> Values:
        return np.fmax(self.value, 0.0)

    @property
    def top(self) -> float:
        return float(np.fmax(self.bar_ends, self.target).max(initial=0.0)) or 1.0

    @property
    def word_places(self) -> Values:
        """Where a value's words begin: at its bar's end, or behind a target in their way."""
        ends = self.bar_ends
        in_the_way = (self.target > ends) & (self.target < ends + _WORDS_ROOM * self.top)
        return np.where(in_the_way, self.target, ends)

    @property
    def words(self) -> list[str]:
        return [
            f"{self.wording(value)} {sign_of(status)}".strip()
            for value, status in zip(self.value, self.statuses, strict=True)
        ]

    @property
    def targets(self) -> list[str]:
        """Each target in words, nothing where there is none."""
        return ["" if np.isnan(each) else self.wording(each) for each in self.target]

    @property
    def hover(self) -> list[str]:
        told = map(self.wording, self.value)
        rows = zip(
            self.names, self.medias, told, self.targets, self.statuses, self.counts, strict=True
        )
        return [_hover(*each) for each in rows]


def levels_chart(rows: pd.DataFrame, kpi: Kpi, durations: Durations = Durations.SHORT) -> go.Figure:
    """A bar for each row, in the order given, with its target as a labelled mark.

    The columns of `rows` are `name`, `media_type`, `value` and `target` in the KPI's unit
    (NaN where none), `status` (text of `genesys.targets.Status`, or why the value is not
    judged) and `n`, the contacts that it rests on. Without a value there is a dash and no bar.
    """
    names, medias, statuses = (
        [str(each) for each in rows[column]] for column in ("name", "media_type", "status")
    )
    value, target = (
        rows[column].to_numpy(dtype=np.float64, na_value=np.nan) for column in ("value", "target")
    )
    wording = partial(value_text, unit=kpi.unit, durations=durations)
    levels = _Levels(names, medias, statuses, list(rows["n"]), value, target, wording)
    hover = levels.hover
    return go.Figure(
        [
            _bars(levels, hover),
            *tick_marks(levels.target, levels.at, MARK_HEIGHT, hover),
            _target_labels(levels),
            end_texts(levels.word_places, levels.at, levels.words),
        ],
        _layout(levels),
    )


def _bars(levels: _Levels, hover: list[str]) -> go.Bar:
    return go.Bar(
        orientation="h",
        x=levels.value,
        y=levels.at,
        width=0.36,
        marker={
            "color": [media_colour(media) for media in levels.medias],
            "opacity": np.array([1.0 if each in _BOLD else PALE for each in levels.statuses]),
        },
        hovertext=hover,
        hoverinfo="text",
    )


def _target_labels(levels: _Levels) -> go.Scatter:
    return go.Scatter(
        x=levels.target,
        y=levels.at + _BELOW,
        mode="text",
        text=[f"target {each}" if each else "" for each in levels.targets],
        textfont={"size": 11},
        cliponaxis=False,
        hoverinfo="skip",
    )


def _layout(levels: _Levels) -> dict[str, Any]:
    labels = [_beside(*each) for each in zip(levels.names, levels.medias, strict=True)]
    layout = rows_layout(labels, ROW_HEIGHT, right=84)
    layout["xaxis"]["range"] = [0, levels.top]
    return layout


def _beside(name: str, media: str) -> str:
    """A row's name, with the media type beneath where it says another thing."""
    text = beside(name)
    if name == media:
        return text
    return f'{text}<br><span style="font-size:11px">{harmless(media)}</span>'


def _hover(name: str, media: str, value: str, target: str, status: str, n: float) -> str:
    who = name if name == media else f"{name}, {media}"
    words = f"<b>{harmless(who)} {value}</b><br>n = {value_text(n, Unit.COUNT)}"
    if target:
        words += f"<br>target {target}"
    return f"{words}: {status}" if status else words
