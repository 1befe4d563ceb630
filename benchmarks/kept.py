"""Kept days of 2,000 queues: how large, how soon filled, and how soon read, against bare DuckDB.

Made-up half-hours of a year, or of as many years as are named: queues of log-normal size, and a
row in about a fifth of all half-hours. One month is filled day by day as `keep` does; the others
are written by the month. Bare DuckDB reads the same files by SQL that knows them. Times are of
one run, the middle of three; the same year of a small demo organization is asked over loopback.
"""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np

from benchmarks._years import ASKED, LAST, QUEUES, half_hours, place, write_a_month
from genesys.analytics.fetch import Answer, fetch
from genesys.analytics.queries import AggregateQuery
from genesys.client.api import Api
from genesys.client.budget import Budget
from genesys.days.asked import AskedDay
from genesys.days.asking import ask
from genesys.days.calendar import DAY, begin, last_closed, month
from genesys.days.filling import fill
from genesys.days.layout import MEASURES, METRICS
from genesys.days.store import Days
from genesys.demo import DemoOptions, serve
from genesys.intervals import Granularity, Interval
from genesys.kpis.catalogue import CATALOGUE_METRICS
from genesys.settings import read

ROUNDS: Final = 3


def fill_a_month(folder: str, first: date) -> tuple[float, float, float]:
    """Seconds a day, seconds of tidying, and the peak memory in GB, in a process of its own."""
    days, dice, seconds = Days(place(folder)), np.random.default_rng(2), 0.0
    for after in range(31):
        day = first + timedelta(days=after)
        frame = half_hours(day, 1, dice)
        began = time.perf_counter()
        if not days.keep(frame, AskedDay(day, ASKED, frozenset(METRICS))):
            raise RuntimeError(f"{day} was not kept: {days.trouble}")
        seconds += time.perf_counter() - began
    tidy = timed(days.tidy)
    days.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return seconds / 31, tidy, peak


def bytes_of(folder: str, name: str) -> float:
    """The size of a table's files in MB."""
    paths = Path(place(folder).folder, name).rglob("*.parquet")
    return sum(path.stat().st_size for path in paths) / 1e6


@dataclass(frozen=True)
class Look:
    """A question to kept days, the same by bare DuckDB, and how long it may take."""

    label: str
    query: AggregateQuery
    bare: str
    seconds: float


def looks(first: date, folder: str) -> Iterator[Look]:
    """The questions of people: years, a queue's half-hours, a month."""
    root, last = place(folder).folder, begin(LAST) + DAY
    queue = f"{7:08x}-1111-4222-8333-{7 * 7919:012x}"
    whole = AggregateQuery(interval=Interval(begin(first), last), metrics=METRICS)
    half = timedelta(minutes=30)
    inside = Interval(begin(first) + half, last - half)
    october = Interval(begin(LAST.replace(day=1)), last)
    daily = f"read_parquet('{root}/daily/*/*.parquet')"
    fine = f"read_parquet('{root}/half_hours/*/*.parquet')"
    of_october = f"read_parquet('{root}/half_hours/month={month(LAST)}/*.parquet')"
    halves = replace(whole, granularity=Granularity.HALF_HOUR, queue_ids=(queue,))
    by_day = replace(whole, interval=october, granularity=Granularity.DAY)
    within = october.start + half, october.end - half
    yield Look("from the days put together", whole, bare(daily), 0.3)
    yield Look("from all half-hours", replace(whole, interval=inside), bare(fine), 3)
    one_queue = bare(f"{fine} WHERE queue_id = '{queue}'", "start")
    yield Look("one queue's half-hours", halves, one_queue, 0.3)
    of_month = replace(whole, interval=Interval(*within))
    yield Look("a month, from its half-hours", of_month, bare(of_october), 0.6)
    yield Look("a month, by day", by_day, bare(of_october, "day"), 0.6)


def bare(rows: str, *more: str) -> str:
    """All figures of queues and media types put together, as somebody writes it who knows them."""
    by = ", ".join(("queue_id", "media_type", *more))
    return f"SELECT {by}, {', '.join(_put_together())} FROM {rows} GROUP BY {by}"


def _put_together() -> Iterator[str]:
    for name in MEASURES:
        stat = name.rpartition("_")[2]
        if stat != "target":
            yield f'{stat if stat in ("min", "max") else "sum"}("{name}")'


def ask_once(folder: str, query: AggregateQuery) -> tuple[float, float, int]:
    """Seconds of a question to a process that has kept days open, memory in GB, and rows."""
    days = Days(place(folder))
    days.asked()
    held = days.held(query)
    if held.rest:
        raise RuntimeError("not all of it is kept")
    seconds = statistics.median(timed(lambda: days.held(query)) for _ in range(ROUNDS))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return seconds, peak, sum(map(len, held.frames))


def bare_once(sql: str) -> float:
    """Seconds of the same by DuckDB alone, to arrow."""
    with duckdb.connect() as database:
        database.execute("SET enable_progress_bar = false")
        return statistics.median(
            timed(lambda: database.sql(sql).to_arrow_table()) for _ in range(ROUNDS)
        )


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def apart(work: Callable[..., Any], *arguments: object) -> Any:
    """What work gives in a process of its own, whose peak memory is its own as well."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def against_the_api() -> tuple[float, float, int]:
    """Seconds of a year's report of the demo by the API, from kept days, and its requests then."""
    now = datetime(2026, 11, 25, 9, tzinfo=UTC)
    last = last_closed(now)
    first = last - timedelta(days=364)
    query = AggregateQuery(
        interval=Interval(begin(first), begin(last) + DAY), metrics=CATALOGUE_METRICS
    )

    def budget() -> Budget:
        return Budget(10**6, now=lambda: now)

    options = DemoOptions(rate_limit=0, clock=lambda: now)
    with tempfile.TemporaryDirectory() as folder, serve(options) as server:
        connection = read(server.env).connection
        if connection is None:
            raise AssertionError("the demo gave no credentials")
        with closing(Api(connection)) as api:
            days = Days(place(folder))
            each = [first + timedelta(days=after) for after in range(365)]
            fill(days, api, each, budget())
            asked = statistics.median(
                timed(lambda: fetch(api, query, budget())) for _ in range(ROUNDS)
            )
            kept = statistics.median(
                timed(lambda: ask(days, api, [query], budget())) for _ in range(ROUNDS)
            )
            before = len(server.requests)
            (again,) = ask(days, api, [query], budget())
            requests = len(server.requests) - before
            same(again, fetch(api, query, budget()))
            days.close()
            return asked, kept, requests


def same(kept: Answer, alone: Answer) -> None:
    """Raises where the two differ in what was offered."""
    if kept.frame["nOffered_count"].sum() != alone.frame["nOffered_count"].sum():
        raise RuntimeError("kept days and the API disagree")


def main(years: int) -> None:
    first = LAST.replace(year=LAST.year - years) + DAY
    with tempfile.TemporaryDirectory() as folder:
        months = [date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1)
                  for n in range(12 * years)]  # fmt: skip
        for seed, each in enumerate(months[:-1]):
            apart(write_a_month, folder, each, seed + 10)
        a_day, tidy, peak = apart(fill_a_month, folder, months[-1])
        print(f"{QUEUES:,} queues, {years} years of half-hours up to {LAST}")
        print(f"filling: {a_day:.2f} s a day, {tidy:.1f} s to tidy a month, {peak:.2f} GB at most")
        sizes = {name: bytes_of(folder, name) for name in ("half_hours", "daily", "days")}
        for name, size in sizes.items():
            print(f"on disk, {name}: {size:,.0f} MB, {size / years:,.0f} MB a year")
        for look in looks(first, folder):
            seconds, memory, count = apart(ask_once, folder, look.query)
            bare = apart(bare_once, look.bare)
            print(
                f"{look.label}: {seconds:.2f} s (aim {look.seconds}), {count:,} rows,"
                f" {memory:.2f} GB; bare DuckDB {bare:.2f} s, {seconds / bare:.1f} times"
            )
    asked, kept, requests = against_the_api()
    print(
        f"24 queues, a year: API on loopback {asked:.2f} s, kept days {kept:.2f} s,"
        f" {asked / kept:.1f} times faster, {requests} requests"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
