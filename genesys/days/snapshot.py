"""The kept days at one moment: those whose rows are all there, and the files they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import duckdb

from genesys.days.asked import AskedDay
from genesys.days.files import Files


@dataclass(frozen=True)
class Snapshot:
    """Days by date, the files of half-hours and of days, and which days these have."""

    days: Mapping[date, AskedDay] = field(default_factory=dict)
    half_hours: Files = field(default_factory=Files)
    daily: Files = field(default_factory=Files)
    rolled: frozenset[date] = frozenset()


def snapshot(
    said: Mapping[date, AskedDay],
    half_hours: Files,
    daily: Files,
    cursor: duckdb.DuckDBPyConnection,
) -> Snapshot:
    """The days of which as many rows are there as came, all asked at the same moment.

    A writer that was killed, or another that came between, leaves others: they count as not kept.
    """
    fine, rolled = half_hours.days(cursor), daily.days(cursor)
    sound = {day: each for day, each in said.items() if fine.get((day, each.asked), 0) == each.rows}
    return Snapshot(
        sound,
        half_hours,
        daily,
        frozenset(
            day
            for day, each in sound.items()
            if rolled.get((day, each.asked), 0) == each.daily_rows
        ),
    )
