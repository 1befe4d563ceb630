"""Moments and intervals as people read them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from genesys.intervals import Interval


def dated(day: date, *, with_year: bool = True) -> str:
    """A day with its weekday."""
    return f"{day:%a} {day.day} {day:%b %Y}" if with_year else f"{day:%a} {day.day} {day:%b}"


def day_of_month(day: date) -> str:
    """A day with its weekday, where its month stands beside it."""
    return f"{day:%a} {day.day}"


def timed(moment: datetime, zone: tzinfo, *, with_year: bool = True) -> str:
    """A moment to the minute, as the clocks of the zone show it; with the offset where twice."""
    local = moment.astimezone(zone)
    return f"{dated(local, with_year=with_year)}, {_time(local)}"


def _time(local: datetime) -> str:
    """The time of a local moment, with the offset where the clocks show it twice."""
    shown, other = clock(local.hour, local.minute), local.replace(fold=1 - local.fold)
    return shown if other.utcoffset() == local.utcoffset() else f"{shown} {offset(local)}"


def clock(hour: int, minute: int = 0) -> str:
    """A time of the day; the day ends at 24:00."""
    return f"{hour:02}:{minute:02}"


def offset(moment: datetime) -> str:
    """How far an aware moment's clock is ahead of UTC, or behind it."""
    text = f"{moment:%z}"
    return f"UTC{text[:3]}:{text[3:5]}"


def weekday(day: date) -> str:
    """The day's name."""
    return f"{day:%A}"


def month(day: date) -> str:
    """The day's month with its year."""
    return f"{day:%B %Y}"


def span(interval: Interval, zone: ZoneInfo) -> str:
    """The interval in words: whole days by date, anything else to the minute."""
    start = interval.start.astimezone(zone)
    last = (interval.end - timedelta(microseconds=1)).astimezone(zone)
    ends_day = _is_day_start(interval.end, zone)
    if _is_day_start(interval.start, zone) and ends_day:
        return _days(start, last)
    end = clock(24) if ends_day else _time(interval.end.astimezone(zone))
    if start.date() == last.date():
        return f"{timed(start, zone)} – {end}"
    first = dated(start)
    if not _is_day_start(interval.start, zone):
        first += f" {_time(start)}"
    return f"{first} – {dated(last)} {end}"


def _days(first: datetime, last: datetime) -> str:
    end = dated(last)
    if first.date() == last.date():
        return end
    if first.year != last.year:
        return f"{dated(first)} – {end}"
    if first.month != last.month:
        return f"{dated(first, with_year=False)} – {end}"
    return f"{day_of_month(first)} – {end}"


def _is_day_start(moment: datetime, zone: ZoneInfo) -> bool:
    local = moment.astimezone(zone)
    before = (moment - timedelta(microseconds=1)).astimezone(zone)
    return before.date() != local.date()


def bucket(start: datetime, length: timedelta, zone: ZoneInfo, *, with_year: bool = True) -> str:
    """A bucket's name: its day, with the time where it is shorter than one."""
    if length < timedelta(hours=23):
        return timed(start, zone, with_year=with_year)
    return dated(start.astimezone(zone), with_year=with_year)
