"""Response bytes to columns of numbers, in batches of results.

An answer of tens of megabytes holds a hundred thousand small objects. Decoded and read out
batch by batch they stay in the processor's cache and are gone before the next ones come.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, compress, count
from operator import attrgetter
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt
import pandas as pd

from genesys.metrics import stats_of

STATS: Final = ("count", "sum", "min", "max", "ratio", "numerator", "denominator", "target")

_NAN: Final = float("nan")
_BATCH_BYTES: Final = 500_000


class Stats(msgspec.Struct, gc=False, frozen=True):
    """The statistics of one metric; absent is NaN."""

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
    group_of_row: npt.NDArray[np.intp]
    intervals: list[str]
    measures: dict[str, npt.NDArray[np.float64]]


def parts(body: bytes) -> list[Part]:
    """The columns of a response body; raises msgspec.DecodeError where it is none."""
    results = _RESPONSE.decode(body).results or []
    size = math.ceil(len(results) * _BATCH_BYTES / len(body)) or 1
    return [_part(results[at : at + size]) for at in range(0, len(results), size)]


def _part(raw: Sequence[msgspec.Raw]) -> Part:
    results = [_RESULT.decode(result) for result in raw]
    buckets = [bucket for result in results for bucket in result.data or ()]
    rows_of = [len(result.data or ()) for result in results]
    measures, copies = _measures(buckets)
    return Part(
        [result.group or {} for result in results],
        np.tile(np.repeat(np.arange(len(results)), rows_of), copies),
        [bucket.interval for bucket in buckets] * copies,
        measures,
    )


def _measures(buckets: Sequence[Bucket]) -> tuple[dict[str, npt.NDArray[np.float64]], int]:
    """The measure columns that hold anything, and how many rows each bucket takes.

    That is one, but for a body that names a metric twice in a bucket: its second
    appearance goes into a second row of the same bucket, which is added to the first.
    """
    lists = [bucket.metrics or () for bucket in buckets]
    metrics = list(chain.from_iterable(lists))
    known: defaultdict[str, int] = defaultdict(count().__next__)
    names = map(attrgetter("metric"), metrics)
    code = np.fromiter(map(known.__getitem__, names), np.intp, len(metrics))
    row = np.repeat(np.arange(len(buckets)), list(map(len, lists)))
    row, copies = _apart(row, code, len(buckets))
    rows = copies * len(buckets)
    columns: dict[str, npt.NDArray[np.float64]] = {}
    for carried, members in _families(known).items():
        place = np.full(len(known), -1)
        place[[known[name] for name in members]] = np.arange(len(members))
        chosen = place[code] >= 0
        family = [metric.stats for metric in compress(metrics, chosen.tolist())]
        cell = place[code[chosen]] * rows + row[chosen]
        for stat in carried:
            table = np.full(len(members) * rows, _NAN)
            table[cell] = _values(family, stat)
            for name, values in zip(members, table.reshape(-1, rows), strict=True):
                if not np.isnan(values).all():
                    columns[f"{name}_{stat}"] = values
    return columns, copies


def _families(names: Iterable[str]) -> dict[tuple[str, ...], list[str]]:
    """Metrics by the statistics to look for; those of an unknown kind may carry any."""
    families: dict[tuple[str, ...], list[str]] = {}
    for name in names:
        families.setdefault(stats_of(name) if name[:1] in "nt" else STATS, []).append(name)
    return families


def _values(stats: Sequence[Stats], stat: str) -> npt.NDArray[np.float64]:
    values = map(attrgetter(stat), stats)
    try:
        return np.fromiter(values, np.float64, len(stats))
    except TypeError:  # a statistic sent as null, which only the slower way reads
        return np.array(list(map(attrgetter(stat), stats)), dtype=np.float64)


def _apart(
    row: npt.NDArray[np.intp], code: npt.NDArray[np.intp], rows: int
) -> tuple[npt.NDArray[np.intp], int]:
    """Rows in which no metric comes twice, and how many times as many they are."""
    cell = code * rows + row
    if not len(cell) or np.bincount(cell).max() == 1:
        return row, 1
    again = pd.Series(cell).groupby(cell).cumcount().to_numpy()
    return row + again * rows, int(again.max()) + 1
