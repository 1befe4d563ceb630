"""Local time on an axis that never runs back, though the clocks do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, TypeAlias
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd

from genesys.analytics.frames import END, START

Times: TypeAlias = npt.NDArray[np.datetime64]

_A_DAY: Final = timedelta(hours=23)
"""Buckets from this length on are days."""


@dataclass(frozen=True, eq=False)
class Clock:
    """Where the buckets of a chart stand, in order of time.

    Each stands where its clock time does. An hour that the clocks go back stands twice, so all
    that follows stands by so much further on, and `labels` name the places. Days stand at
    their midnights.
    """

    walls: Times
    shifts: npt.NDArray[np.timedelta64]

    @classmethod
    def of(cls, buckets: pd.DataFrame, zone: ZoneInfo) -> Clock:
        """The places of the buckets of a trend, which has rows for all that there are."""
        starts = pd.DatetimeIndex(buckets[START].drop_duplicates().sort_values())
        if not len(starts):
            return cls(np.array([], "datetime64[us]"), np.array([], "timedelta64[us]"))
        walls = _walls(starts, zone)
        shifts = np.zeros(len(walls), dtype="timedelta64[us]")
        if _are_hours(buckets):
            ahead = walls - _walls(starts, ZoneInfo("UTC"))
            shifts[1:] = np.cumsum(np.maximum(ahead[:-1] - ahead[1:], np.timedelta64(0)))
        return cls(walls, shifts)

    @property
    def goes_back(self) -> bool:
        """Whether any hour stands twice."""
        return bool(len(self.shifts) and self.shifts[-1])

    @property
    def places(self) -> Times:
        """Where the buckets stand, in order."""
        return np.asarray(self.walls + self.shifts)

    def of_rows(self, starts: pd.Series[pd.Timestamp]) -> Times:
        """Where the rows with these starts of buckets stand."""
        return self.places[np.unique(pd.DatetimeIndex(starts).asi8, return_inverse=True)[1]]

    def at(self, walls: Times) -> Times:
        """Where clock times stand; one that is there twice, the first time."""
        turns = np.flatnonzero(np.diff(self.shifts)) + 1
        ends = self.walls[turns] + (self.shifts[turns] - self.shifts[turns - 1])
        levels = np.searchsorted(ends, walls, side="right")
        steps = np.concatenate([np.zeros(1, dtype="timedelta64[us]"), self.shifts[turns]])
        return np.asarray(walls + steps[levels])

    def labels(self, first: pd.Timestamp, step: timedelta, form: str) -> dict[str, Any]:
        """Ticks each `step` of clock time from `first` on, in a form as plotly's.

        What stands behind a line break in it is written where it is another than before.
        """
        walls = np.arange(first.to_datetime64(), self.walls[-1] + step, np.timedelta64(step))
        walls = walls[walls >= self.walls[0]].astype("datetime64[us]")
        texts, last = [], ""
        for moment in pd.DatetimeIndex(walls):
            text = moment.strftime(form.replace("%-d", f"{moment.day}"))  # Windows has no %-d
            above, _, below = text.partition("\n")
            texts.append(f"{above}<br>{below}" if below != last else above)
            last = below
        return {"tickmode": "array", "tickvals": self.at(walls), "ticktext": texts}

    def beneath(self, earlier: pd.DataFrame, zone: ZoneInfo) -> Times:
        """Where the rows of an earlier interval stand; NaT for those beyond the last bucket.

        Hours stand under the same clock time, days under the day of the same number.
        """
        starts = pd.DatetimeIndex(earlier[START])
        if not len(starts) or not len(self.walls):
            return np.array([], dtype="datetime64[us]")
        if _are_hours(earlier):
            walls = _walls(starts, zone)
            found = self.walls[0] + (walls - _walls(starts[starts == starts.min()][:1], zone))
            return np.where(found <= self.walls[-1], self.at(found), np.datetime64("NaT"))
        numbers = np.unique(starts.asi8, return_inverse=True)[1]
        places = np.append(self.places, np.datetime64("NaT"))
        return places[np.minimum(numbers, len(self.places))]


def _are_hours(buckets: pd.DataFrame) -> bool:
    return bool(len(buckets)) and bool((buckets[END] - buckets[START]).max() < _A_DAY)


def _walls(starts: pd.DatetimeIndex, zone: ZoneInfo) -> Times:
    """The moments as the zone's clocks show them."""
    return starts.tz_convert(zone).tz_localize(None).to_numpy().astype("datetime64[us]")
