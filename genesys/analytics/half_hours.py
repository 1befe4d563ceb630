"""Half-hours of an interval: by queue where the answer stays small enough, else by media type.

All that tells when it went badly asks by this rule, so that its counts agree.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Final

from genesys.analytics.plan import MEDIA_TYPES_EACH
from genesys.analytics.queries import AggregateQuery
from genesys.intervals import Granularity, bucket_edges

MOST_ROWS: Final = 100_000
"""Above so many expected rows half-hours are asked for by media type alone."""


Holds = Callable[[AggregateQuery], bool]
"""Whether kept days answer all of a query, and in a size that can be worked with."""


def nothing_held(_: AggregateQuery) -> bool:
    """Where no days are kept."""
    return False


def in_half_hours(
    query: AggregateQuery,
    listed: Collection[str],
    wanted: Collection[str] | None,
    holds: Holds = nothing_held,
) -> AggregateQuery:
    """Half-hours of the listed queues, else of the wanted ones, else by media type alone.

    A query of all listed queues names none of them. What kept days hold is by queue, however
    large. Half-hours that are too many even by media type are hours.
    """
    buckets = len(bucket_edges(query.interval, Granularity.HALF_HOUR, query.zone)) - 1
    each, whole = buckets * MEDIA_TYPES_EACH, replace(query, granularity=Granularity.HALF_HOUR)
    if listed and len(listed) * each <= MOST_ROWS:
        return replace(whole, queue_ids=())
    if wanted and len(wanted) * each <= MOST_ROWS:
        return of_queues(whole, wanted)
    if holds(fine := of_queues(whole, wanted)):
        return fine
    step = Granularity.HALF_HOUR if each <= MOST_ROWS else Granularity.HOUR
    return by_media(query, step, wanted)


def by_media(
    query: AggregateQuery, granularity: Granularity, wanted: Collection[str] | None
) -> AggregateQuery:
    """The query of these queues together, by media type alone."""
    return replace(of_queues(query, wanted), granularity=granularity, group_by=("mediaType",))


def of_queues(query: AggregateQuery, wanted: Collection[str] | None) -> AggregateQuery:
    """The query of these queues, in an order of their own; None is all of them."""
    return replace(query, queue_ids=tuple(sorted(wanted or ())))
