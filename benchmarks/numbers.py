"""How fast all KPIs are added up, against a bare numpy group-and-add of the same measures.

Both put two intervals together at five groupings. The bare way knows the groups beforehand,
adds the array of measures at each and does nothing else: no rules of zero, no quotients.
Times are of the processor, in one run, so the machine's own speed drops out; peak memory is
that above the frames. Last, a year of 2,000 queues by day in a process of its own.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from genesys.analytics.frames import END, START
from genesys.kpis.catalogue import CATALOGUE_METRICS
from genesys.kpis.parts import Parts, parts
from genesys.metrics import stats_of

Numbers = npt.NDArray[np.float64]
Codes = npt.NDArray[np.intp]

MEDIA_TYPES: Final = ("callback", "email", "message", "voice")
DIVISIONS: Final = 4
GROUPINGS: Final = (
    ("queue_id", "media_type"),
    ("queue_id",),
    ("media_type",),
    ("division",),
    (),
)
ADDED: Final = frozenset({"count", "sum", "min", "max", "numerator", "denominator"})
MOST_TIMES: Final = 5
YEAR_GIGABYTES: Final = 2


@dataclass(frozen=True)
class Size:
    """An organization and how finely its intervals are asked for."""

    label: str
    queues: int
    buckets: int
    minutes: int
    rounds: int


SIZES: Final = (
    Size("24 queues, 30 days", 24, 30, 1440, 15),
    Size("2,000 queues, 30 days", 2000, 30, 1440, 5),
    Size("24 queues, 30 days of half-hours", 24, 30 * 48, 30, 9),
)
YEAR: Final = Size("2,000 queues, a year by day", 2000, 365, 1440, 1)


def frame(size: Size, seed: int) -> pd.DataFrame:
    """Made-up figures of every queue and media type in every bucket, a twentieth absent."""
    dice = np.random.default_rng(seed)
    groups = size.queues * len(MEDIA_TYPES)
    queues = np.repeat(np.arange(size.queues), len(MEDIA_TYPES) * size.buckets)
    media = np.tile(np.repeat(np.arange(len(MEDIA_TYPES)), size.buckets), size.queues)
    edges = pd.date_range(
        "2026-01-01", periods=size.buckets + 1, freq=f"{size.minutes}min", tz="UTC"
    )
    columns: dict[str, object] = {
        "queue_id": _category(queues, [f"queue-{number:04}" for number in range(size.queues)]),
        "division": _category(queues % DIVISIONS, [f"division-{n}" for n in range(DIVISIONS)]),
        "media_type": _category(media, MEDIA_TYPES),
        START: edges[:-1].take(np.tile(np.arange(size.buckets), groups)),
        END: edges[1:].take(np.tile(np.arange(size.buckets), groups)),
    }
    for metric in CATALOGUE_METRICS:
        for stat in sorted(stats_of(metric)):
            if stat in ADDED:
                values = dice.integers(1, 500, len(queues)).astype(np.float64)
                values[dice.random(len(queues)) < 0.05] = np.nan
                columns[f"{metric}_{stat}"] = values
    return pd.DataFrame(columns, copy=False)


def _category(codes: Codes, labels: Sequence[str]) -> pd.Series[str]:
    return pd.Series(pd.Categorical.from_codes(codes, pd.Index(labels, dtype=str)))


def ours(frames: list[pd.DataFrame]) -> None:
    """The values of all KPIs at each grouping."""
    for each in frames:
        fine: Parts = parts(each, ["division"])
        for names in GROUPINGS:
            _ = fine.by(names).divided


@dataclass(frozen=True)
class Bare:
    """An interval as one array of measures, and its groups: known order and beginnings.

    Rows that lie in order have none.
    """

    measures: Numbers
    groups: tuple[tuple[Codes | None, Codes], ...]


def bare(table: pd.DataFrame) -> Bare:
    names = [name for name in table if str(name).rpartition("_")[2] in ADDED]
    return Bare(
        np.array([table[name].to_numpy() for name in names]),
        tuple(_groups(table, names) for names in GROUPINGS),
    )


def _groups(table: pd.DataFrame, names: tuple[str, ...]) -> tuple[Codes | None, Codes]:
    place = np.zeros(len(table), dtype=np.intp)
    for name in names:
        place = place * len(table[name].cat.categories) + table[name].cat.codes.to_numpy()
    order = np.argsort(place, kind="stable")
    starts = np.flatnonzero(np.diff(place[order], prepend=-1))
    return None if (order[1:] > order[:-1]).all() else order, starts


def group_and_add(intervals: list[Bare]) -> None:
    """What the array costs at least: a sum of each measure in each group."""
    for each in intervals:
        for order, starts in each.groups:
            rows = each.measures if order is None else each.measures[:, order]
            np.add.reduceat(rows, starts, axis=1)


def seconds(run: Callable[[], None]) -> float:
    began = time.process_time()
    run()
    return time.process_time() - began


def peak_megabytes(run: Callable[[], None]) -> float:
    tracemalloc.start()
    run()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1e6


def compare(size: Size) -> None:
    """Print both ways at one size."""
    frames = [frame(size, seed) for seed in (1, 2)]
    intervals = [bare(each) for each in frames]
    ways = (partial(ours, frames), partial(group_and_add, intervals))
    for way in ways:
        way()
    times = [[seconds(way) for way in ways] for _ in range(size.rounds)]
    mine, least = (statistics.median(column) for column in zip(*times, strict=True))
    peaks = [peak_megabytes(way) for way in ways]
    verdict = "met" if mine <= MOST_TIMES * least else "missed"
    print(
        f"{size.label:<34}{1000 * mine:>9.1f} ms{1000 * least:>9.1f} ms{mine / least:>7.2f}"
        f"{MOST_TIMES:>7}  {verdict:<8}{peaks[0]:>7.1f} MB{peaks[1]:>9.1f} MB",
        flush=True,
    )


def year() -> None:
    """Roll a year up, and print the peak memory of this process in megabytes."""
    ours([frame(YEAR, 1)])
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def main() -> None:
    if len(sys.argv) > 1:
        year()
        return
    # First: a process inherits the peak of the one that starts it.
    command = [sys.executable, "-m", "benchmarks.numbers", "year"]
    peak = int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    verdict = "met" if peak < 1000 * YEAR_GIGABYTES else "missed"
    print(f"{YEAR.label}: {peak:,} MB, frame included (aim: {YEAR_GIGABYTES} GB)  {verdict}")
    print(f"{'two intervals, five groupings':<34}{'ours':>12}{'bare':>12}{'ratio':>7}{'most':>7}")
    for size in SIZES:
        compare(size)


if __name__ == "__main__":
    main()
