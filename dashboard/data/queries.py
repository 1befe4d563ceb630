"""The queries behind a view: as much in one as the organization's size allows."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from dashboard.selecting.selection import Selection
from genesys.analytics.half_hours import in_half_hours
from genesys.analytics.plan import MEDIA_TYPES_EACH
from genesys.analytics.queries import AggregateQuery
from genesys.intervals import Interval, bucket_edges
from genesys.kpis.catalogue import CATALOGUE_METRICS
from genesys.kpis.trend import Step
from genesys.organization.directory import Directory
from reports.data.figures import Figures
from reports.data.source import Source

MOST_BUCKETS: Final = 50_000
"""Above so many expected rows the tables are asked for without granularity."""


def table_query(
    selection: Selection, interval: Interval, step: Step, who: Source, queues: Directory
) -> AggregateQuery:
    """The query for the tables, and for the trend too unless it goes without granularity.

    It holds every queue, media type and metric, so that filtering asks nothing new; where
    that is too much, the chosen queues; where that is too much as well, no granularity.
    """
    whole = AggregateQuery(
        interval=interval, metrics=CATALOGUE_METRICS, granularity=step.granularity, zone=who.zone
    )
    each = MEDIA_TYPES_EACH * (len(bucket_edges(interval, step.granularity, who.zone)) - 1)
    if len(queues.queues) * each <= MOST_BUCKETS:
        return whole
    named = selection.queues(queues, seen=())
    if named and len(named) * each <= MOST_BUCKETS:
        return replace(whole, queue_ids=tuple(sorted(named)))
    return replace(whole, granularity=None)


def fine_query(
    figures: Figures, interval: Interval, metrics: tuple[str, ...] = CATALOGUE_METRICS
) -> AggregateQuery:
    """Half-hours of all queues, else of the wanted ones, else by media type alone."""
    asked = figures.now.answers[0].query
    whole = replace(asked, interval=interval, metrics=metrics, granularity=None)
    return in_half_hours(whole, figures.directory.queues, figures.wanted)
