"""The parts of what was fetched: put together once, and added up wherever figures are shown."""

from __future__ import annotations

from genesys.analytics.frames import START
from genesys.intervals import Interval
from genesys.kpis.parts import GROUP, Parts, parts
from genesys.kpis.trend import Step, bucketed
from reports.data.figures import Rows
from reports.data.kept import kept


@kept
def buckets_of(rows: Rows) -> Parts:
    """The parts of each queue and media type in each bucket of the rows."""
    return parts(rows.frame, [START])


@kept
def parts_of(rows: Rows) -> Parts:
    """The parts of each queue and media type, all buckets put together."""
    return buckets_of(rows).by(GROUP)


@kept
def course_of(rows: Rows, interval: Interval, step: Step) -> Parts:
    """The parts of each queue and media type in each bucket of a step."""
    return bucketed(rows.frame, interval, step, rows.zone)
