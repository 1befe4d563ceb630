"""The earlier interval that an interval is compared with.

Local days and clock times are kept, so that a day with a clock change still goes from
midnight to midnight. Only the period before an interval that begins within a day goes by
elapsed time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import count
from typing import Final
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from genesys.intervals import PRESET_BY_KEY, Interval, instant, start_of_day
from genesys.weeks import Weekday

_DAY: Final = timedelta(days=1)
_WEEK: Final = 7 * _DAY
_YEAR: Final = 52 * _WEEK
"""A year that leaves weekdays in place."""
_SAME_DATES: Final = relativedelta(years=1)

_MONTHLY: Final = ("", "this-month", "last-month")
"""The presets whose days may be counted as months; so are whole months chosen by date."""


class Way(StrEnum):
    """What an interval is compared with."""

    PREVIOUS = "previous"
    """The period before: the whole one before a finished one, as much of it as has passed
    before a running one."""
    WEEKDAYS = "weekdays"
    """The same weekdays: whole weeks back, as few as leave no overlap."""
    ELAPSED = "elapsed"
    """As many days and hours of the period before as the interval has of its own."""
    YEAR = "year"
    """364 days back."""
    DATES = "dates"
    """The same dates of the year before; 29 February is its last day of February."""


def earlier_interval(
    current: Interval,
    way: Way,
    zone: ZoneInfo,
    now: datetime,
    preset: str = "",
    week_begins: Weekday = Weekday.MONDAY,
) -> Found:
    """What to compare with; `preset` is the key of the preset that gave `current`."""
    today = now.astimezone(zone).date()
    named = PRESET_BY_KEY[preset].days(today, week_begins) if preset else None
    return _EARLIER[way](current, zone, _period(current, zone, preset, named))


@dataclass(frozen=True)
class _Period:
    """Local days from `first` up to `after`, as months where they are counted so."""

    first: date
    after: date
    monthly: bool

    def before(self) -> _Period:
        if not self.monthly:
            return _Period(self.first - (self.after - self.first), self.first, monthly=False)
        months = 12 * (self.after.year - self.first.year) + self.after.month - self.first.month
        year, month = divmod(12 * self.first.year + self.first.month - 1 - months, 12)
        return _Period(date(year, month + 1, 1), self.first, monthly=True)


Found = tuple[Interval, tuple[datetime, ...]]
"""An earlier interval, and the wall-clock times that it was meant to have."""


def _period(
    current: Interval, zone: ZoneInfo, preset: str, named: tuple[date, date] | None
) -> _Period | None:
    """The period that the interval is, or the running part of; None where it is only hours."""
    start, end = wall_clock(current.start, zone), wall_clock(current.end, zone)
    if start.time() != time():
        return None
    first, after = start.date(), (end + _DAY - timedelta.resolution).date()
    if named and named[0] == first:
        first, after = named
    return _Period(first, after, preset in _MONTHLY and first.day == after.day == 1)


def _previous(current: Interval, zone: ZoneInfo, period: _Period | None) -> Found:
    if period is None:
        return Interval(current.start - current.length, current.start), ()
    if current.end < start_of_day(period.after, zone):
        return _elapsed(current, zone, period)
    return _before(current, zone, period)


def _elapsed(current: Interval, zone: ZoneInfo, period: _Period | None) -> Found:
    if period is None:
        return _shifted(current, zone, _DAY)
    return _before(current, zone, period, wall_clock(current.end, zone) - _midnight(period.first))


def _before(
    current: Interval, zone: ZoneInfo, period: _Period, passed: timedelta = timedelta.max
) -> Found:
    """The period before, as much of it as has `passed`.

    A day that the zone left out, as Samoa did with 30 December 2011, is stepped over.
    """
    while True:
        period = period.before()
        start, after = _midnight(period.first), _midnight(period.after)
        walls = start, start + passed if passed < after - start else after
        earliest, last = (instant(wall, zone) for wall in walls)
        if earliest < last <= current.start:
            return Interval(earliest, last), walls


def _weekdays(current: Interval, zone: ZoneInfo, _: _Period | None) -> Found:
    return _shifted(current, zone, _WEEK)


def _year(current: Interval, zone: ZoneInfo, _: _Period | None) -> Found:
    return next(_shifts(current, zone, _YEAR))


def _dates(current: Interval, zone: ZoneInfo, period: _Period | None) -> Found:
    """As whole days where they are; hours that the zone skipped there are those of `_year`."""
    start, end = (wall_clock(each, zone) for each in (current.start, current.end))
    days = _DAY if end.time() == time() else timedelta()
    walls = start - _SAME_DATES, end - days - _SAME_DATES + days
    earliest, last = (instant(wall, zone) for wall in walls)
    return (Interval(earliest, last), walls) if earliest < last else _year(current, zone, period)


def _shifted(current: Interval, zone: ZoneInfo, step: timedelta) -> Found:
    """The nearest interval so many steps back that does not overlap."""
    return next(found for found in _shifts(current, zone, step) if found[0].end <= current.start)


def _shifts(current: Interval, zone: ZoneInfo, step: timedelta) -> Iterator[Found]:
    for steps in count(1):
        walls = tuple(
            wall_clock(each, zone) - steps * step for each in (current.start, current.end)
        )
        start, end = (instant(wall, zone) for wall in walls)
        if start < end:
            yield Interval(start, end), walls


_EARLIER: Final[dict[Way, Callable[[Interval, ZoneInfo, _Period | None], Found]]] = {
    Way.PREVIOUS: _previous,
    Way.WEEKDAYS: _weekdays,
    Way.ELAPSED: _elapsed,
    Way.YEAR: _year,
    Way.DATES: _dates,
}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def wall_clock(moment: datetime, zone: ZoneInfo) -> datetime:
    """The wall-clock time; midnight for the first instant of a day that has none."""
    wall = moment.astimezone(zone).replace(tzinfo=None, fold=0)
    return _midnight(wall.date()) if moment == start_of_day(wall.date(), zone) else wall
