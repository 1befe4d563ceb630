"""The kept days of one organization: read and written, and whatever hinders that is told."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Final, TypeVar

import duckdb
import pandas as pd
import pyarrow as pa
from deltalake.exceptions import DeltaError

from genesys.analytics.fetch import Held
from genesys.analytics.queries import AggregateQuery
from genesys.days import reading, rows
from genesys.days.asked import AskedDay, of_rows, to_rows
from genesys.days.calendar import month, touched
from genesys.days.coverage import Coverage, coverage
from genesys.days.files import Files, connect, cursor_of
from genesys.days.layout import DAILY, DAYS, EARLIER, HALF_HOURS
from genesys.days.moving import moved
from genesys.days.place import Place
from genesys.days.snapshot import Snapshot, snapshot
from genesys.days.sql import select
from genesys.days.tables import Table, Unusable
from genesys.days.tidying import put_together
from genesys.words import one_line

T = TypeVar("T")

REST: Final = 60.0
"""Seconds in which storage elsewhere is left alone that failed: nobody waits for it again."""

MOST_VALUES: Final = 10_000_000
"""Rows times metrics of half-hours by queue: about a week of 2,000 queues, or a year of 40."""

_LOG: Final = logging.getLogger("genesys")
_FAULTS: Final = (DeltaError, duckdb.Error, pa.ArrowException, OSError, Unusable, ValueError)


class Days:
    """The kept days of one owner; safe to use from several threads and processes.

    No method raises for what is amiss with the tables: then nothing is kept, or read from them,
    and `trouble` says why.
    """

    def __init__(self, place: Place, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.place: Final = place
        self._monotonic = monotonic
        self._rests_until = -math.inf
        self._trouble: dict[str, None] = {}
        # Written by tables of their own, so that nobody who reads waits for a day to be written.
        self._half_hours, self._daily, self._earlier, self._days = self._tables()
        self._read_from = self._tables()
        self._database = connect()
        self._lock, self._writing = threading.RLock(), threading.RLock()
        self._seen: tuple[tuple[int, ...], Snapshot] = ((), Snapshot())

    @property
    def trouble(self) -> tuple[str, ...]:
        """What is amiss with the tables, in sentences; nothing where all is well."""
        return tuple(self._trouble)

    def close(self) -> None:
        """Let go of what reading holds."""
        self._database.close()

    def asked(self, known: datetime | None = None) -> Mapping[date, AskedDay]:
        """The days that are kept, and what each was asked for, as `known` at a moment."""
        return self._tried("read", self._now, Snapshot()).known_at(known).days

    def held(self, query: AggregateQuery, known: datetime | None = None) -> Held:
        """What kept days answer of a query, and their frames; all of it is left where they fail.

        The figures are those that were `known` at a moment, the first of days kept later.
        """

        def read() -> Held:
            now = self._now().known_at(known)
            found = coverage(query, now.days)
            frames = reading.frames(now, query, found.parts, cursor_of(self._database))
            return Held(frames, found.rest, tuple(part.interval for part in found.parts))

        return self._tried("read", lambda: self._mended(read), Held((), (query,)))

    def holds(self, query: AggregateQuery) -> bool:
        """Whether all of a query is kept, in no more values than can be worked with."""
        found = self._tried("read", lambda: coverage(query, self.asked()), Coverage((), (query,)))
        kept = self.asked()
        rows = sum(kept[day].rows for day in touched(query.interval) if day in kept)
        return not found.rest and rows * len(query.metrics) <= MOST_VALUES

    def select(self, statement: str) -> pd.DataFrame:
        """What a SELECT over the kept days gives, see `sql`; raises QueryError."""
        return select(self._tried("read", self._now, Snapshot()), statement)

    def keep(self, frame: pd.DataFrame, day: AskedDay) -> bool:
        """Keep the half-hours of a day in the place of what was kept of it; whether that went well.

        The frame may hold other days, too. What the day was asked for is written last, so that
        one that was cut short counts as not kept.
        """
        with self._writing:
            return self._tried("written", lambda: self._keep(frame, day), default=False)

    def tidy(self) -> None:
        """Put the files of months together, and remove those that are of no use any more."""
        with self._writing:
            self._tried("put together", self._tidy, None)

    def _tidy(self) -> None:
        for table in (self._half_hours, self._daily, self._earlier):
            put_together(table, cursor_of(self._database), is_remote=self.place.is_remote)
        self._days.sweep()

    def _keep(self, frame: pd.DataFrame, day: AskedDay) -> bool:
        # The statistics of a file know no microseconds, and tell which day it holds.
        day = replace(day, asked=day.asked.replace(microsecond=0))
        part = rows.of_day(frame, day.day)
        if not rows.fits(part):
            return False
        fine, whole = (make(part, day.day, day.asked) for make in (rows.half_hours, rows.daily))
        done = replace(day, rows=len(fine), daily_rows=len(whole))
        now = self._now()
        if known := now.days.get(day.day):
            before = reading.rows_of(now.half_hours, known, cursor_of(self._database))
            common = known.metrics & day.metrics
            changed, by = moved(before, fine, common, cursor_of(self._database))
            if changed:
                asked = f"asked = '{known.asked.isoformat()}'"
                self._earlier.replace(before, f"{_of(day)} AND {asked}")
                done = replace(done, changed=changed, moved=by)
            elif day.metrics <= known.metrics:
                return True
        self._half_hours.replace(fine, _of(day))
        self._daily.replace(whole, _of(day))
        self._days.replace(
            to_rows([*self._now().history.get(day.day, ()), done]), f"day = '{day.day}'"
        )
        return True

    def _now(self) -> Snapshot:
        """The days as they are now; looked into anew where anything was written."""
        with self._lock:
            *tables, days = [each.open() for each in self._read_from]
            versions = tuple(table.version() if table else -1 for table in (*tables, days))
            if self._seen[0] != versions:
                said = of_rows(pa.table(days.to_pyarrow_table())) if days else {}
                fine, whole, old = (
                    Files.of(each, is_remote=self.place.is_remote) for each in tables
                )
                self._seen = versions, snapshot(said, fine, whole, old, cursor_of(self._database))
            return self._seen[1]

    def _tables(self) -> tuple[Table, Table, Table, Table]:
        return (
            Table(self.place, HALF_HOURS, self._tell),
            Table(self.place, DAILY, self._tell),
            Table(self.place, EARLIER, self._tell),
            Table(self.place, DAYS, self._tell),
        )

    def _mended(self, read: Callable[[], T]) -> T:
        """What is read, if need be again: others may have put files together in between.

        Then without the files that cannot be read; their days count as not kept.
        """
        for mend in (self._forget, self._leave_damaged_files):
            try:
                return read()
            except duckdb.Error:
                mend()
        return read()

    def _leave_damaged_files(self) -> None:
        with self._lock:
            for table in self._read_from[:-1]:
                if opened := table.open():
                    files = Files.of(opened, is_remote=self.place.is_remote)
                    table.leave(files.damaged(cursor_of(self._database)))
            self._forget()

    def _forget(self) -> None:
        with self._lock:
            self._seen = ((), Snapshot())
            for table in self._read_from:
                table.forget()

    def _tried(self, what: str, work: Callable[[], T], default: T) -> T:
        if self._monotonic() < self._rests_until:
            return default
        try:
            return work()
        except _FAULTS as error:
            if self.place.is_remote:
                self._rests_until = self._monotonic() + REST
            _LOG.warning("Kept days cannot be %s: %s", what, error)
            self._tell(f"Kept days cannot be {what}: {one_line(str(error))[:300]}")
            return default

    def _tell(self, sentence: str) -> None:
        self._trouble[sentence] = None


def _of(day: AskedDay) -> str:
    """The rows of a day, as a table is asked for them."""
    return f"month = '{month(day.day)}' AND day = '{day.day}'"
