"""The meeting: what was fetched for it, and how it is to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from genesys.insights.levels import LEVEL
from genesys.insights.point import Point
from genesys.kpis.catalogue import Kpi
from genesys.kpis.formats import Durations
from genesys.kpis.trend import Step
from genesys.targets import Targets
from reports.data import verdicts
from reports.data.figures import Figures, Rows
from reports.data.groups import SHORT, values_of

MOST_IN_TROUBLE: Final = 3
"""Queues with a scene of their own."""


@dataclass(frozen=True, eq=False)
class Fetched:
    """Values of one selection: by queue and media type, in half-hours, and where they went.

    `fine` and the outcomes are None where they could not be had, and `no_fine` and
    `no_outcomes` say why. The `weeks` before tell what is usual, where they are kept.
    """

    figures: Figures
    fine: Rows | None
    outcomes: tuple[Rows, Rows] | None
    no_fine: str = ""
    no_outcomes: str = ""
    weeks: Rows | None = None


@dataclass(frozen=True, eq=False)
class Meeting:
    """All that the scenes are made of.

    `focus` is the KPI of the matrix and of the week. `queues` are those of `in_trouble`, each
    with its own values. `footer` and `about` are as in `Show`.
    """

    all: Fetched
    queues: tuple[Fetched, ...]
    targets: Targets
    kpis: tuple[Kpi, ...]
    focus: Kpi
    step: Step
    blended: bool
    fewest: int
    durations: Durations
    footer: tuple[str, ...]
    about: tuple[tuple[str, str], ...]
    link: str = ""

    @property
    def figures(self) -> Figures:
        return self.all.figures

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """The talking points, what hurts most first."""
        fine = self.all.fine or self.figures.now
        return verdicts.talking_points(self.figures, fine, self.targets, self.all.weeks)

    def points_of(self, queue_id: str) -> tuple[Point, ...]:
        """Those about one queue."""
        return tuple(each for each in self.points if each.queue_id == queue_id)


def in_trouble(figures: Figures, targets: Targets, fewest: int) -> tuple[str, ...]:
    """The queues that lack most contacts to their Service Level targets, the worst first."""
    table = values_of(figures, "", ("queue_id",), (LEVEL,), targets, blended=False, fewest=fewest)
    rows = table.rows.iloc[table.totals :]
    short = rows[SHORT].astype(float) > 0
    return tuple(rows.loc[short, "queue_id"].astype(str).head(MOST_IN_TROUBLE))
