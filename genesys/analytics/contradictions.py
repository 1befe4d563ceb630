"""Answers that contradict the question or themselves: each is an error that names the part.

The API sends what was asked for and nothing else. An answer that does not is of somebody
else's making, such as a gateway's, and its figures would be added where they do not belong.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from genesys.analytics.queries import AggregateQuery
from genesys.intervals import Granularity, Interval, bucket_edges
from genesys.words import listed

_TWO_DAYS: Final = timedelta(days=2)


class Contradiction(ValueError):
    """What an answer says against the question or itself."""


def group_words(group: Mapping[str, str | None]) -> str:
    """A group as the API names it."""
    return ", ".join(f"{name} {value}" for name, value in group.items()) or "the whole"


def require_metrics(names: Iterable[str], query: AggregateQuery) -> None:
    """Raise Contradiction for a metric that was not asked for: it may be added twice."""
    if others := sorted({*names} - {*query.metrics}):
        raise Contradiction(f"it holds {listed(others)}, not asked for")


def require_groups(groups: Iterable[Mapping[str, str | None]], query: AggregateQuery) -> None:
    """Raise Contradiction for a group that the question leaves out or has not."""
    asked = frozenset(query.group_by)
    filters = {
        name: frozenset(map(str.casefold, values))
        for name, values in (("queueId", query.queue_ids), ("mediaType", query.media_types))
        if values and name in asked
    }
    for group in groups:
        if not asked.issuperset(group) and any(group[name] for name in group.keys() - asked):
            raise Contradiction(f"it groups by {listed(sorted(group.keys() - asked))}, too")
        for name, values in filters.items():
            if (group.get(name) or "").casefold() not in values:
                raise Contradiction(f"it holds {group_words(group)}, not asked for")


def require_buckets(spans: Collection[Interval], query: AggregateQuery) -> None:
    """Raise Contradiction for a bucket that is none of the question's.

    Without granularity it may be any part of the interval. The last one may reach its whole
    length or end with the interval.
    """
    whole, granularity = query.interval, query.granularity
    buckets = _buckets(query, granularity) if granularity else None
    for span in spans:
        if not whole.start <= span.start < whole.end:
            raise Contradiction(f"{_words(span, query)} lies outside the asked interval")
        if span.end > whole.end if buckets is None else (span.start, span.end) not in buckets:
            raise Contradiction(f"{_words(span, query)} is none of the asked buckets")


def _buckets(
    query: AggregateQuery, granularity: Granularity
) -> frozenset[tuple[datetime, datetime]]:
    """The ends of each: pairs of moments, since thousands of intervals take long to compare."""
    whole = query.interval
    beyond = Interval(whole.start, whole.end + _TWO_DAYS)
    uncut = [
        edges
        for edges in pairwise(bucket_edges(beyond, granularity, query.zone))
        if edges[0] < whole.end
    ]
    return frozenset([*uncut, (uncut[-1][0], whole.end)])


def _words(span: Interval, query: AggregateQuery) -> str:
    return f"the bucket {span.text(query.zone)}"


def are_apart(spans: Iterable[Interval]) -> bool:
    """Whether none overlaps another."""
    ends = sorted({(span.start, span.end) for span in spans})
    return all(end <= start for (_, end), (start, _) in pairwise(ends))
