"""What the figures of a view mean: changes, targets and explanations, worked out once."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import pandas as pd

from dashboard import keeping, organization
from dashboard.data import View
from dashboard.organization import LIFE
from genesys.comparison import compare
from genesys.explanation import facts
from genesys.kpis import Kpi
from genesys.rollup import GROUP
from genesys.targets import Across, Targets, across_each, judge


@dataclass(frozen=True, eq=False)
class Total:
    """The whole selection: one row of changes, one of facts to explain, targets across pairs."""

    change: pd.DataFrame
    told: pd.DataFrame
    across: dict[str, Across]


@dataclass(frozen=True, eq=False)
class Pairs:
    """Each queue and media type: changes, and marks against the targets."""

    changes: pd.DataFrame
    marks: pd.DataFrame


def total(view: View, kpis: tuple[Kpi, ...]) -> Total:
    """What is to be said of the KPIs over the whole selection."""
    aims = organization.targets()

    def make() -> Total:
        return Total(
            compare(view.frame, view.earlier, (), kpis),
            facts(view.frame, (), kpis, aims, view.earlier, refused=view.refused),
            dict(across_each(view.frame, kpis, aims, view.earlier)),
        )

    return keeping.KEPT.get(("total", view.key, _names(kpis), _mark(aims)), LIFE, make)


def pairs(view: View, kpis: tuple[Kpi, ...]) -> Pairs:
    """What is to be said of the KPIs of each queue and media type."""
    aims: Targets = organization.targets()

    def make() -> Pairs:
        return Pairs(
            compare(view.frame, view.earlier, GROUP, kpis),
            judge(view.frame, GROUP, kpis, aims, view.earlier),
        )

    return keeping.KEPT.get(("pairs", view.key, _names(kpis), _mark(aims)), LIFE, make, size=_bytes)


def _mark(aims: Targets) -> Hashable:
    """What tells one set of targets from another."""
    return aims.overrides, frozenset(aims.organization.items())


def _names(kpis: tuple[Kpi, ...]) -> tuple[str, ...]:
    return tuple(kpi.key for kpi in kpis)


def _bytes(made: Pairs) -> int:
    return int(made.changes.memory_usage().sum() + made.marks.memory_usage().sum())
