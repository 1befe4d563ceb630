"""The queries behind a view: as much in one as the organization's size allows."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from dashboard.data.figures import Figures
from dashboard.data.organization import Source
from dashboard.selecting.selection import Selection
from genesys.analytics.plan import MEDIA_TYPES_EACH
from genesys.analytics.queries import AggregateQuery
from genesys.intervals import Granularity, Interval, bucket_edges
from genesys.kpis.catalogue import CATALOGUE_METRICS
from genesys.kpis.trend import Step
from genesys.organization.directory import Directory

MOST_BUCKETS: Final = 50_000
"""Above so many expected rows the tables are asked for without granularity."""

MOST_FINE: Final = 100_000
"""Above so many expected rows half-hours are asked for by media type alone."""


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


def by_media(
    query: AggregateQuery, granularity: Granularity, wanted: frozenset[str] | None
) -> AggregateQuery:
    """The query of these queues together, by media type alone."""
    return replace(_of_queues(query, wanted), granularity=granularity, group_by=("mediaType",))


def _of_queues(query: AggregateQuery, wanted: frozenset[str] | None) -> AggregateQuery:
    return replace(query, queue_ids=tuple(sorted(wanted or ())))


def fine_query(figures: Figures, interval: Interval) -> AggregateQuery:
    """Half-hours of all queues, else of the wanted ones, else by media type alone."""
    whole = replace(
        figures.now.answers[0].query,
        interval=interval,
        queue_ids=(),
        granularity=Granularity.HALF_HOUR,
    )
    buckets = len(bucket_edges(interval, Granularity.HALF_HOUR, figures.zone)) - 1
    for ids in (frozenset(figures.directory.queues), figures.wanted):
        if ids and len(ids) * buckets * MEDIA_TYPES_EACH <= MOST_FINE:
            return whole if ids is not figures.wanted else _of_queues(whole, ids)
    step = Granularity.HALF_HOUR if buckets * MEDIA_TYPES_EACH <= MOST_FINE else Granularity.HOUR
    return by_media(whole, step, figures.wanted)
