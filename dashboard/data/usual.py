"""The weeks that tell what is usual of a view; none where they are not kept."""

from __future__ import annotations

from dashboard.data import fetching, progress
from dashboard.data.view import View
from genesys.intervals import Interval
from genesys.kpis.catalogue import Kpi, metrics_of
from genesys.kpis.trend import Step
from reports.data import asking
from reports.data.figures import Rows
from reports.data.usual import has_usual


def weeks_before(view: View, kpi: Kpi, step: Step, interval: Interval | None = None) -> Rows | None:
    """What tells what is usual of a KPI in the steps of an interval, else of the view's.

    The last good figures stand for those that cannot be had: nothing more is read for these.
    """
    if view.trouble or not has_usual(kpi, step):
        return None
    return progress.more(
        view,
        lambda figures, on_progress: asking.weeks_before(
            figures,
            interval or figures.interval,
            step.granularity,
            metrics_of((kpi,)),
            fetching.asker(figures.source, on_progress),
        ),
    )


def offered_before(view: View) -> Rows | None:
    """The half-hours that tell what is usual of the offered, and since when nothing was like it."""
    if view.trouble:
        return None
    return progress.more(
        view,
        lambda figures, on_progress: asking.offered_before(
            figures, fetching.asker(figures.source, on_progress)
        ),
    )
