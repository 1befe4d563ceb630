"""What the figures of a view mean: changes, targets and explanations, worked out once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, is_dataclass
from typing import Final, TypeVar

import pandas as pd

from dashboard.data import keeping, organization
from dashboard.data.organization import LIFE
from dashboard.data.view import View
from genesys.analytics.frames import combine
from genesys.insights.comparison import compare
from genesys.insights.explanation import facts
from genesys.insights.review import REVIEWED
from genesys.insights.talking_points import Point, points
from genesys.kpis.catalogue import Kpi
from genesys.kpis.rollup import GROUP
from genesys.moments import span
from genesys.targets import Across, across_each, judge

T = TypeVar("T")

A_CHART: Final = 50_000
"""Bytes."""


@dataclass(frozen=True, eq=False)
class Total:
    """The whole selection: one row of changes, one of facts to explain, targets across pairs."""

    change: pd.DataFrame
    told: pd.DataFrame
    across: dict[str, Across]


@dataclass(frozen=True, eq=False)
class Groups:
    """Each group: `comparison.compare`, and the marks of `targets.judge`."""

    changes: pd.DataFrame
    marks: pd.DataFrame


def kept(view: View, make: Callable[[], T], *key: Hashable) -> T:
    """What is made of a view, made once; `key` tells it from other things made.

    Whatever else of the selection shows in it is in the key already: steps, the way times
    are written, blending, and the least contacts of a row.
    """
    chosen = view.selection
    shown_as = view.shown_step, chosen.durations, chosen.blended, chosen.fewest
    return keeping.KEPT.get(
        ("made", view.key, shown_as, organization.targets_mark(), *key), LIFE, make, size=_bytes
    )


def _bytes(made: object) -> int:
    """About how much is kept: the frames in it, and as much as a chart for all else."""
    parts = made if isinstance(made, tuple) else (made,)
    if is_dataclass(made):
        parts = tuple(vars(made).values())
    frames = [part for part in parts if isinstance(part, pd.DataFrame)]
    return A_CHART + sum(int(frame.memory_usage().sum()) for frame in frames)


def summed(view: View) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The view's and the earlier figures of each queue and media type, all buckets put together.

    Much shorter than with their buckets, and the same in every total.
    """
    return kept(view, lambda: (combine(view.frame, GROUP), combine(view.earlier, GROUP)), "summed")


def total(view: View, kpis: tuple[Kpi, ...]) -> Total:
    """What is to be said of the KPIs over the whole selection."""
    aims, blended = organization.targets(), view.selection.blended

    def make() -> Total:
        here, there = summed(view)
        return Total(
            compare(here, there, (), kpis, blended=blended),
            facts(here, (), kpis, aims, there, blended=blended, refused=view.refused),
            dict(across_each(here, kpis, aims, there)),
        )

    return kept(view, make, "total", kpis)


def groups(view: View, by: tuple[str, ...], kpis: tuple[Kpi, ...]) -> Groups:
    """What is to be said of the KPIs of each group of `by`; none is the total."""
    aims, blended = organization.targets(), view.selection.blended

    def make() -> Groups:
        here, there = summed(view)
        return Groups(
            compare(here, there, by, kpis, blended=blended),
            judge(here, by, kpis, aims, there),
        )

    return kept(view, make, "groups", by, kpis)


def talking_points(view: View) -> tuple[Point, ...]:
    """The talking points of the view, those with the greatest impact first."""

    def make() -> tuple[Point, ...]:
        marks = groups(view, GROUP, REVIEWED).marks
        return points(
            view.frame,
            view.earlier,
            view.comparison.current,
            view.zone,
            view.directory,
            marks,
            span(view.comparison.earlier, view.zone),
        )

    return kept(view, make, "points")
