"""Response bytes to columns of numbers, in batches of results.

An answer of tens of megabytes holds a hundred thousand small objects. Decoded and read out
batch by batch they stay in the processor's cache and are gone before the next ones come.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, compress, count
from operator import attrgetter
from typing import Final

import msgspec
import numpy as np

from genesys.analytics import soundness
from genesys.analytics.contradictions import Contradiction, group_words
from genesys.analytics.grouping import ADDED, Codes, Numbers
from genesys.analytics.mending import NULL, mended
from genesys.metrics import stats_of

STATS: Final = ("count", "sum", "min", "max", "ratio", "numerator", "denominator", "target")

LOST: Final = "lost"
"""Beside the statistics: 1 where a metric came without a usable value, and so has none."""

_NAN: Final = float("nan")
_BATCH_BYTES: Final = 500_000


class Stats(msgspec.Struct, gc=False, frozen=True):
    """The statistics of one metric; absent is NaN, unusable is infinite."""

    count: float | None = _NAN
    sum: float | None = _NAN
    min: float | None = _NAN
    max: float | None = _NAN
    ratio: float | None = _NAN
    numerator: float | None = _NAN
    denominator: float | None = _NAN
    target: float | None = _NAN


class Metric(msgspec.Struct, gc=False):
    metric: str
    stats: Stats = Stats()
    qualifier: str | None = None


class Bucket(msgspec.Struct, gc=False):
    interval: str
    metrics: list[Metric] | None = None


class Result(msgspec.Struct, gc=False):
    group: dict[str, str | None] | None = None
    data: list[Bucket] | None = None


class Response(msgspec.Struct, gc=False):
    """An answer of the aggregates query, or a page of a job's results, not yet looked into."""

    results: list[msgspec.Raw] | None = None


_RESPONSE: Final = msgspec.json.Decoder(Response)
_RESULT: Final = msgspec.json.Decoder(Result)


@dataclass(frozen=True)
class Part:
    """Some results as columns: the groups, the group and interval of each row, the measures."""

    groups: list[dict[str, str | None]]
    group_of_row: Codes
    intervals: list[str]
    measures: dict[str, Numbers]


def parts(body: bytes) -> list[Part]:
    """The columns of a response body.

    Raises msgspec.DecodeError where it is none, and Contradiction where it contradicts itself.
    """
    results = _RESPONSE.decode(body).results or []
    size = math.ceil(len(results) * _BATCH_BYTES / len(body)) or 1
    return [_part(results[at : at + size]) for at in range(0, len(results), size)]


def _part(raw: Sequence[msgspec.Raw]) -> Part:
    results = [_result(result) for result in raw]
    groups = [result.group or {} for result in results]
    buckets = [bucket for result in results for bucket in result.data or ()]
    rows_of = [len(result.data or ()) for result in results]
    group_of_row = np.repeat(np.arange(len(results)), rows_of)
    intervals = [bucket.interval for bucket in buckets]

    def where(row: int) -> str:
        return f"{group_words(groups[group_of_row[row]])}, {intervals[row]}"

    return Part(groups, group_of_row, intervals, _measures(buckets, where))


def _result(raw: msgspec.Raw) -> Result:
    try:
        return _RESULT.decode(raw)
    except msgspec.ValidationError:
        return msgspec.convert(mended(bytes(raw), STATS), Result)


def _measures(buckets: Sequence[Bucket], where: Callable[[int], str]) -> dict[str, Numbers]:
    """The measure columns that hold anything, with a value for each bucket."""
    lists = [bucket.metrics or () for bucket in buckets]
    metrics = list(chain.from_iterable(lists))
    known: defaultdict[str, int] = defaultdict(count().__next__)
    names = map(attrgetter("metric"), metrics)
    code = np.fromiter(map(known.__getitem__, names), np.intp, len(metrics))
    row = np.repeat(np.arange(len(buckets)), list(map(len, lists)))
    if len(code) and np.bincount(code * len(buckets) + row).max() > 1:
        return _measures([_one_each(bucket, where, at) for at, bucket in enumerate(buckets)], where)
    columns: dict[str, Numbers] = {}
    for (carried, needed), members in _families(known).items():
        place = np.full(len(known), -1)
        place[[known[name] for name in members]] = np.arange(len(members))
        chosen = place[code] >= 0
        family = [metric.stats for metric in compress(metrics, chosen.tolist())]
        rows, column = row[chosen], place[code[chosen]]
        values = {stat: _values(family, stat, is_needed=stat in needed) for stat in carried}
        try:
            values, lost = soundness.checked(values, needed)
        except soundness.Unsound as unsound:
            name = members[column[unsound.at]]
            what = f"{name} of {where(rows[unsound.at])}: {unsound}"
            raise Contradiction(what) from None
        for stat, numbers in (values | ({LOST: lost} if lost is not None else {})).items():
            table = np.full(len(members) * len(buckets), _NAN)
            table[column * len(buckets) + rows] = numbers
            for name, line in zip(members, table.reshape(-1, len(buckets)), strict=True):
                if not np.isnan(line).all():
                    columns[f"{name}_{stat}"] = line
    return columns


def _families(
    names: Iterable[str],
) -> dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]]:
    """Metrics by the statistics to look for and those they need; other kinds may carry any."""
    families: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for name in names:
        needed = stats_of(name)
        carried = needed if name[:1] in "nt" else STATS
        families.setdefault((carried, needed), []).append(name)
    return families


def _values(stats: Sequence[Stats], stat: str, *, is_needed: bool) -> Numbers:
    """A statistic of each metric; null is absent, but where it is needed that is remembered."""
    values = np.fromiter(map(attrgetter(stat), stats), np.float64, len(stats))
    if is_needed:
        for at in np.flatnonzero(np.isnan(values)).tolist():
            if getattr(stats[at], stat) is None:
                values[at] = NULL
    return values


def _one_each(bucket: Bucket, where: Callable[[int], str], row: int) -> Bucket:
    """The bucket with the qualifiers of each metric put together."""
    found: defaultdict[str, dict[str | None, Stats]] = defaultdict(dict)
    for metric in bucket.metrics or ():
        if metric.qualifier in found[metric.metric]:
            raise Contradiction(f"{metric.metric} of {where(row)} comes twice")
        found[metric.metric][metric.qualifier] = metric.stats
    metrics = [Metric(name, _together(list(each.values()))) for name, each in found.items()]
    return Bucket(bucket.interval, metrics)


def _together(stats: Sequence[Stats]) -> Stats:
    return Stats(**{stat: _put_together(stat, [getattr(s, stat) for s in stats]) for stat in STATS})


def _put_together(stat: str, values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None and not math.isnan(value)]
    if None in values or not known:
        return None if None in values else _NAN
    if stat in ("min", "max"):
        return min(known) if stat == "min" else max(known)
    if stat in ADDED:
        return sum(known)
    return known[0] if len({*values}) == 1 else _NAN
