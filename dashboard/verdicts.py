"""What the figures of a view mean: changes, targets and explanations, worked out once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar

import pandas as pd

from dashboard import keeping, organization
from dashboard.data import View
from dashboard.organization import LIFE
from genesys.comparison import compare
from genesys.explanation import facts
from genesys.figures import span
from genesys.kpis import Kpi
from genesys.review import REVIEWED
from genesys.rollup import GROUP
from genesys.talking_points import Point, points
from genesys.targets import Across, across_each, judge

T = TypeVar("T")


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
    """What is made of a view's figures, made once; `key` tells it from other things made."""
    chosen = view.selection
    return keeping.KEPT.get(
        ("made", view.key, chosen.blended, organization.targets_mark(), *key), LIFE, make
    )


def total(view: View, kpis: tuple[Kpi, ...]) -> Total:
    """What is to be said of the KPIs over the whole selection."""
    aims, blended = organization.targets(), view.selection.blended

    def make() -> Total:
        return Total(
            compare(view.frame, view.earlier, (), kpis, blended=blended),
            facts(view.frame, (), kpis, aims, view.earlier, blended=blended, refused=view.refused),
            dict(across_each(view.frame, kpis, aims, view.earlier)),
        )

    return kept(view, make, "total", kpis)


def groups(view: View, by: tuple[str, ...], kpis: tuple[Kpi, ...]) -> Groups:
    """What is to be said of the KPIs of each group of `by`; none is the total."""
    aims, blended = organization.targets(), view.selection.blended

    def make() -> Groups:
        return Groups(
            compare(view.frame, view.earlier, by, kpis, blended=blended),
            judge(view.frame, by, kpis, aims, view.earlier),
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
