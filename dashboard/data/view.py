"""What a page draws: the figures that were fetched, and how they were chosen to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from dashboard.selecting.selection import AUTOMATIC, Selection
from genesys.errors import GenesysError
from genesys.intervals import Granularity
from genesys.kpis.trend import STEP_BY_KEY, Step
from reports.data.figures import Figures

TWO_DAYS: Final = timedelta(days=2, hours=1)


@dataclass(frozen=True)
class View:
    """Figures and the selection they are of.

    What is kept is made of figures, and of single choices of the selection by name, so that
    nothing is kept under less than shows in it.
    """

    figures: Figures
    selection: Selection
    trouble: GenesysError | None = None
    """Why these are the last good figures, and no newer ones."""

    @property
    def step(self) -> Step:
        """The chosen step, else the one that fits the interval."""
        return self.selection.step_for(self.figures.interval)

    @property
    def shown_step(self) -> Step:
        """The step of charts: days instead of hours from the third day on, unless one is chosen.

        Hours of the night have few contacts, and shares of few jump up and down.
        """
        daily = (
            self.figures.interval.length > TWO_DAYS and self.step.granularity is not Granularity.DAY
        )
        return STEP_BY_KEY["day"] if daily and self.selection.step == AUTOMATIC else self.step
