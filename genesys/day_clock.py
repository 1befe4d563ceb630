"""A local day's clock, on which an hour may come twice or be skipped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from genesys.intervals import Interval, bucket_edges, start_of_day, whole_days
from genesys.moments import clock, dated, offset

Minutes = npt.NDArray[np.int64]

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class DayClock:
    """Minutes of a day as an axis has them: those that the clocks run through twice stand twice.

    The clocks go back by `back` minutes when they show `turn`, minutes after midnight; `offsets`
    are those before and after. They never show the minutes `skipped`.
    """

    turn: int = 0
    back: int = 0
    offsets: tuple[str, str] = ("", "")
    skipped: range = range(0)

    @classmethod
    def of(cls, day: date, zone: ZoneInfo) -> DayClock:
        """The clock of a day in a zone."""
        edges = bucket_edges(whole_days(day, day, zone), "PT30M", zone)
        moments = [edge.astimezone(zone) for edge in edges[:-1]]
        first = _minute(moments[0])
        for before, after in pairwise(moments):
            ahead = _ahead(after) - _ahead(before)
            if ahead < 0:
                return cls(_minute(after) - ahead, -ahead, (offset(before), offset(after)))
            if ahead > 0:
                return cls(skipped=range(_minute(after) - ahead, _minute(after)))
        return cls(skipped=range(first))

    @property
    def words(self) -> str:
        """Which times come twice; empty where none do."""
        if not self.back:
            return ""
        return f"{clock(*divmod(self.turn - self.back, 60))} to {clock(*divmod(self.turn, 60))}"

    @property
    def again(self) -> range:
        """The places of the times that come a second time."""
        return range(self.turn, self.turn + self.back)

    def places(self, minutes: Minutes, again: npt.NDArray[np.bool_]) -> Minutes:
        """Where times of the clock stand, in minutes; `again` are those that come a second time."""
        moved = again | (minutes >= self.turn)
        return np.asarray(minutes + self.back * moved, dtype=np.int64)

    def minute(self, place: int) -> int:
        """What the clock shows at a place, in minutes after midnight."""
        return place - self.back if place >= self.turn else place

    def time(self, place: int) -> str:
        """What the clock shows at a place; with the offset where it shows that twice."""
        shown = clock(*divmod(self.minute(place), 60))
        if not self.turn - self.back <= place < self.turn + self.back:
            return shown
        return f"{shown} {self.offsets[place in self.again]}"


ORDINARY: Final = DayClock()
"""A day that has each time once."""


def twice_words(interval: Interval, zone: ZoneInfo) -> str:
    """That the times which come twice in an interval are added up; empty where none do."""
    return " ".join(
        f"{words} comes twice on {dated(day)}: both are added."
        for day in _longer_days(interval, zone)
        if (words := DayClock.of(day, zone).words)
    )


def _longer_days(interval: Interval, zone: ZoneInfo) -> Iterator[date]:
    day = interval.start.astimezone(zone).date()
    while (begins := start_of_day(day, zone)) < interval.end:
        if start_of_day(day + _DAY, zone) - begins > _DAY:
            yield day
        day += _DAY


def _minute(moment: datetime) -> int:
    return 60 * moment.hour + moment.minute


def _ahead(moment: datetime) -> int:
    """How many minutes the clock is ahead of UTC."""
    return round((moment.utcoffset() or timedelta()).total_seconds() / 60)
