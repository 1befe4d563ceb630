"""The days that are kept: those of UTC, once the corrections of their nights have passed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from genesys.insights.stability import CORRECTED
from genesys.intervals import Interval

HALF_HOUR: Final = timedelta(minutes=30)
DAY: Final = timedelta(days=1)


def begin(day: date) -> datetime:
    """The first instant of a day of UTC."""
    return datetime.combine(day, time(), UTC)


def span(day: date) -> Interval:
    """A day of UTC."""
    return Interval(begin(day), begin(day) + DAY)


def is_closed(day: date, at: datetime) -> bool:
    """Whether nothing of the day moved any more at that moment."""
    return at >= begin(day) + DAY + CORRECTED


def last_closed(at: datetime) -> date:
    """The youngest day that was closed at that moment."""
    return (at.astimezone(UTC) - CORRECTED - DAY).date()


def touched(interval: Interval) -> Iterator[date]:
    """The days that the interval has a part of."""
    day = interval.start.date()
    while begin(day) < interval.end:
        yield day
        day += DAY


def whole(interval: Interval) -> tuple[date, ...]:
    """The days that the interval has the whole of."""
    return tuple(
        day
        for day in touched(interval)
        if interval.start <= begin(day) and begin(day) + DAY <= interval.end
    )


def on_half_hours(*moments: datetime) -> bool:
    """Whether all of them are edges of half-hours of UTC."""
    return all(
        not (moment.minute % 30 or moment.second or moment.microsecond) for moment in moments
    )


def month(day: date) -> str:
    """The month that a day is kept with, such as 2026-05."""
    return f"{day:%Y-%m}"
