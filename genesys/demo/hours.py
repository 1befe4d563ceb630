"""The organization's calendar: opening hours, how a day's work spreads, holidays, growth, outages.

Everything here follows from the date alone, never from the present moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
from dateutil.easter import easter

from .draws import Floats, key_of

ZONE = ZoneInfo("Europe/London")
SLOTS = 48
SLOT_MS = 30 * 60 * 1000

WEEKDAY_LOAD = (1.18, 1.06, 1.0, 0.97, 0.93, 0.34, 0.22)
MONTH_LOAD = (1.08, 1.03, 1.05, 0.99, 0.98, 0.97, 0.96, 0.94, 1.02, 1.04, 1.02, 0.92)
GROWTH_A_YEAR = 1.05
GROWTH_SINCE = date(2023, 1, 1)


@dataclass(frozen=True)
class Hours:
    """Opening and closing hour (local) on weekdays, Saturdays, Sundays; None is closed."""

    weekday: tuple[float, float]
    saturday: tuple[float, float] | None = None
    sunday: tuple[float, float] | None = None

    def on(self, day: date) -> tuple[float, float] | None:
        """Opening hours of a date; on a holiday those of a Sunday."""
        if day in holidays(day.year) or day.weekday() == 6:
            return self.sunday
        return self.saturday if day.weekday() == 5 else self.weekday


OPEN = {
    "office": Hours((9, 17)),
    "standard": Hours((8, 18)),
    "extended": Hours((8, 20), (9, 13)),
    "always": Hours((0, 24), (0, 24), (0, 24)),
    "month start": Hours((8, 18)),
}
MONTH_START_DAYS = 14
"""The queue deleted since took work in these first days of each month only, by the calendar, so
that some of it lies within the last 30 days at any time and no figure changes as time goes on."""

STAFFED = Hours((8, 20.5), (9, 14))
"""When e-mails and messages are worked on."""
UNSTAFFED_PACE = 0.004


def _moved(day: date, taken: set[date]) -> date:
    while day.weekday() >= 5 or day in taken:
        day += timedelta(days=1)
    return day


def _monday(year: int, month: int, first_day: int) -> date:
    day = date(year, month, first_day)
    return day + timedelta(days=-day.weekday() % 7)


@lru_cache(maxsize=64)
def holidays(year: int) -> frozenset[date]:
    """Bank holidays of England and Wales, moved to the next working day where they must."""
    days = {easter(year) - timedelta(days=2), easter(year) + timedelta(days=1)}
    days |= {_monday(year, 5, 1), _monday(year, 5, 25), _monday(year, 8, 25)}
    for fixed in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        days.add(_moved(fixed, days))
    return frozenset(days)


@lru_cache(maxsize=4096)
def slot_starts(day: date) -> npt.NDArray[np.int64]:
    """When each half-hour of a local day starts, in UTC milliseconds."""
    starts = [
        datetime.combine(day, time(slot // 2, slot % 2 * 30), ZONE).timestamp() * 1000
        for slot in range(SLOTS)
    ]
    return np.array(starts, dtype=np.int64)


def local_date(moment_ms: int) -> date:
    """The organization's date at a moment in UTC milliseconds."""
    return datetime.fromtimestamp(moment_ms / 1000, UTC).astimezone(ZONE).date()


def _curve() -> Floats:
    hour = (np.arange(SLOTS) + 0.5) / 2
    peaks = ((10.5, 1.2, 1.0), (12.6, 0.8, 0.55), (15.0, 1.6, 0.75), (19.0, 1.5, 0.25))
    bumps = (height * np.exp(-0.5 * ((hour - at) / width) ** 2) for at, width, height in peaks)
    curve: Floats = np.sum(list(bumps), axis=0) + 0.06
    return curve


_CURVE = _curve()


def _within(hours: tuple[float, float] | None) -> npt.NDArray[np.bool_]:
    slot = np.arange(SLOTS) / 2
    opens, closes = hours or (0.0, 0.0)
    return (slot >= opens) & (slot < closes)


def open_slots(name: str, day: date) -> npt.NDArray[np.bool_]:
    """Which half-hours of a date lie within the named opening hours."""
    if name == "month start" and day.day > MONTH_START_DAYS:
        return np.zeros(SLOTS, dtype=np.bool_)
    return _within(OPEN[name].on(day))


@lru_cache(maxsize=4096)
def load(name: str, day: date) -> Floats:
    """Share of an ordinary weekday's work that arrives in each half-hour of this date."""
    usual = _CURVE[_within(OPEN[name].weekday)].sum()
    weekday = 6 if day in holidays(day.year) else day.weekday()
    years = (day - GROWTH_SINCE).days / 365.25
    level = WEEKDAY_LOAD[weekday] * MONTH_LOAD[day.month - 1] * GROWTH_A_YEAR**years
    shares: Floats = np.where(open_slots(name, day), _CURVE, 0.0) / usual * level
    return shares


@dataclass(frozen=True)
class Outage:
    """A few hours of one day in which little works: people wait, leave, and try again."""

    day: date
    slots: slice


@lru_cache(maxsize=256)
def outage(seed: int, year: int, month: int) -> Outage:
    """The month's bad day: a working day of its second or third week."""
    days = [date(year, month, day) for day in range(8, 22)]
    working = [day for day in days if day.weekday() < 5 and day not in holidays(year)]
    key = key_of(f"{seed}/outage/{year}-{month}")
    start = 19 + key // 1000 % 5
    return Outage(working[key % len(working)], slice(start, start + 6))


@lru_cache(maxsize=64)
def staffed_time(day: date) -> tuple[Floats, Floats]:
    """Two matching axes over this day and the nine after it: UTC milliseconds and staffed ones.

    Time stands almost still on the second while nobody works on e-mails and messages.
    """
    days = [day + timedelta(days=after) for after in range(10)]
    starts = np.concatenate([slot_starts(each) for each in days]).astype(np.float64)
    starts = np.maximum.accumulate(starts)
    pace = np.concatenate(
        [np.where(_within(STAFFED.on(each)), 1.0, UNSTAFFED_PACE) for each in days]
    )
    worked = np.concatenate([[0.0], np.cumsum(np.diff(starts) * pace[:-1])])
    return starts, worked
