"""Time: intervals, granularities, presets, and calendar arithmetic in an IANA zone.

Differences are taken in UTC, days and longer steps in local time, so that a day has
23 or 25 hours where the zone says so. Steps of hours and minutes are elapsed time.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import count
from typing import Final
from zoneinfo import ZoneInfo

from genesys.weeks import Weekday


class Granularity(StrEnum):
    """Bucket lengths this product asks for; weeks and months are rolled up from days."""

    HALF_HOUR = "PT30M"
    HOUR = "PT1H"
    DAY = "P1D"


@dataclass(frozen=True, order=True)
class Interval:
    """A span of time, start included and end excluded, held in UTC."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        for name in ("start", "end"):
            moment = getattr(self, name)
            if moment.tzinfo is None:
                raise ValueError(f"The {name} {moment.isoformat()} has no time zone.")
            if moment.tzinfo is not UTC:
                object.__setattr__(self, name, moment.astimezone(UTC))
        if self.start >= self.end:
            raise ValueError(
                f"The interval is empty: it starts {self.start.isoformat()}"
                f" and ends {self.end.isoformat()}."
            )

    @classmethod
    def parse(cls, text: str) -> Interval:
        """Read `start/end`; moments without an offset are UTC, as the API reads them."""
        start, slash, end = text.partition("/")
        if not slash:
            raise ValueError(f"{text!r} is not an interval: start/end is expected.")
        moments = (datetime.fromisoformat(part) for part in (start, end))
        return cls(*(m if m.tzinfo else m.replace(tzinfo=UTC) for m in moments))

    def text(self, zone: ZoneInfo) -> str:
        """`start/end` with the zone's offsets, as the API takes it."""
        return "/".join(
            moment.astimezone(zone).isoformat(timespec="milliseconds")
            for moment in (self.start, self.end)
        )

    @property
    def length(self) -> timedelta:
        return self.end - self.start

    def local_days(self, zone: ZoneInfo) -> tuple[date, date]:
        """The first and the last local day that it touches."""
        last = self.end - timedelta.resolution
        return self.start.astimezone(zone).date(), last.astimezone(zone).date()


_PERIOD: Final = re.compile(
    r"P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?"
    r"(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?"
)


@dataclass(frozen=True)
class Period:
    """An ISO 8601 period, as calendar months, calendar days and elapsed time."""

    months: int
    days: int
    elapsed: timedelta

    @classmethod
    def parse(cls, text: str) -> Period:
        """Raises ValueError where `text` is no period, or one of no length."""
        match = _PERIOD.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is not an ISO 8601 period such as PT30M or P1D.")
        years, months, weeks, days, hours, minutes, seconds = (int(g or 0) for g in match.groups())
        elapsed = timedelta(hours=hours, minutes=minutes, seconds=seconds)
        period = cls(12 * years + months, 7 * weeks + days, elapsed)
        if not (period.months or period.days or period.elapsed):
            raise ValueError(f"The period {text!r} has no length.")
        return period


def together(spans: Iterable[Interval]) -> tuple[Interval, ...]:
    """The spans in order of time, those that touch or overlap made one."""
    joined: list[Interval] = []
    for each in sorted(spans):
        if joined and each.start <= joined[-1].end:
            joined[-1] = Interval(joined[-1].start, max(joined[-1].end, each.end))
        else:
            joined.append(each)
    return tuple(joined)


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of a local day, in UTC; 01:00 where the day has no midnight."""
    return instant(datetime.combine(day, time()), zone)


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The first instant after a local day, in UTC."""
    return start_of_day(day + timedelta(days=1), zone)


def instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, of a wall-clock time; one that is skipped moves on by the gap."""
    return wall.replace(tzinfo=zone).astimezone(UTC)


def _wall_anchor(start: datetime, zone: ZoneInfo) -> datetime:
    """The wall-clock time whole days are counted from: midnight for a day's first instant."""
    wall = start.astimezone(zone).replace(tzinfo=None, fold=0)
    midnight = datetime.combine(wall.date(), time())
    return midnight if start == instant(midnight, zone) else wall


def _add_months(wall: datetime, months: int) -> datetime:
    year, month = divmod(wall.year * 12 + wall.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return wall.replace(year=year, month=month + 1, day=min(wall.day, last))


def _steps(start: datetime, period: Period, zone: ZoneInfo) -> Iterator[datetime]:
    anchor = _wall_anchor(start, zone)
    for step in count(1):
        if period.months or period.days:
            wall = _add_months(anchor, step * period.months) + timedelta(days=step * period.days)
            yield instant(wall, zone) + step * period.elapsed
        else:
            yield start + step * period.elapsed


@lru_cache(maxsize=64)
def bucket_edges(interval: Interval, period: str, zone: ZoneInfo) -> tuple[datetime, ...]:
    """The edges of an interval's buckets in UTC, its start and end included.

    Buckets begin at the interval's start; the last one is cut at its end. A view asks for the
    same ones again and again.
    Raises ValueError where `period` is no ISO 8601 period.
    """
    edges = [interval.start]
    for edge in _steps(interval.start, Period.parse(period), zone):
        if edge >= interval.end:
            return (*edges, interval.end)
        if edge > edges[-1]:
            edges.append(edge)
    raise AssertionError("steps never end")


def cut_points(
    interval: Interval, granularity: Granularity, zone: ZoneInfo
) -> tuple[datetime, ...]:
    """The inner bucket edges at which the interval may be cut without moving any other edge.

    An edge that a clock change has moved off its wall-clock time is left out: counting
    days on from there would shift all that follow.
    """
    inner = bucket_edges(interval, granularity, zone)[1:-1]
    if granularity is not Granularity.DAY:
        return inner
    anchor = _wall_anchor(interval.start, zone).time()
    return tuple(edge for edge in inner if _wall_anchor(edge, zone).time() == anchor)


def in_minutes(moment: datetime) -> datetime:
    """The moment cut to the whole minute."""
    return moment.replace(second=0, microsecond=0)


def whole_days(first: date, last: date, zone: ZoneInfo) -> Interval:
    """From the first local day to the last one, both included."""
    return Interval(start_of_day(first, zone), start_of_day(last + timedelta(days=1), zone))


def days_back(days: int, now: datetime, zone: ZoneInfo) -> Interval:
    """The `days` whole local days before today."""
    if days < 1:
        raise ValueError(f"The last {days} days are no interval: 1 or more are needed.")
    today = now.astimezone(zone).date()
    return whole_days(today - timedelta(days=days), today - timedelta(days=1), zone)


@dataclass(frozen=True)
class Preset:
    """A named interval: `days` gives its first local day and the day after its last one.

    It is given today, and the day on which weeks begin.
    """

    key: str
    label: str
    days: Callable[[date, Weekday], tuple[date, date]]

    def interval(
        self, now: datetime, zone: ZoneInfo, week_begins: Weekday = Weekday.MONDAY
    ) -> Interval:
        """The interval as of `now`; a running one ends now, cut to the minute.

        In the first minute of a day, where a running day holds nothing yet, it is that minute.
        """
        first, after = self.days(now.astimezone(zone).date(), week_begins)
        start, end = start_of_day(first, zone), start_of_day(after, zone)
        running = max(in_minutes(now.astimezone(UTC)), start + timedelta(minutes=1))
        return Interval(start, min(end, running))


def _month(day: date, step: int = 0) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + step, 12)
    return date(year, month + 1, 1)


_DAY: Final = timedelta(days=1)


def _week(first: date) -> tuple[date, date]:
    return first, first + 7 * _DAY


PRESETS: Final = (
    Preset("today", "Today", lambda day, _: (day, day + _DAY)),
    Preset("yesterday", "Yesterday", lambda day, _: (day - _DAY, day)),
    Preset("this-week", "This week", lambda day, begins: _week(begins.week_of(day))),
    Preset("last-week", "Last week", lambda day, begins: _week(begins.week_of(day - 7 * _DAY))),
    Preset("last-7-days", "Last 7 days", lambda day, _: (day - 7 * _DAY, day)),
    Preset("last-30-days", "Last 30 days", lambda day, _: (day - 30 * _DAY, day)),
    Preset("this-month", "This month", lambda day, _: (_month(day), _month(day, 1))),
    Preset("last-month", "Last month", lambda day, _: (_month(day, -1), _month(day))),
)
"""The "last n days" are whole local days before today."""

PRESET_BY_KEY: Final = {preset.key: preset for preset in PRESETS}


def automatic_granularity(interval: Interval) -> Granularity:
    """Half hours for up to 2 days, hours for up to 7, else days; a clock change is no more days."""
    days = (interval.length - timedelta(hours=1)) / _DAY
    if days <= 2:
        return Granularity.HALF_HOUR
    return Granularity.HOUR if days <= 7 else Granularity.DAY
