"""Figures as the API's answer: groups, buckets, metrics in name order, statistics by family."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime

import numpy as np
from msgspec import Struct, field

from .aggregation import Figures, Series
from .measures import Shape
from .workload import Ints


class Stats(Struct, omit_defaults=True, gc=False):
    """Times are floats and counts integers, as in bodies captured from the API."""

    max: float | None = None
    min: float | None = None
    count: int | None = None
    sum: float | None = None
    ratio: float | None = None
    numerator: int | None = None
    denominator: int | None = None
    target: float | None = None


class Metric(Struct, gc=False):
    metric: str
    stats: Stats


class ViewCount(Struct, gc=False):
    name: str
    stats: Stats


class Bucket(Struct, omit_defaults=True):
    interval: str
    metrics: list[Metric] = field(default_factory=list)
    views: list[ViewCount] = field(default_factory=list)


class Group(Struct):
    group: dict[str, str]
    data: list[Bucket]


class Answer(Struct, omit_defaults=True):
    """A whole answer, or one page of a job's; `cursor` leads to the next page."""

    results: list[Group]
    cursor: str | None = None


def time_text(milliseconds: int) -> str:
    """A moment as the API writes it: UTC, with milliseconds."""
    moment = datetime.fromtimestamp(milliseconds / 1000, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{milliseconds % 1000:03d}Z"


def _counts(rows: Ints, series: Series) -> Iterator[Stats]:
    return (Stats(count=count) for count in series.count[rows].tolist())


def _timers(rows: Ints, series: Series) -> Iterator[Stats]:
    floats = (each[rows].astype(np.float64).tolist() for each in (series.max, series.min))
    sums = series.sum[rows].astype(np.float64).tolist()
    return map(Stats, *floats, series.count[rows].tolist(), sums)


def _targets(rows: Ints, targets: Series) -> list[float | None]:
    """The one target of each row; none where its queues have unlike ones."""
    lowest, highest = targets.min[rows].tolist(), targets.max[rows].tolist()
    return [low / 1000 if low == high else None for low, high in zip(lowest, highest, strict=True)]


def _levels(rows: Ints, level: Series, targets: Series) -> Iterator[Stats]:
    met, of = level.sum[rows].tolist(), level.count[rows].tolist()
    for numerator, denominator, target in zip(met, of, _targets(rows, targets), strict=True):
        yield Stats(
            ratio=numerator / denominator,
            numerator=numerator,
            denominator=denominator,
            target=target,
        )


def _stats(figures: Figures, name: str, rows: Ints) -> Iterable[Stats]:
    asked, series = figures.series[name]
    if asked.view is not None:
        return _counts(rows, series)
    if asked.measure.shape is Shape.SERVICE_LEVEL:
        return _levels(rows, series, figures.series["oServiceTarget"][1])
    if asked.measure.shape is Shape.TARGET:
        return (Stats(target=target) for target in _targets(rows, series))
    makers: dict[Shape, Callable[[Ints, Series], Iterable[Stats]]] = {
        Shape.COUNT: _counts,
        Shape.TIMER: _timers,
    }
    return makers[asked.measure.shape](rows, series)


def buckets(figures: Figures, metrics: Iterable[str]) -> list[Bucket]:
    """One bucket for each row of the figures, with the metrics asked for."""
    wanted = set(metrics)
    edges = figures.edges.tolist()
    texts = {
        at: f"{time_text(edges[at])}/{time_text(edges[at + 1])}"
        for at in set(figures.bucket.tolist())
    }
    made = [Bucket(texts[at]) for at in figures.bucket.tolist()]
    for name, (asked, series) in figures.series.items():
        if asked.view is None and name not in wanted:
            continue
        rows = np.flatnonzero(series.count)
        for row, stats in zip(rows.tolist(), _stats(figures, name, rows), strict=True):
            if asked.view is None:
                made[row].metrics.append(Metric(name, stats))
            else:
                made[row].views.append(ViewCount(name, stats))
    return made


def results(figures: Figures, made: Sequence[Bucket], rows: range) -> list[Group]:
    """The groups of some rows; a group begins anew on each page."""
    groups: list[Group] = []
    at = -1
    for row in rows:
        group = int(figures.group[row])
        if group != at:
            groups.append(Group(dict(figures.groups.names[group]), []))
            at = group
        groups[-1].data.append(made[row])
    return groups
