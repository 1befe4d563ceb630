"""Comparison: two intervals side by side, in words and in figures."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final
from zoneinfo import ZoneInfo

import pandas as pd

from genesys.analytics.frames import NONE
from genesys.insights.earlier import Way as Way  # noqa: PLC0414 - a name of this module too
from genesys.insights.earlier import earlier_interval, wall_clock
from genesys.intervals import Interval, in_minutes, instant
from genesys.kpis.catalogue import Kpi
from genesys.kpis.formats import duration
from genesys.kpis.rollup import of_like_media, rollup
from genesys.moments import clock, dated, month, span
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
    interval: Interval, way: Way, zone: ZoneInfo, now: datetime, preset: str = ""
) -> Comparison:
    """The interval to compare with; `preset` is the key of the preset that gave this one."""
    current = interval
    if interval.start < (passed := in_minutes(now)) < interval.end:
        current = Interval(interval.start, passed)
    before, walls = earlier_interval(current, way, zone, now, preset)
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
        lengths = [duration(each.length.total_seconds()) for each in (current, earlier)]
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


def compare(
    current: pd.DataFrame,
    earlier: pd.DataFrame,
    by: Sequence[str],
    kpis: Iterable[Kpi],
    *,
    blended: bool = False,
) -> pd.DataFrame:
    """The KPIs of both frames for each group of `by`, side by side; no `by` is the total.

    The columns are `by`, `presence`, and for each KPI `<key>`, `<key>_earlier`, `<key>_delta`
    in its unit (points for rates), `<key>_change` (0.1 is 10 % more; none where the earlier
    value is 0) and `<key>_verdict`. Where either side has no value, the last three are empty.
    """
    kpis = tuple(kpis)
    here, there = (
        _keyed(rollup(each, by, kpis, blended=blended), by) for each in (current, earlier)
    )
    times = [kpi for kpi in kpis if kpi.is_time]
    if times and "media_type" not in by and not blended:
        alike = _keyed(rollup(of_like_media(earlier, current), by, times), by)
        there = there.assign(**{kpi.key: alike[kpi.key] for kpi in times})
    both = here.join(there.add_suffix("_earlier"), how="outer")
    columns = {"presence": pd.Series(_presence(both, here, there), both.index, dtype=str)}
    if not by:
        columns["presence"][:] = _PRESENCE[_in_queues(current), _in_queues(earlier)]
    for kpi in kpis:
        columns |= _change(kpi, both[kpi.key], both[f"{kpi.key}_earlier"])
    table = pd.DataFrame(columns, index=both.index).reset_index(drop=not by)
    return table.astype(dict.fromkeys(by, "category"))


_PRESENCE: Final = {
    (True, True): Presence.BOTH.value,
    (True, False): Presence.APPEARED.value,
    (False, True): Presence.VANISHED.value,
    (False, False): Presence.BOTH.value,
}


def _keyed(table: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    return table.astype(dict.fromkeys(by, str)).set_index(list(by)) if by else table


def _in_queues(frame: pd.DataFrame) -> bool:
    return bool((frame["queue_id"] != NONE).any())


def _presence(both: pd.DataFrame, here: pd.DataFrame, there: pd.DataFrame) -> list[str]:
    sides = (both.index.isin(side.index).tolist() for side in (here, there))
    return [_PRESENCE[pair] for pair in zip(*sides, strict=True)]


def _change(kpi: Kpi, here: pd.Series[Any], there: pd.Series[Any]) -> dict[str, pd.Series[Any]]:
    delta = here - there
    base = there.astype("float64")
    verdicts = [verdict(kpi, each) for each in delta]
    return {
        kpi.key: here,
        f"{kpi.key}_earlier": there,
        f"{kpi.key}_delta": delta,
        f"{kpi.key}_change": delta.astype("float64") / base.where(base != 0),
        f"{kpi.key}_verdict": pd.Series(verdicts, here.index, dtype=str),
    }


def verdict(kpi: Kpi, delta: Any) -> str:
    """What a change means; empty where there is none to tell."""
    if pd.isna(delta):
        return ""
    good = delta * kpi.better.sign
    if not good:
        return Verdict.NEUTRAL.value
    return Verdict.BETTER.value if good > 0 else Verdict.WORSE.value
