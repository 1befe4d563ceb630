"""Weeks: which day they begin on."""

from __future__ import annotations

from datetime import date, timedelta
from enum import IntEnum
from typing import Final


class Weekday(IntEnum):
    """A day of the week, counted as `date.weekday` does."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6

    @property
    def label(self) -> str:
        """The name as it is written."""
        return self.name.capitalize()

    @property
    def week(self) -> tuple[Weekday, ...]:
        """The seven days of a week that begins on this one."""
        return tuple(Weekday((self + days) % 7) for days in range(7))

    def week_of(self, day: date) -> date:
        """The first day of the week that holds `day`, where weeks begin on this one."""
        return day - timedelta(days=(day.weekday() - self) % 7)


WEEKDAY_BY_LABEL: Final = {day.label: day for day in Weekday}
