"""The queries behind figures: as much in one as the organization's size allows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final
from zoneinfo import ZoneInfo

from genesys.analytics.half_hours import Holds, in_half_hours, nothing_held
from genesys.analytics.plan import MEDIA_TYPES_EACH
from genesys.analytics.queries import AggregateQuery
from genesys.intervals import Granularity, Interval, bucket_edges
from genesys.kpis.catalogue import CATALOGUE_METRICS
from reports.data.figures import Figures

MOST_BUCKETS: Final = 50_000
"""Above so many expected rows the tables are asked for without granularity."""


def table_query(
    interval: Interval,
    granularity: Granularity,
    zone: ZoneInfo,
    listed: Collection[str],
    named: Collection[str] | None,
) -> AggregateQuery:
    """The query for the tables, and for the trend too unless it goes without granularity.

    It holds every listed queue, media type and metric, so that filtering asks nothing new;
    where that is too much, the `named` queues; where that is too much as well, no granularity.
    """
    whole = AggregateQuery(
        interval=interval, metrics=CATALOGUE_METRICS, granularity=granularity, zone=zone
    )
    each = MEDIA_TYPES_EACH * (len(bucket_edges(interval, granularity, zone)) - 1)
    if len(listed) * each <= MOST_BUCKETS:
        return whole
    if named and len(named) * each <= MOST_BUCKETS:
        return replace(whole, queue_ids=tuple(sorted(named)))
    return replace(whole, granularity=None)


def fine_query(
    figures: Figures,
    interval: Interval,
    listed: Collection[str],
    metrics: tuple[str, ...] = CATALOGUE_METRICS,
    holds: Holds = nothing_held,
) -> AggregateQuery:
    """Half-hours as `in_half_hours` has them, of the queues and media types of figures."""
    asked = figures.now.answers[0].query
    whole = replace(asked, interval=interval, metrics=metrics, granularity=None)
    return in_half_hours(whole, listed, figures.wanted, holds)
