"""Cutting a query into pieces that the API can answer at once.

A piece is a query of its own. Time is cut at bucket edges in the query's zone, so that
no bucket is ever split; a query without granularity is cut whole local days from its
start and its pieces are added up. Queues are cut only where the query names them: a query
for all of them also finds deleted queues and work without a queue, which no list holds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from itertools import product
from typing import Final

from genesys.analytics.queries import AggregateQuery
from genesys.errors import QueryError
from genesys.intervals import Granularity, Interval, bucket_edges, cut_points
from genesys.metrics import DISTINCT_METRICS
from genesys.moments import span
from genesys.words import counted

MAX_DAYS: Final = 31
MAX_QUEUES: Final = 50
MAX_METRICS: Final = 20

MEDIA_TYPES_EACH: Final = 2
"""Media types that a queue has, as a rule of thumb for the rows of an answer to come."""


def pieces(query: AggregateQuery) -> tuple[AggregateQuery, ...]:
    """The queries to send; their answers, joined on group and bucket, answer `query`.

    Raises QueryError where a distinct count would have to be added up.
    """
    spans = _spans(query)
    queues = _batches(query.queue_ids, MAX_QUEUES)
    metrics = _batches(query.metrics, MAX_METRICS)
    if (len(spans) > 1 and query.granularity is None) or (
        len(queues) > 1 and "queueId" not in query.group_by
    ):
        _require_no_distinct_counts(query)
    return tuple(
        replace(query, interval=span, queue_ids=ids, metrics=names)
        for span, ids, names in product(spans, queues, metrics)
    )


def halve(piece: AggregateQuery) -> tuple[AggregateQuery, AggregateQuery] | None:
    """The piece in two, by time as long as that can be cut, then by the queues it names.

    None where it cannot be cut any further: then an asynchronous job has to answer it.
    """
    distinct = DISTINCT_METRICS.intersection(piece.metrics)
    edges = _cut_points(piece)
    if edges and not (distinct and piece.granularity is None):
        middle = edges[len(edges) // 2]
        start, end = piece.interval.start, piece.interval.end
        return (
            replace(piece, interval=Interval(start, middle)),
            replace(piece, interval=Interval(middle, end)),
        )
    half = len(piece.queue_ids) // 2
    if half and not (distinct and "queueId" not in piece.group_by):
        return (
            replace(piece, queue_ids=piece.queue_ids[:half]),
            replace(piece, queue_ids=piece.queue_ids[half:]),
        )
    return None


def apart(piece: AggregateQuery, metric: str = "") -> tuple[AggregateQuery, ...]:
    """The piece in two by its metrics: the one named and the others, else two halves.

    Empty where there is one metric only.
    """
    names = piece.metrics
    first = (metric,) if metric else names[: len(names) // 2]
    others = tuple(each for each in names if each not in first)
    return tuple(replace(piece, metrics=part) for part in (first, others)) if len(names) > 1 else ()


def without(piece: AggregateQuery, metrics: Collection[str]) -> AggregateQuery | None:
    """The piece without these metrics; None where nothing is left to ask."""
    left = tuple(each for each in piece.metrics if each not in metrics)
    return replace(piece, metrics=left) if left else None


def name(piece: AggregateQuery) -> str:
    """What a piece asks, in a few words for messages."""
    days = span(piece.interval, piece.zone)
    queues = counted(len(piece.queue_ids), "queue") if piece.queue_ids else "all queues"
    metrics = counted(len(piece.metrics), "metric")
    return f"{days} ({piece.zone.key}), {queues}, {metrics}"


def _cut_points(query: AggregateQuery) -> tuple[datetime, ...]:
    return cut_points(query.interval, query.granularity or Granularity.DAY, query.zone)


def _spans(query: AggregateQuery) -> tuple[Interval, ...]:
    """The interval in as few spans as stay within MAX_DAYS local days each."""
    start, end = query.interval.start, query.interval.end
    points = (*_cut_points(query), end)
    spans: list[Interval] = []
    while start < end:
        longest = bucket_edges(Interval(start, end), f"P{MAX_DAYS}D", query.zone)[1]
        spans.append(Interval(start, points[bisect_right(points, longest) - 1]))
        start = spans[-1].end
    return tuple(spans)


def _batches(items: tuple[str, ...], size: int) -> tuple[tuple[str, ...], ...]:
    return tuple(items[at : at + size] for at in range(0, len(items), size)) or ((),)


def _require_no_distinct_counts(query: AggregateQuery) -> None:
    for metric in DISTINCT_METRICS.intersection(query.metrics):
        raise QueryError(
            f"{metric} counts distinct conversations, which cannot be added up,"
            " and this query is too large to be answered in one piece.",
            f"Ask for {MAX_DAYS} days and {MAX_QUEUES} queues at most, or leave {metric} out.",
        )
