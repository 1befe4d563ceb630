"""Whether an aggregates query keeps the API's rules; what breaks one is refused with its code."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
from dateutil.relativedelta import relativedelta
from msgspec import UNSET

from genesys.intervals import Interval, bucket_edges
from genesys.metrics import API_METRICS, FILTER_DIMENSIONS, GROUP_BY

from .body import Body, Clause, Filter, Predicate, View
from .faults import Fault, bad_request, invalid_value, too_large
from .history import milliseconds
from .workload import Ints

MOST_PREDICATES = 100
MOST_VIEWS = 10
MOST_BUCKETS = 400_000
LONGEST = relativedelta(months=12)
PROBE = timedelta(hours=1)
INTERVAL_TEXT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d[^/]*/\d{4}-\d\d-\d\dT\d\d:\d\d[^/]*")
OPERATORS = ("matches", "exists", "notExists")
PREDICATE_TYPES = ("dimension", "property", "metric")
QUERY_TYPES = ("groupBy", "topN", "bottomN")


@dataclass(frozen=True)
class Query:
    """A checked query; `edges` are those of its buckets, in UTC milliseconds."""

    edges: Ints
    metrics: tuple[str, ...]
    group_by: tuple[str, ...]
    filter: Filter | None
    views: tuple[View, ...]


def checked(body: Body, refused: Collection[str], *, at_once: bool) -> Query:
    """The query of a body; `at_once` holds it to the length the synchronous path takes."""
    _ranking(body)
    _names("metrics", body.metrics, API_METRICS)
    if not body.metrics:
        raise bad_request("The query names no metrics.")
    for metric in (*body.metrics, *(view.target for view in body.views)):
        if metric in refused:
            accepted = (name for name in API_METRICS if name not in refused)
            raise invalid_value("The metric", metric, accepted)
    _names("groupBy", body.group_by, GROUP_BY)
    given = None if body.filter is UNSET else body.filter
    if given is not None:
        _filter(given)
    _views(body.views, body.metrics)
    _one_of("alternateTimeDimension", body.alternate_time_dimension, ("eventTime",))
    return Query(
        _edges(body, at_once=at_once),
        tuple(dict.fromkeys(body.metrics)),
        tuple(dict.fromkeys(body.group_by)),
        given,
        tuple(body.views),
    )


def _one_of(what: str, value: str, accepted: Iterable[str]) -> None:
    if value not in (words := tuple(accepted)):
        raise invalid_value(what, value, words)


def _names(what: str, values: Iterable[str], accepted: Iterable[str]) -> None:
    for value in values:
        _one_of(what, value, accepted)


def _ranking(body: Body) -> None:
    _one_of("queryType", body.query_type, QUERY_TYPES)
    if body.query_type != "groupBy":
        raise bad_request("This organization answers the queryType groupBy only.")
    if body.limit is not UNSET or body.sort_metric is not UNSET:
        raise bad_request("limit and sortMetric go with the queryTypes topN and bottomN only.")


def _filter(given: Filter) -> None:
    _one_of("filter.type", given.type, ("and", "or"))
    if not given.clauses and not given.predicates:
        raise bad_request("The filter has neither clauses nor predicates.")
    _predicates(given.predicates)
    for clause in given.clauses:
        _clause(clause)


def _clause(clause: Clause) -> None:
    _one_of("clause.type", clause.type, ("and", "or"))
    if not clause.predicates:
        raise bad_request("A clause has no predicates.")
    _predicates(clause.predicates)


def _predicates(predicates: list[Predicate]) -> None:
    if len(predicates) > MOST_PREDICATES:
        raise bad_request(
            f"{len(predicates)} predicates are more than the {MOST_PREDICATES} taken."
        )
    for predicate in predicates:
        _one_of("predicate.type", predicate.type, PREDICATE_TYPES)
        _one_of("dimension", predicate.dimension, FILTER_DIMENSIONS)
        _one_of("operator", predicate.operator, OPERATORS)
        if predicate.range is not UNSET:
            raise bad_request("A range does not go with a dimension.")
        if (predicate.operator == "matches") != isinstance(predicate.value, str):
            raise bad_request("matches takes a value, exists and notExists take none.")


def _views(views: list[View], metrics: list[str]) -> None:
    if len(views) > MOST_VIEWS:
        raise bad_request(f"{len(views)} views are more than the {MOST_VIEWS} taken.")
    taken = {*API_METRICS, *metrics}
    for view in views:
        _one_of("view.target", view.target, (name for name in API_METRICS if name[0] == "t"))
        _one_of("view.function", view.function, ("rangeBound",))
        if view.range.gte is None and view.range.lt is None:
            raise bad_request(f"The view {view.name!r} has no bound.")
        if view.name in taken:
            raise bad_request(f"The view name {view.name!r} is taken.")
        taken.add(view.name)


def _interval(text: str) -> Interval:
    try:
        if INTERVAL_TEXT.fullmatch(text):
            return Interval.parse(text)
    except (ValueError, OverflowError) as error:
        raise Fault(400, "invalid.date", f"The interval {text!r}: {error}") from error
    raise Fault(400, "invalid.date", f"The interval {text!r} is not two ISO-8601 dates with a '/'.")


def _too_long(interval: Interval) -> bool:
    try:
        return interval.end > interval.start + LONGEST
    except (ValueError, OverflowError):
        return False


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise bad_request(f"The time zone {name!r} is not known.") from error


def _edges(body: Body, *, at_once: bool) -> Ints:
    interval, zone = _interval(body.interval), _zone(body.time_zone)
    if at_once and _too_long(interval):
        raise bad_request("The interval is longer than 12 months.")
    moments: tuple[datetime, ...] = (interval.start, interval.end)
    if isinstance(body.granularity, str):
        moments = _buckets(interval, body.granularity, zone)
    return np.array([milliseconds(moment) for moment in moments], np.int64)


def _buckets(interval: Interval, granularity: str, zone: ZoneInfo) -> tuple[datetime, ...]:
    try:
        probe = Interval(interval.start, min(interval.end, interval.start + PROBE))
        an_hour = len(bucket_edges(probe, granularity, zone)) - 1
        if an_hour * (interval.length / PROBE) > MOST_BUCKETS:
            raise too_large(f"{granularity} makes more than {MOST_BUCKETS} buckets.")
        return bucket_edges(interval, granularity, zone)
    except (ValueError, OverflowError) as error:
        raise bad_request(f"The granularity {granularity!r}: {error}") from error
