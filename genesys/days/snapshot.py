"""The kept days at one moment: those whose rows are all there, and the files they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import duckdb

from genesys.days.asked import AskedDay
from genesys.days.files import Files


@dataclass(frozen=True)
class Snapshot:
    """Days by date, the files of half-hours and of days, and which days these have.

    Of days that moved, `history` has what was known before, and `earlier` its files. Those of
    `older` are to be read from there.
    """

    days: Mapping[date, AskedDay] = field(default_factory=dict)
    half_hours: Files = field(default_factory=Files)
    daily: Files = field(default_factory=Files)
    rolled: frozenset[date] = frozenset()
    earlier: Files = field(default_factory=Files)
    history: Mapping[date, tuple[AskedDay, ...]] = field(default_factory=dict)
    older: Mapping[date, AskedDay] = field(default_factory=dict)

    def known_at(self, moment: datetime | None) -> Snapshot:
        """The days as they were known at a moment, the first that was known of them where none
        was yet; None is now.
        """
        older = {
            day: before[max(0, sum(each.asked <= moment for each in before) - 1)]
            for day, before in self.history.items()
            if moment and day in self.days and self.days[day].asked > moment
        }
        return replace(
            self, days={**self.days, **older}, rolled=self.rolled - older.keys(), older=older
        )


def snapshot(
    said: Mapping[date, tuple[AskedDay, ...]],
    half_hours: Files,
    daily: Files,
    earlier: Files,
    cursor: duckdb.DuckDBPyConnection,
) -> Snapshot:
    """The days of which as many rows are there as came, all asked at the same moment.

    A writer that was killed, or another that came between, leaves others: they count as not kept.
    """
    fine, rolled, old = (each.days(cursor) for each in (half_hours, daily, earlier))
    last = {day: each[-1] for day, each in said.items()}
    sound = {day: each for day, each in last.items() if fine.get((day, each.asked), 0) == each.rows}
    history = {
        day: tuple(one for one in each if old.get((day, one.asked)) == one.rows)
        for day, each in said.items()
    }
    return Snapshot(
        sound,
        half_hours,
        daily,
        frozenset(
            day
            for day, each in sound.items()
            if rolled.get((day, each.asked), 0) == each.daily_rows
        ),
        earlier,
        {day: each for day, each in history.items() if each},
    )
