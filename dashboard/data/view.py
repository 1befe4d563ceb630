"""What a page draws: the figures that were fetched, and how they were chosen to be shown."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.selecting.selection import AUTOMATIC, Selection
from genesys.errors import GenesysError
from genesys.kpis.trend import Step, step_of_charts
from reports.data.figures import Figures


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
        return self.selection.step_for(self.figures.interval, self.figures.source.week_begins)

    @property
    def shown_step(self) -> Step:
        """The step of charts: the chosen one, else `trend.step_of_charts`."""
        if self.selection.step == AUTOMATIC:
            return step_of_charts(self.figures.interval)
        return self.step
