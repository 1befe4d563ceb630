"""What is usual: for each bucket the median, and a band, of the same weekday and time before.

It is made of the 8 weeks before each bucket's day, by local clocks, without unusual days. What
is not known of a day is left out, never taken for zero. 80 % of what comes is expected within
the band: 1.28 standard deviations each way, these being the median absolute deviation times
1.48, or chance alone (the root of the median) where days differ less than that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd

from genesys.analytics.frames import END, START
from genesys.analytics.grouping import Flags, Numbers
from genesys.intervals import Interval, whole_days
from genesys.kpis.catalogue import Kpi
from genesys.moments import dated
from genesys.unusual import UnusualDays
from genesys.words import listed

WEEKS: Final = 8
"""So many days of the same weekday are looked at."""

FEWEST_DAYS: Final = 3
"""Of fewer days nothing is called usual."""

WITHIN: Final = 80
"""Per cent of values that are expected within the band."""

FIRM: Final = 200
"""A day's level counts as if so many contacts more had come just as usual."""

LOW: Final = "usual_low"
HIGH: Final = "usual_high"
"""The columns of a course between which lies what is usual."""

_WIDTH: Final = 1.2816
"""Standard deviations of a normal distribution on each side that hold 80 % of it."""

_DEVIATION: Final = 1.4826
"""A normal distribution's standard deviation, in median absolute deviations."""

_MINUTES: Final = 24 * 60
_SHORT: Final = (30, 60)
_A_DAY: Final = 23 * 60
"""Minutes of half-hours and hours, and from which on buckets are days."""

Ints: TypeAlias = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Counted:
    """How many came in each bucket, in order; NaN where that is not known, or not over yet.

    `starts` and `ends` are aware; their days and times are those of the zone's clocks. Buckets
    are half-hours, hours or days.
    """

    starts: pd.DatetimeIndex
    ends: pd.DatetimeIndex
    counts: Numbers
    zone: ZoneInfo

    @cached_property
    def days(self) -> Ints:
        """The day of each bucket, as `date.toordinal` counts."""
        return _local(self.starts, self.zone)[0]

    @cached_property
    def minutes(self) -> Ints:
        """The minute of the day at which each begins; a day begins at none, whatever it lacks."""
        return np.where(self._lengths >= _A_DAY, 0, _local(self.starts, self.zone)[1])

    @cached_property
    def is_whole(self) -> Flags:
        """Which buckets are not cut short by the end of the interval."""
        lengths = self._lengths
        is_day = (lengths >= _A_DAY) & (_local(self.ends, self.zone)[0] > self.days)
        is_longest = lengths == lengths.max(initial=0)
        is_whole: Flags = is_day | (np.isin(lengths, _SHORT) & is_longest)
        return is_whole

    def is_unlike(self, others: Counted) -> Flags:
        """Which buckets of hours or less are not as long as others: an hour may be cut in half."""
        of_others = others._lengths.max(initial=0)
        is_unlike: Flags = (self._lengths < _A_DAY) & (self._lengths != of_others)
        return is_unlike

    @cached_property
    def _lengths(self) -> Ints:
        """In minutes."""
        return self.ends.as_unit("s").asi8 // 60 - self.starts.as_unit("s").asi8 // 60

    @property
    def since_first(self) -> Counted:
        """The same, but nothing is known of the days before anything came.

        A queue may not have been there, or none may have been told to it.
        """
        first = self.days[self.counts > 0].min(initial=np.iinfo(np.int64).max)
        return replace(self, counts=np.where(self.days < first, np.nan, self.counts))

    def then(self, later: Counted) -> Counted:
        """These buckets and later ones."""
        return replace(
            self,
            starts=pd.DatetimeIndex(self.starts.append(later.starts)),
            ends=pd.DatetimeIndex(self.ends.append(later.ends)),
            counts=np.concatenate([self.counts, later.counts]),
        )

    def of_rows(self, rows: Flags | Ints) -> Counted:
        """Some of the buckets."""
        return replace(
            self, starts=self.starts[rows], ends=self.ends[rows], counts=self.counts[rows]
        )


@dataclass(frozen=True, eq=False)
class Usual:
    """What is usual in each bucket; NaN where too few days tell.

    `days` are those that it was made of, `left_out` those that were not, each with its reason.
    """

    middle: Numbers
    spread: Numbers
    days: tuple[date, ...]
    left_out: tuple[tuple[date, str], ...] = ()

    @property
    def low(self) -> Numbers:
        """The lower edge of the band."""
        return np.maximum(self.middle - self.spread, 0.0)

    @property
    def high(self) -> Numbers:
        """The upper edge of the band."""
        return self.middle + self.spread

    def scaled(self, level: float | Numbers) -> Usual:
        """The same on a day, or in buckets, of another level."""
        return replace(self, middle=self.middle * level, spread=self.spread * level)


def counted(course: pd.DataFrame, kpi: Kpi, zone: ZoneInfo) -> Counted:
    """A count in a trend of `kpis.trend` that has one row for each bucket."""
    counts = course[kpi.key].to_numpy(np.float64, na_value=np.nan)
    return Counted(pd.DatetimeIndex(course[START]), pd.DatetimeIndex(course[END]), counts, zone)


def weeks_before(interval: Interval, zone: ZoneInfo, reach: int = WEEKS) -> Interval:
    """The days that have to be known of to tell what is usual in an interval, beside its own.

    They reach so many weeks back.
    """
    first, last = interval.local_days(zone)
    until = min(first - timedelta(days=1), last - timedelta(weeks=1))
    return whole_days(first - timedelta(weeks=reach), until, zone)


def usual(buckets: Counted, before: Counted, unusual: UnusualDays) -> Usual:
    """What is usual in each bucket, from what was counted before in buckets of that length.

    Nothing is usual on a day that is unusual itself, or in a bucket that is cut short. What else
    `before` holds, the buckets themselves among it, is not looked at.
    """
    days = buckets.days
    weeks = days - 7 * np.arange(1, WEEKS + 1)[:, None]
    found = looked_up(before, weeks, buckets.minutes)
    why = {
        day: reason
        for day in map(int, np.unique((days, *weeks)))
        if (reason := unusual.why(date.fromordinal(day)))
    }
    known = ~np.isnan(found)
    found[np.isin(weeks, [*why])] = np.nan
    found[:, np.isin(days, [*why]) | ~buckets.is_whole | buckets.is_unlike(before)] = np.nan
    middle, spread = middle_and_spread(found)
    used = ~np.isnan(found) & ~np.isnan(middle)
    left_out = (day for day in map(int, np.unique(weeks[known])) if day in why)
    return Usual(
        middle,
        spread,
        tuple(date.fromordinal(day) for day in map(int, np.unique(weeks[used]))),
        tuple((date.fromordinal(day), why[day]) for day in left_out),
    )


def made_of(days: Sequence[date], left_out: Sequence[tuple[date, str]]) -> str:
    """Which days tell what is usual, and which do not, as a sentence."""
    if not days:
        return "There are too few days that tell what is usual."
    told = f"{len(days)} days from {dated(days[0])} to {dated(days[-1])}"
    if len(days) <= WEEKS:
        told = listed([*(dated(each, with_year=False) for each in days[:-1]), dated(days[-1])])
    without = listed(f"{dated(day)} ({why})" for day, why in left_out)
    return (
        f"Usual is the median of the same weekday and time before, on {told};"
        f" {WITHIN} % of values are expected in the band around it."
        f"{f' Left out: {without}.' if left_out else ''}"
    )


def level(came: Numbers, middle: Numbers) -> float:
    """How much of the usual came in buckets that are over; near 1 where little says so."""
    known = ~np.isnan(came) & ~np.isnan(middle)
    return float((came[known].sum() + FIRM) / (middle[known].sum() + FIRM))


def looked_up(before: Counted, days: Ints, minutes: Ints) -> Numbers:
    """What came at these minutes of these days; the mean where clocks showed a time twice."""
    known = ~np.isnan(before.counts) & before.is_whole
    keys = before.days[known] * _MINUTES + before.minutes[known]
    wanted = days * _MINUTES + minutes
    each, place, many = np.unique(keys, return_inverse=True, return_counts=True)
    if not len(each):
        return np.full(wanted.shape, np.nan)
    means = np.bincount(place, before.counts[known]) / many
    at = np.searchsorted(each, wanted).clip(max=len(each) - 1)
    return np.where(each[at] == wanted, means[at], np.nan)


def middle_and_spread(found: Numbers) -> tuple[Numbers, Numbers]:
    """The median of each column and half the width of its band; NaN of too few values."""
    many = (~np.isnan(found)).sum(axis=0)
    enough = many >= FEWEST_DAYS
    middle, spread = (np.full(found.shape[1], np.nan) for _ in range(2))
    if not enough.any():
        return middle, spread
    values = found[:, enough]
    middle[enough] = centre = np.nanmedian(values, axis=0)
    deviation = _DEVIATION * np.nanmedian(np.abs(values - centre), axis=0)
    chance = np.where(np.nanmax(values, axis=0) > 0, np.sqrt(np.maximum(centre, 1.0)), 0.0)
    unsure = np.sqrt(1 + np.pi / 2 / many[enough])  # a median of so few is itself not sure
    spread[enough] = _WIDTH * np.maximum(deviation, chance) * unsure
    return middle, spread


def _local(moments: pd.DatetimeIndex, zone: ZoneInfo) -> tuple[Ints, Ints]:
    """The day, as an ordinal, and the minute of each moment, as the zone's clocks show them."""
    clock = moments.tz_convert(zone).tz_localize(None).as_unit("s").asi8 // 60
    return clock // _MINUTES + date(1970, 1, 1).toordinal(), clock % _MINUTES
