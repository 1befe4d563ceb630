"""Moments and intervals as people read them."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from genesys.intervals import Interval


def span(interval: Interval, zone: ZoneInfo) -> str:
    """The interval in words: whole days by date, anything else to the minute."""
    start, end = interval.start.astimezone(zone), interval.end.astimezone(zone)
    last = (interval.end - timedelta(microseconds=1)).astimezone(zone)
    if _is_day_start(interval.start, zone) and _is_day_start(interval.end, zone):
        return _days(start, last)
    if start.date() == last.date():
        return f"{start:%a} {start.day} {start:%b %Y}, {start:%H:%M} – {end:%H:%M}"
    first = f"{start:%a} {start.day} {start:%b %Y}"
    if not _is_day_start(interval.start, zone):
        first += f" {start:%H:%M}"
    return f"{first} – {end:%a} {end.day} {end:%b %Y} {end:%H:%M}"


def _days(first: datetime, last: datetime) -> str:
    end = f"{last:%a} {last.day} {last:%b %Y}"
    if first.date() == last.date():
        return end
    if first.year != last.year:
        return f"{first:%a} {first.day} {first:%b %Y} – {end}"
    month = "" if first.month == last.month else f" {first:%b}"
    return f"{first:%a} {first.day}{month} – {end}"


def _is_day_start(moment: datetime, zone: ZoneInfo) -> bool:
    local = moment.astimezone(zone)
    before = (moment - timedelta(microseconds=1)).astimezone(zone)
    return before.date() != local.date()


def bucket(start: datetime, length: timedelta, zone: ZoneInfo) -> str:
    """A bucket's name: its day, with the time where it is shorter than one."""
    local = start.astimezone(zone)
    day = f"{local:%a} {local.day} {local:%b %Y}"
    return f"{day}, {local:%H:%M}" if length < timedelta(hours=23) else day
