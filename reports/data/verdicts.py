"""What the figures of a view mean: changes, targets and explanations, worked out once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from genesys.analytics.grouping import Numbers
from genesys.insights import turns
from genesys.insights.comparison import Change, compare, sides
from genesys.insights.explanation import facts_of_total
from genesys.insights.levels import LEVEL
from genesys.insights.point import Point
from genesys.insights.talking_points import points
from genesys.kpis.aligning import places
from genesys.kpis.catalogue import Kpi
from genesys.kpis.parts import GROUP, Parts
from genesys.moments import span
from genesys.targets import JUDGED, Across, Standing, Targets, judge, standing
from genesys.targets.across import across_of
from reports.data.figures import Figures, Rows
from reports.data.kept import kept
from reports.data.parts import buckets_of, parts_of
from reports.data.usual import running, unlike


@dataclass(frozen=True, eq=False)
class Total:
    """The whole selection: changes by KPI, facts to explain, targets across pairs."""

    changes: dict[str, Change]
    told: dict[str, Any]
    across: dict[str, Across]


@kept
def total(figures: Figures, kpis: tuple[Kpi, ...], targets: Targets, *, blended: bool) -> Total:
    """What is to be said of the KPIs over the whole selection."""
    here, there = parts_of(figures.now), parts_of(figures.before)
    across = {
        kpi.key: across_of(here, kpi, stands(figures, GROUP, kpi, targets))
        for kpi in kpis
        if kpi.key in JUDGED
    }
    both = sides(here, there, (), blended=blended)
    return Total(
        {kpi.key: both.change(kpi) for kpi in kpis},
        facts_of_total(
            here, kpis, targets, there, across, blended=blended, refused=figures.refused
        ),
        across,
    )


@kept
def stands(figures: Figures, by: tuple[str, ...], kpi: Kpi, targets: Targets) -> Standing:
    """`targets.standing` of each group of `by`; none is the total."""
    return standing(parts_of(figures.now), by, kpi, targets, parts_of(figures.before))


def short_of(
    figures: Figures, cells: Parts, groups: Parts, by: Sequence[str], targets: Targets
) -> Numbers:
    """How many contacts short of their service level targets the cells of each group are.

    `cells` are the parts of each queue and media type of the figures, `groups` those of `by`.
    """
    short = stands(figures, GROUP, LEVEL, targets).short
    at = places(cells, groups, by)
    inside = (at >= 0) & cells.in_queues
    return np.bincount(at[inside], short[inside], len(groups)).astype(np.float64)


@kept
def changes(
    figures: Figures, by: tuple[str, ...], kpis: tuple[Kpi, ...], *, blended: bool
) -> pd.DataFrame:
    """`comparison.compare` of each group of `by`; none is the total."""
    return compare(parts_of(figures.now), parts_of(figures.before), by, kpis, blended=blended)


@kept
def statuses(
    figures: Figures, by: tuple[str, ...], kpis: tuple[Kpi, ...], targets: Targets
) -> pd.DataFrame:
    """`targets.judge` of each group of `by`; none is the total."""
    return judge(parts_of(figures.now), by, kpis, targets, parts_of(figures.before))


@kept
def worst_turn(figures: Figures, kpis: tuple[Kpi, ...]) -> Kpi | None:
    """The KPI that changed for the worse for most contacts, if any did."""
    return turns.worst_turn(parts_of(figures.now), parts_of(figures.before), kpis)


@kept
def talking_points(
    figures: Figures, fine: Rows, targets: Targets, weeks: Rows | None = None
) -> tuple[Point, ...]:
    """The talking points of the figures and their half-hours, what hurts most first.

    With the half-hours of the `weeks` before they say what is unlike the usual, too.
    """
    return points(
        parts_of(figures.now),
        parts_of(figures.before),
        figures.comparison.current,
        figures.zone,
        figures.directory,
        statuses(figures, GROUP, (LEVEL,), targets),
        span(figures.comparison.earlier, figures.zone),
        buckets_of(fine),
        unlike(figures, fine, weeks) if weeks else None,
        running(figures, weeks) if weeks else None,
    )
