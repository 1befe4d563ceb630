"""Which parts of a question kept days answer, and the queries that ask for the rest."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby, pairwise
from typing import Final

from genesys.analytics.plan import pieces
from genesys.analytics.queries import BY_QUEUE_AND_MEDIA, AggregateQuery
from genesys.days.asked import AskedDay
from genesys.days.calendar import begin, on_half_hours, touched
from genesys.intervals import Granularity, Interval, bucket_edges, cut_points
from genesys.metrics import DISTINCT_METRICS

MOST_TIMES: Final = 4
"""So many times as many pieces as the whole would take the holes may take, and no more."""


@dataclass(frozen=True)
class Part:
    """A part of a query's interval, and the metrics that kept days have of all of it."""

    interval: Interval
    metrics: tuple[str, ...]


@dataclass(frozen=True)
class Coverage:
    """What kept days answer of a query, and what is left to ask."""

    parts: tuple[Part, ...]
    rest: tuple[AggregateQuery, ...]


def coverage(query: AggregateQuery, days: Mapping[date, AskedDay]) -> Coverage:
    """Of a query as much from kept days as can be, unless the holes cost more than the whole."""
    nothing = Coverage((), (query,))
    addable = tuple(name for name in query.metrics if name not in DISTINCT_METRICS)
    if not days or not addable or not {*query.group_by} <= {*BY_QUEUE_AND_MEDIA}:
        return nothing
    found = list(_parts(query, addable, days))
    parts = tuple(part for part in found if part.metrics)
    if not parts:
        return nothing
    distinct = tuple(name for name in query.metrics if name in DISTINCT_METRICS)
    rest = [replace(query, metrics=distinct)] if distinct else []
    rest += [
        replace(query, interval=part.interval, metrics=missing)
        for part in found
        if (missing := tuple(name for name in addable if name not in part.metrics))
    ]
    most = MOST_TIMES * len(pieces(query))
    if sum(len(pieces(each)) for each in rest) > most:
        return nothing
    return Coverage(parts, tuple(rest))


def _parts(
    query: AggregateQuery, metrics: Sequence[str], days: Mapping[date, AskedDay]
) -> Iterator[Part]:
    """The interval cut where the metrics change that are kept of it."""
    atoms = [Interval(*edges) for edges in pairwise(_edges(query))]
    each = ((atom, _kept_of(atom, query, metrics, days)) for atom in atoms)
    for kept, alike in groupby(each, key=lambda pair: pair[1]):
        run = [atom for atom, _ in alike]
        yield Part(Interval(run[0].start, run[-1].end), kept)


def _kept_of(
    atom: Interval,
    query: AggregateQuery,
    metrics: Sequence[str],
    days: Mapping[date, AskedDay],
) -> tuple[str, ...]:
    if not on_half_hours(*_buckets(atom, query)):
        return ()
    kept = [days.get(day) for day in touched(atom)]
    if not all(day and day.knows(query.queue_ids) for day in kept):
        return ()
    return tuple(name for name in metrics if all(day and name in day.metrics for day in kept))


def _edges(query: AggregateQuery) -> list[datetime]:
    """The interval's ends, and between them the places next to midnights where it may be cut.

    Without granularity that is each midnight of UTC, since its pieces are added up.
    """
    start, end = query.interval.start, query.interval.end
    midnights = [begin(day) for day in touched(query.interval)][1:]
    if query.granularity is None:
        return [start, *midnights, end]
    points = [start, *cut_points(query.interval, query.granularity, query.zone), end]
    near = {start, end}
    for midnight in midnights:
        near |= {points[bisect_right(points, midnight) - 1], points[bisect_left(points, midnight)]}
    return sorted(near)


def _buckets(atom: Interval, query: AggregateQuery) -> tuple[datetime, ...]:
    """The edges of the buckets in an atom; those of hours follow from its ends."""
    if query.granularity is not Granularity.DAY:
        return atom.start, atom.end
    return bucket_edges(atom, query.granularity, query.zone)
