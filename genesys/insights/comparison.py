"""Comparison: two intervals side by side, in words and in figures."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd

from genesys.analytics.grouping import Numbers
from genesys.insights.earlier import Way as Way  # noqa: PLC0414 - a name of this module too
from genesys.insights.earlier import earlier_interval, wall_clock
from genesys.intervals import Interval, in_minutes, instant
from genesys.kpis.aligning import aligned
from genesys.kpis.catalogue import Kpi
from genesys.kpis.formats import in_words
from genesys.kpis.parts import Parts, typed
from genesys.kpis.unjudged import Words, why_unjudged
from genesys.moments import clock, dated, month, span
from genesys.weeks import Weekday
from genesys.words import counted, plural


@dataclass(frozen=True)
class Comparison:
    """Two intervals, both in `words`; `note` says where they are not alike in length.

    `current` is the interval asked about, up to now.
    """

    way: Way
    current: Interval
    earlier: Interval
    words: str
    note: str = ""


class Verdict(StrEnum):
    """What a change means, by the catalogue."""

    BETTER = "better"
    WORSE = "worse"
    NEUTRAL = "neutral"


class Presence(StrEnum):
    """In which of the two intervals a group has figures."""

    BOTH = "both"
    APPEARED = "appeared"
    VANISHED = "vanished"


def comparison(
    interval: Interval,
    way: Way,
    zone: ZoneInfo,
    now: datetime,
    preset: str = "",
    week_begins: Weekday = Weekday.MONDAY,
) -> Comparison:
    """The interval to compare with; `preset` is the key of the preset that gave this one."""
    current = interval
    if interval.start < (passed := in_minutes(now)) < interval.end:
        current = Interval(interval.start, passed)
    before, walls = earlier_interval(current, way, zone, now, preset, week_begins)
    words = f"{span(current, zone)} against {span(before, zone)}"
    notes = [*_lengths(current, before, zone), *_moved(walls, zone)]
    if before.end > current.start:
        notes.append("The two intervals overlap.")
    return Comparison(way, current, before, words, " ".join(notes))


def _lengths(current: Interval, earlier: Interval, zone: ZoneInfo) -> Iterator[str]:
    """Days that one of the intervals lacks, else hours that a clock change adds or takes."""
    if current.length == earlier.length:
        return
    here, there = (_days(interval, zone) for interval in (current, earlier))
    lengths = [counted(here, "day"), counted(there, "day")]
    if here == there:
        yield "The clocks change in one of the intervals."
        lengths = [in_words(each.length) for each in (current, earlier)]
    yield f"They are not of one length: {' against '.join(lengths)}."
    first = min((there, earlier), (here, current))[1].start.astimezone(zone)
    month_days, longer = calendar.monthrange(first.year, first.month)[1], max(here, there)
    if min(here, there) == month_days < longer <= 31:
        missing = longer - month_days
        days = plural(missing, f"{longer}", f"{month_days + 1} to {longer}")
        yield f"{days} {month(first)} {plural(missing, 'does', 'do')} not exist."


def _days(interval: Interval, zone: ZoneInfo) -> int:
    """The local days that the interval touches."""
    start, end = (wall_clock(moment, zone) for moment in (interval.start, interval.end))
    return (end - timedelta.resolution).date().toordinal() - start.date().toordinal() + 1


def _moved(walls: Iterable[datetime], zone: ZoneInfo) -> Iterator[str]:
    """Clock times of the earlier interval that its day skips or has twice."""
    for wall in walls:
        shown = instant(wall, zone).astimezone(zone)
        if wall.time() == time():
            continue
        day, time_of_day = dated(wall), clock(wall.hour, wall.minute)
        if shown.replace(tzinfo=None, fold=0) != wall:
            skipped_to = clock(shown.hour, shown.minute)
            yield f"{time_of_day} does not exist on {day}: the clocks skip to {skipped_to}."
        elif shown.utcoffset() != wall.replace(tzinfo=zone, fold=1).utcoffset():
            yield f"{time_of_day} comes twice on {day}: the first is taken."


@dataclass(frozen=True, eq=False)
class Change:
    """A KPI of both sides, an entry for each group; NaN where there is none.

    `value`, `earlier` and `delta` are in its unit (points for rates). `why_not` says why either
    side is not judged, "" where both are.
    """

    kpi: Kpi
    value: Numbers
    earlier: Numbers
    delta: Numbers
    why_not: Words

    @property
    def share(self) -> Numbers:
        """0.1 is 10 % more; none where the earlier value is 0."""
        nothing = np.full(len(self.delta), np.nan)
        share: Numbers = np.divide(self.delta, self.earlier, out=nothing, where=self.earlier != 0)
        return share

    @property
    def verdict(self) -> Words:
        """The words of Verdict, or why a change means nothing; empty where there is none."""
        good = np.sign(self.delta) * self.kpi.better.sign
        code = np.select([np.isnan(good), good > 0, good < 0], [0, 1, 2], 3)
        words: Words = np.where(
            (self.why_not != "") & (abs(good) > 0), self.why_not, _VERDICTS[code]
        )
        return words


_VERDICTS: Final = np.array(
    ["", Verdict.BETTER.value, Verdict.WORSE.value, Verdict.NEUTRAL.value], dtype=object
)


@dataclass(frozen=True, eq=False)
class Sides:
    """Two intervals on the groups that either has; `presence` is the words of Presence."""

    here: Parts
    there: Parts
    presence: npt.NDArray[np.object_]

    def change(self, kpi: Kpi) -> Change:
        """The KPI of both."""
        value, earlier = self.here.value(kpi), self.there.value(kpi)
        why_not = np.full(len(value), "", dtype=object)
        if kpi.better.sign:
            now, before = (why_unjudged(side, kpi) for side in (self.here, self.there))
            why_not = np.where(now != "", now, before)
        return Change(kpi, value, earlier, value - earlier, why_not)


def sides(current: Parts, earlier: Parts, by: Sequence[str], *, blended: bool = False) -> Sides:
    """Each group of `by` of either side; no `by` is the total.

    Totals of times are over media types that wait alike.
    """
    both = current, earlier.alike(current)
    here, there, *present = aligned(*(side.by(by, blended=blended) for side in both))
    if not by:
        present = [np.array([bool(side.in_queues.any())]) for side in both]
    now, before = present
    return Sides(here, there, _PRESENCE[np.select([before & ~now, now & ~before], [2, 1], 0)])


_PRESENCE: Final = np.array(
    [Presence.BOTH.value, Presence.APPEARED.value, Presence.VANISHED.value], dtype=object
)


def compare(
    current: Parts,
    earlier: Parts,
    by: Sequence[str],
    kpis: Iterable[Kpi],
    *,
    blended: bool = False,
) -> pd.DataFrame:
    """The KPIs of both sides for each group of `by`, side by side; no `by` is the total.

    The columns are `by`, `presence`, and for each KPI `<key>`, `<key>_earlier`, `<key>_delta`
    in its unit (points for rates), `<key>_change` (0.1 is 10 % more; none where the earlier
    value is 0) and `<key>_verdict` (text of Verdict, or why a change is neither better nor
    worse). Where either side has no value, the last three are empty. Totals of times are over
    media types that wait alike.
    """
    both = sides(current, earlier, by, blended=blended)
    table = both.here.labels()
    columns: dict[str, Any] = {"presence": pd.array(both.presence, dtype=str)}
    for kpi in kpis:
        columns |= _columns(both.change(kpi))
    return pd.concat([table, pd.DataFrame(columns, index=table.index)], axis="columns")


def _columns(change: Change) -> dict[str, Any]:
    key, unit = change.kpi.key, change.kpi.unit
    return {
        key: typed(change.value, unit),
        f"{key}_earlier": typed(change.earlier, unit),
        f"{key}_delta": typed(change.delta, unit),
        f"{key}_change": change.share,
        f"{key}_verdict": pd.array(change.verdict, dtype=str),
    }


def verdict(kpi: Kpi, delta: Any) -> str:
    """What a change means; empty where there is none to tell."""
    if pd.isna(delta):
        return ""
    good = delta * kpi.better.sign
    if not good:
        return Verdict.NEUTRAL.value
    return Verdict.BETTER.value if good > 0 else Verdict.WORSE.value
