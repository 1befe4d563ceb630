"""Where the offered went: the share of each outcome, beside that of the earlier interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from genesys.insights.reconciliation import CARRIED, OFFERED, OUTCOMES, Line
from genesys.kpis.catalogue import Unit
from genesys.kpis.formats import FEW, NO_VALUE, signed, value_text
from reports.charts.axes import end_texts
from reports.charts.rows import rows_layout, wrapped
from reports.theme import BAD, GOOD, NEUTRAL

ROW_HEIGHT: Final = 46

LOW_ROW: Final = 24
"""A row whose label stands in one line."""

_LABEL_LENGTH: Final = 15


@dataclass(frozen=True)
class _Side:
    """Where in its row an interval's bar lies, and how it looks."""

    offset: float
    width: float
    opacity: float


_NOW: Final = _Side(-0.3, 0.4, 1.0)
_BEFORE: Final = _Side(0.12, 0.2, 0.45)
_ALONE: Final = _Side(-0.2, 0.4, 1.0)

COLOURS: Final[Mapping[str, str]] = {
    "in_target": GOOD,
    "late": BAD,
    "abandoned": BAD,
    "left": BAD,
}
"""Outcomes that are good or bad news, where there are enough; the others are neither."""


def outcomes_chart(
    current: pd.DataFrame, earlier: pd.DataFrame | None, *, low: bool = False
) -> go.Figure:
    """A bar for each outcome as share of the offered, and a paler one for the earlier interval.

    Both tables are those of `insights.reconciliation.reconcile`; without an earlier one there
    are no changes. What was carried over may lie left of zero. Shares of fewer than 20
    offered are told as counts, without a change and in no colour of good or bad news.
    `low` makes rows half as high, and leaves it to a caption what the paler bars are.
    """
    now, before = _counts(current), _counts(earlier)
    lines = [
        line
        for line in (*OUTCOMES, CARRIED)
        if OFFERED.key in now and (now.get(line.key) or before.get(line.key))
    ]
    sides = (_BEFORE, _NOW) if before else (_ALONE,)
    width = 2 * _LABEL_LENGTH if low else _LABEL_LENGTH
    traces = [trace for side in sides for trace in _side(side, lines, now, before, low=low)]
    labels = [(low and line.short) or wrapped(line.label, width) for line in lines]
    layout = rows_layout(labels, LOW_ROW if low else ROW_HEIGHT, right=124)
    return go.Figure(traces, layout | {"barmode": "overlay"})


def _side(
    side: _Side,
    lines: Sequence[Line],
    now: Mapping[str, int],
    before: Mapping[str, int],
    *,
    low: bool,
) -> tuple[go.Bar, go.Scatter]:
    """The bars of an interval and the words at their ends.

    Those of the earlier say "before" where rows are high enough.
    """
    is_before = side is _BEFORE
    rows = np.arange(len(lines), dtype=np.float64)
    counts = before if is_before else now
    shares = np.array([_share(line.key, counts) for line in lines])
    colours = COLOURS if counts.get(OFFERED.key, 0) >= FEW else {}
    bars = go.Bar(
        x=shares,
        y=rows,
        orientation="h",
        offset=side.offset,
        width=side.width,
        marker={"color": [colours.get(line.key, NEUTRAL) for line in lines]},
        opacity=side.opacity,
        hovertext=[_said(line, now, before) for line in lines],
        hoverinfo="text",
    )
    words = [_label(line.key, now, before) for line in lines]
    if is_before:
        words = ["before" if row == 0 and not low else "" for row in rows]
    middle = rows + side.offset + side.width / 2
    return bars, end_texts(np.fmax(shares, 0.0), middle, words)


def _counts(table: pd.DataFrame | None) -> dict[str, int]:
    if table is None:
        return {}
    return {key: int(count) for key, count in zip(table["key"], table["count"], strict=True)}


def _share(key: str, counts: Mapping[str, int]) -> float:
    """Per cent of the offered; NaN where the outcome is not told or nothing was offered."""
    offered = counts.get(OFFERED.key)
    if not offered or key not in counts:
        return float("nan")
    return Unit.PERCENT.scaled(counts[key] / offered)


def _percent(key: str, counts: Mapping[str, int]) -> str:
    return value_text(_share(key, counts), Unit.PERCENT)


def _label(key: str, now: Mapping[str, int], before: Mapping[str, int]) -> str:
    if key not in now:
        return NO_VALUE
    if now[OFFERED.key] < FEW:
        return f"{value_text(now[key], Unit.COUNT)} of {now[OFFERED.key]:,}"
    label = f"<b>{_percent(key, now)}</b>"
    if key in before and before[OFFERED.key] >= FEW:
        label += f"  {signed(_share(key, now) - _share(key, before), Unit.PERCENT)}"
    return label


def _said(line: Line, now: Mapping[str, int], before: Mapping[str, int]) -> str:
    """The counts of both intervals."""
    sides = {"": now} | ({" before": before} if before else {})
    told = [
        f"{value_text(counts[line.key], Unit.COUNT)} of {counts[OFFERED.key]:,} offered"
        f" ({_percent(line.key, counts)}){side}"
        for side, counts in sides.items()
        if line.key in counts
    ]
    return "<br>".join((f"<b>{line.label}</b>", *told))
