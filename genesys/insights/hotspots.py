"""When it hurts: the worst buckets, the hours of the week, the hours that miss a target.

All of it is built from half-hour or hour buckets by adding up in local time. In the night
that clocks go back the hour that comes twice is one hour of the table; in the one that they
go forward the hour that is skipped has nothing in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from genesys.analytics.frames import END, START
from genesys.analytics.grouping import Codes, Grouping
from genesys.kpis.aligning import pairs_of
from genesys.kpis.catalogue import KPI_BY_KEY, Kpi, Unit
from genesys.kpis.formats import FEW, value_text
from genesys.kpis.parts import GROUP, Parts, typed
from genesys.moments import bucket
from genesys.weeks import Weekday

LONGEST: Final = 8
"""Hours in a row, at most, that are some of the day rather than the day."""

_LEVEL: Final = KPI_BY_KEY["service_level_pct"]
_HOUR: Final = timedelta(hours=1)
_BUCKETS: Final = ((_HOUR / 2, "half-hours"), (_HOUR, "hours"), (25 * _HOUR, "days"))
_LATE: Final = ("tAnswered_count", "oServiceLevel_numerator", "tAbandon_count")

TROUBLE_METRICS: Final = ("tAnswered", "oServiceLevel", "tAbandon")
"""What worst buckets and weak hours are told by."""


FEWEST_DAYS: Final = 3
"""Fewer days show no pattern."""


def worst_buckets(parts: Parts, zone: ZoneInfo) -> pd.DataFrame:
    """The buckets by how many contacts missed their target or were lost, most first.

    Buckets with nothing but work after the contact, or contacts that still wait, are none of
    these. The columns are `interval_start` and `interval_end` in the zone, `missed` (answered after
    the target time, so that no abandon counts twice), `abandoned` and their sum `trouble`
    (Int64), `share` of all trouble and `cumulative` share (per cent; no value where there
    is no trouble at all).
    """
    cells = parts.by([START, *GROUP]).of_queues
    cells = cells.of_rows(np.any([~np.isnan(cells.measure(name)) for name in _LATE], axis=0))
    answered, in_time, lost = (np.nan_to_num(cells.measure(name)) for name in _LATE)
    known = ~np.isnan(cells.measure(_LATE[0]) + cells.measure(_LATE[1]))
    late = np.where(known, (answered - in_time).clip(min=0.0), 0.0)
    starts = cells.keys[START]
    buckets = Grouping.of([starts], len(cells))
    places = starts.codes[buckets.firsts]
    missed, abandoned = buckets.added(late), buckets.added(lost)
    trouble = missed + abandoned
    order = np.lexsort((places, -trouble))
    whole = trouble.sum() or np.nan
    counts = {"missed": missed, "abandoned": abandoned, "trouble": trouble}
    ends = cells.ends if cells.ends is not None else pd.DatetimeIndex([])
    return pd.DataFrame(
        {
            START: pd.DatetimeIndex(starts.labels.take(places[order])).tz_convert(zone),
            END: pd.DatetimeIndex(ends.take(places[order])).tz_convert(zone),
            **{name: typed(count[order], Unit.COUNT) for name, count in counts.items()},
            "share": Unit.PERCENT.scaled(trouble[order] / whole),
            "cumulative": Unit.PERCENT.scaled(trouble[order].cumsum() / whole),
        }
    )


def half_of_it(table: pd.DataFrame) -> int:
    """In how few of `worst_buckets` half of all trouble or more fell."""
    return int((table["cumulative"] < 50).sum()) + 1


def worst_sentence(table: pd.DataFrame, zone: ZoneInfo) -> str:
    """`worst_buckets` in a sentence; empty where it is one bucket or few are in trouble."""
    trouble = int(table["trouble"].sum())
    if len(table) < 2 or trouble < FEW:
        return ""
    few = half_of_it(table)
    first = table.iloc[0]
    length = (table[END] - table[START]).max()
    kind = next((name for most, name in _BUCKETS if length <= most), "buckets")
    share = value_text(table["cumulative"].iloc[few - 1], Unit.PERCENT)
    return (
        f"{share} of the {trouble:,} contacts that were answered late or abandoned fell into"
        f" {few} of {len(table):,} {kind}; the most, {int(first['trouble']):,}, on"
        f" {bucket(first[START], length, zone)}."
    )


def by_weekday_and_hour(
    parts: Parts, kpi: Kpi, zone: ZoneInfo, week_begins: Weekday = Weekday.MONDAY
) -> pd.DataFrame:
    """The KPI in each hour of the week: 168 rows, from 0 o'clock of the day it begins on.

    The columns are `weekday` (0 is Monday), `hour`, `value`, `n` (what the value is over:
    the denominator, the count itself, or for sums and maxima the events they are of) and
    `few` (a share or mean of fewer than 20). Raises ValueError where buckets are longer
    than an hour.
    """
    clock, starts = local_starts(parts, zone), parts.keys[START]
    cells = parts.with_key("weekday", starts.renamed(clock.day_of_week))
    cells = cells.with_key("hour", starts.renamed(clock.hour)).by(["weekday", "hour"])
    week = pd.DataFrame(
        list(product(week_begins.week, range(24))), columns=["weekday", "hour"], dtype=np.int64
    )
    place = np.asarray(
        (cells.labels()["weekday"] - week_begins) % 7 * 24 + cells.labels()["hour"], dtype=np.intp
    )
    value, n = np.full(len(week), np.nan), np.zeros(len(week))
    value[place], n[place] = cells.value(kpi), np.nan_to_num(cells.over(kpi))
    few = ~np.isnan(value) & (n.round() < FEW) & bool(kpi.denominator)
    return week.assign(value=typed(value, kpi.unit), n=typed(n.round(), Unit.COUNT), few=few)


@dataclass(frozen=True)
class WeakHours:
    """A stretch of the day, the same each day, in which a queue and media type misses its target.

    `value` and `n` are Service Level % and interactions in those hours, `elsewhere` and
    `n_elsewhere` in all others. `short` is how many more in time would have met the target
    in those hours; they missed it on `missed` of `days` days.
    """

    queue_id: str
    media_type: str
    first_hour: int
    end_hour: int
    target: float
    value: float
    n: int
    elsewhere: float
    n_elsewhere: int
    short: float
    missed: int
    days: int


def weak_hours(parts: Parts, targets: pd.DataFrame, zone: ZoneInfo) -> tuple[WeakHours, ...]:
    """Who meets the Service Level target for most of the day but not in some hours of it.

    `targets` has `queue_id`, `media_type` and `service_level_pct_target`. Of each group it is
    the stretch of hours that lacks most, if that is 8 hours or less and missed the target on
    more than half of its days, while all other hours together met it. Those that lack most
    come first. Raises ValueError where buckets are longer than an hour.
    """
    clock, starts = local_starts(parts, zone), parts.keys[START]
    local = parts.with_key("day", starts.renamed(clock.normalize()))
    local = local.with_key("hour", starts.renamed(clock.hour))
    cells = local.by([*GROUP, "day", "hour"])
    cells = cells.of_rows(~np.isnan(cells.top(_LEVEL)) & ~np.isnan(cells.bottom(_LEVEL)))
    groups = Grouping.of([cells.keys[name] for name in GROUP], len(cells))
    slices = np.split(np.arange(len(cells)), groups.starts[1:]) if len(cells) else []
    of_group = dict(zip(pairs_of(cells.of_rows(groups.firsts)), slices, strict=True))
    known = targets.dropna(subset=["service_level_pct_target"])
    found = [
        weak
        for queue_id, media_type, target in zip(
            *(known[name] for name in (*GROUP, "service_level_pct_target")), strict=True
        )
        if (rows := of_group.get((str(queue_id), str(media_type)))) is not None
        for weak in _weak((queue_id, media_type), cells, rows, float(target))
    ]
    return tuple(sorted(found, key=lambda weak: -weak.short))


def _weak(group: tuple[str, str], cells: Parts, rows: Codes, target: float) -> Iterator[WeakHours]:
    met_by_row, of_by_row = cells.top(_LEVEL)[rows], cells.bottom(_LEVEL)[rows]
    hours, day_of_row = (cells.labels_of(name)[rows] for name in ("hour", "day"))
    missing = np.bincount(hours, Unit.PERCENT.raw(target) * of_by_row - met_by_row, minlength=24)
    first, last = greatest_stretch(missing.tolist())
    inside = (hours >= first) & (hours <= last)
    (met, of), (met_elsewhere, of_elsewhere) = (
        (float(met_by_row[where].sum()), float(of_by_row[where].sum()))
        for where in (inside, ~inside)
    )
    if last - first >= LONGEST or min(of, of_elsewhere) < FEW:
        return
    if Unit.PERCENT.scaled(met_elsewhere) < target * of_elsewhere:
        return
    _, place = np.unique(day_of_row[inside], return_inverse=True)
    met_by_day, of_by_day = (np.bincount(place, each[inside]) for each in (met_by_row, of_by_row))
    is_missed = Unit.PERCENT.scaled(met_by_day) < target * of_by_day
    days, missed = len(met_by_day), int(is_missed.sum())
    short = Unit.PERCENT.raw(target) * of - met
    if short > 0 and days >= FEWEST_DAYS and 2 * missed > days:
        yield WeakHours(
            *group,
            first_hour=first,
            end_hour=last + 1,
            target=target,
            value=Unit.PERCENT.scaled(met / of),
            n=int(of),
            elsewhere=Unit.PERCENT.scaled(met_elsewhere / of_elsewhere),
            n_elsewhere=int(of_elsewhere),
            short=short,
            missed=missed,
            days=days,
        )


def greatest_stretch(values: list[float]) -> tuple[int, int]:
    """The first and last place of the stretch with the greatest sum (Kadane's algorithm)."""
    best, total, start, found = float("-inf"), 0.0, 0, (0, 0)
    for at, value in enumerate(values):
        if total <= 0:
            total, start = 0.0, at
        total += value
        if total > best:
            best, found = total, (start, at)
    return found


def local_starts(parts: Parts, zone: ZoneInfo) -> pd.DatetimeIndex:
    """The local time at which each bucket begins, by the clock on the wall."""
    if parts.longest > _HOUR:
        raise ValueError("Hours of the day need buckets of an hour or less.")
    return pd.DatetimeIndex(parts.keys[START].labels).tz_convert(zone).tz_localize(None)
