"""The hours of a day in which far more came than usual, or far less."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from genesys.insights.hotspots import greatest_stretch
from genesys.insights.usual import WEEKS, Counted, Ints, looked_up, middle_and_spread, usual
from genesys.kpis.formats import FEW, share_text
from genesys.moments import clock, dated, weekday
from genesys.unusual import UnusualDays

FAR: Final = 2.5
"""So many times as far from the usual as the band reaches: it is the worst of many that is told."""

_FEWEST_BUCKETS: Final = 2
"""One half-hour is a whim."""


@dataclass(frozen=True)
class Stretch:
    """Hours of a day in which `value` came where `usual` are usual.

    `since` is the last day before, of the same weekday, on which as many came in these hours,
    or as few where fewer came; None where there is none from `known_from` on. `days` are those
    that tell what is usual.
    """

    start: datetime
    end: datetime
    value: float
    usual: float
    since: date | None
    known_from: date
    days: tuple[date, ...]

    @property
    def excess(self) -> float:
        """How many more came than usual; less than zero where fewer did."""
        return self.value - self.usual


def stretch_of(buckets: Counted, before: Counted, unusual: UnusualDays) -> Stretch | None:
    """The stretch that lies farthest from the usual, in contacts, if any lies far from it.

    `before` holds the weeks before, and the buckets themselves where these are several weeks.
    """
    found = usual(buckets, before, unusual)
    beyond = buckets.counts - found.high, found.low - buckets.counts
    days = buckets.days
    stretches = (
        _judged(buckets, of_day[rows], before, unusual)
        for of_day in (np.flatnonzero(days == day) for day in np.unique(days))
        for side in beyond
        for rows in _farthest(np.nan_to_num(side[of_day], nan=-np.inf).tolist())
    )
    far = [each for each in stretches if each is not None]
    return max(far, key=lambda each: abs(each.excess), default=None)


def stretch_sentence(found: Stretch, zone: ZoneInfo) -> str:
    """A stretch of interactions offered in words, with the last day that was like it."""
    start, end = (moment.astimezone(zone) for moment in (found.start, found.end))
    until = clock(end.hour, end.minute) if end.date() == start.date() else clock(24)
    share = share_text(abs(found.excess), found.usual) if found.usual else ""
    more, most = ("more", "most") if found.excess > 0 else ("fewer", "fewest")
    return (
        f"From {clock(start.hour, start.minute)} to {until} on {dated(start.date())}"
        f" {found.value:,.0f} interactions were offered,"
        f" {share or f'{found.value:,.0f}'} {more} than usual ({found.usual:,.0f})"
        f"{_since(found, start.date(), most)}."
    )


def _since(found: Stretch, day: date, most: str) -> str:
    """Since when there was nothing like it; empty where it was like that a week before."""
    if found.since is None:
        return f", the {most} on any {weekday(day)} from {dated(found.known_from)} on"
    if (day - found.since).days <= 7:
        return ""
    return f", the {most} on a {weekday(day)} since {dated(found.since)}"


def _farthest(beyond: list[float]) -> Iterator[slice]:
    """The stretch that goes most beyond the band, if any does for long enough."""
    first, last = greatest_stretch(beyond)
    if last + 1 - first >= _FEWEST_BUCKETS and sum(beyond[first : last + 1]) > 0:
        yield slice(first, last + 1)


def _judged(buckets: Counted, rows: Ints, before: Counted, unusual: UnusualDays) -> Stretch | None:
    """The stretch, if all of it is far from what the same hours usually have."""
    day = int(buckets.days[rows[0]])
    weeks = day - 7 * np.arange(1, _weeks_known(before, day) + 1)[:, None]
    sums = looked_up(before, weeks + np.zeros_like(rows), buckets.minutes[rows]).sum(axis=1)
    dates = [date.fromordinal(each) for each in weeks[:, 0].tolist()]
    sums[[bool(unusual.why(each)) for each in dates]] = np.nan
    tells = ~np.isnan(sums)
    tells[WEEKS:] = False
    middle, spread = middle_and_spread(np.where(tells, sums, np.nan)[:, None])
    value = float(buckets.counts[rows].sum())
    excess = value - float(middle[0])
    if not abs(excess) >= max(FAR * float(spread[0]), FEW):
        return None
    alike = sums >= value if excess > 0 else sums <= value
    return Stretch(
        buckets.starts[rows[0]].to_pydatetime(),
        buckets.ends[rows[-1]].to_pydatetime(),
        value,
        float(middle[0]),
        next((each for each, is_alike in zip(dates, alike, strict=True) if is_alike), None),
        min(each for each, total in zip(dates, sums, strict=True) if not np.isnan(total)),
        tuple(sorted(each for each, told in zip(dates, tells, strict=True) if told)),
    )


def _weeks_known(before: Counted, day: int) -> int:
    """How many weeks back there may be anything."""
    return max((day - int(before.days.min(initial=day))) // 7, 1)
