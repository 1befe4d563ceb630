"""A day that is not over: how many it is on course for, and how many are usual."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from genesys.insights.usual import Counted, Usual, level, made_of, usual
from genesys.intervals import Granularity, bucket_edges, whole_days
from genesys.unusual import UnusualDays

_LEAST_LEFT: Final = 0.5
"""Fewer to come make no course: the day is as good as over."""


@dataclass(frozen=True)
class DayCourse:
    """How many came on a day, how many it is on course for, and what is usual for whole days.

    Within `spread` of the usual are 80 % of days. `level` is how much of the usual came so far,
    `usual_so_far`, nearer to 1 where that is little. The rest of the day is expected at that
    level. `days` are the days that tell, `left_out` those that do not, each with its reason.
    """

    day: date
    came: float
    usual_so_far: float
    level: float
    expected: float
    usual: float
    spread: float
    days: tuple[date, ...]
    left_out: tuple[tuple[date, str], ...]

    @property
    def is_over(self) -> bool:
        """Whether next to nothing is still to come."""
        return self.expected - self.came < _LEAST_LEFT

    @property
    def short(self) -> tuple[str, ...]:
        """What it is on course for, and what is usual, each in few words."""
        usual = f"usual {self.usual:,.0f} ± {self.spread:,.0f}"
        return (usual,) if self.is_over else (f"on course for {self.expected:,.0f}", usual)

    @property
    def explained(self) -> str:
        """What the course is made of, and the days that tell what is usual."""
        rest = f"the rest of the day is expected at {self.level:.2f} times the usual"
        return (
            f"So far {self.came:,.0f} came where {self.usual_so_far:,.0f} are usual;"
            f" {'hardly any are still to come' if self.is_over else rest}."
            f" {made_of(self.days, self.left_out)}"
        )


def day_course(came: Counted, before: Counted, unusual: UnusualDays) -> DayCourse | None:
    """The course of the day whose half-hours begin those that `came`; the last may be cut short.

    None where nothing is usual: on an unusual day, or after too few days.
    """
    whole = whole_day(came)
    of_slots = usual(whole, before, unusual)
    of_day = usual(_in_days(whole), _in_days(before), unusual)
    if np.isnan(of_day.middle[0]):
        return None
    middle, total = of_slots.middle, float(of_day.middle[0])
    middle = middle * total / (np.nansum(middle) or 1.0)  # medians do not add up
    scale = level(whole.counts, middle)
    is_over = ~np.isnan(whole.counts)
    so_far = float(np.nansum(came.counts))
    running = so_far - float(whole.counts[is_over].sum())
    rest = np.nan_to_num(middle[~is_over]) * scale
    left = max(float(rest.sum()) - running, float(rest[1:].sum()), 0.0)
    return DayCourse(
        date.fromordinal(int(came.days[0])),
        so_far,
        float(np.nansum(middle[is_over])),
        scale,
        so_far + left,
        total,
        float(of_day.spread[0]),
        of_day.days,
        of_day.left_out,
    )


def whole_day(came: Counted) -> Counted:
    """All half-hours of the day that `came` begins on; those that are not over have no value."""
    day = date.fromordinal(int(came.days[0]))
    edges = bucket_edges(whole_days(day, day, came.zone), Granularity.HALF_HOUR, came.zone)
    starts, ends = (pd.DatetimeIndex(each) for each in (edges[:-1], edges[1:]))
    over = pd.Series(came.counts[came.is_whole], came.starts[came.is_whole])
    return Counted(starts, ends, np.asarray(over.reindex(starts), dtype=np.float64), came.zone)


def usual_of_day(whole: Counted, before: Counted, unusual: UnusualDays) -> Usual:
    """What is usual in the half-hours of `whole_day`, at the day's level in those to come."""
    found = usual(whole, before, unusual)
    to_come = level(whole.counts, found.middle)
    return found.scaled(np.where(np.isnan(whole.counts), to_come, 1.0))


def _in_days(halves: Counted) -> Counted:
    """The days of half-hours, of which nothing is known where a half-hour is not."""
    firsts = np.flatnonzero(np.diff(halves.days, prepend=0))
    if not len(firsts):
        return halves
    return Counted(
        halves.starts[firsts],
        halves.ends[[*(firsts[1:] - 1), -1]],
        np.add.reduceat(halves.counts, firsts),
        halves.zone,
    )
