"""When it hurts: the worst buckets, the hours of the week, the hours that miss a target.

All of it is built from half-hour or hour buckets by adding up in local time. In the night
that clocks go back the hour that comes twice is one hour of the table; in the one that they
go forward the hour that is skipped has nothing in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import product
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd

from genesys.analytics.frames import END, NONE, START
from genesys.kpis.catalogue import KPI_BY_KEY, Applies, Kpi, Unit
from tests.reference.rollup import GROUP, fractions, part_names, rollup

FEW: Final = 20
"""A share or mean of fewer contacts than this says little."""

WEEKS: Final = 4
"""How many days of the same weekday make a usual one."""

LONGEST: Final = 8
"""Hours in a row, at most, that are some of the day rather than the day."""

_HOUR: Final = timedelta(hours=1)
_BUCKETS: Final = ((_HOUR / 2, "half-hours"), (_HOUR, "hours"), (25 * _HOUR, "days"))
_LATE: Final = ("tAnswered_count", "oServiceLevel_numerator", "tAbandon_count")


FEWEST_DAYS: Final = 3
"""Fewer days show no pattern."""


def worst_buckets(frame: pd.DataFrame, zone: ZoneInfo) -> pd.DataFrame:
    """The buckets by how many contacts missed their target or were lost, most first.

    The columns are `interval_start` and `interval_end` in the zone, `missed` (answered after
    the target time, so that no abandon counts twice), `abandoned` and their sum `trouble`
    (Int64), `share` of all trouble and `cumulative` share (per cent; no value where there
    is no trouble at all).
    """
    queued = frame[frame["queue_id"] != NONE]
    queued = queued[queued.reindex(columns=_LATE).notna().any(axis="columns")]
    answered, in_time, lost = (queued.reindex(columns=_LATE)[name] for name in _LATE)
    late = (answered - in_time).clip(lower=0.0)
    table = pd.DataFrame(
        {START: queued[START], END: queued[END], "missed": late, "abandoned": lost}
    )
    table = table.groupby([START, END], as_index=False).sum()
    table["trouble"] = table["missed"] + table["abandoned"]
    table = table.sort_values(["trouble", START], ascending=[False, True], ignore_index=True)
    whole = table["trouble"].sum() or float("nan")
    table["share"] = 100 * table["trouble"] / whole
    table["cumulative"] = 100 * table["trouble"].cumsum() / whole
    counts = dict.fromkeys(("missed", "abandoned", "trouble"), "Int64")
    moments = {name: table[name].dt.tz_convert(zone) for name in (START, END)}
    return table.assign(**moments).astype(counts)


def by_weekday_and_hour(frame: pd.DataFrame, kpi: Kpi, zone: ZoneInfo) -> pd.DataFrame:
    """The KPI in each hour of the week: 168 rows, from Monday 0 o'clock.

    The columns are `weekday` (0 is Monday), `hour`, `value`, `n` (what the value is over:
    the denominator, the count itself, or for sums and maxima the events they are of) and
    `few` (a share or mean of fewer than 20). Raises ValueError where buckets are longer
    than an hour.
    """
    local = _local(frame, zone)
    cells = local.assign(weekday=local[START].dt.day_of_week, hour=local[START].dt.hour)
    by = ["weekday", "hour"]
    values = rollup(cells, by, [kpi]).rename(columns={kpi.key: "value"})
    n = _n(cells, by, kpi).to_numpy()
    week = pd.DataFrame(list(product(range(7), range(24))), columns=by)
    table = week.merge(values.assign(n=n), how="left", on=by)
    table["n"] = table["n"].fillna(0).round().astype("Int64")
    few = table["value"].notna() & (table["n"] < FEW) & bool(kpi.denominator)
    return table.assign(few=few.astype(bool))


def usual_day(today: pd.DataFrame, weeks: pd.DataFrame, kpi: Kpi, zone: ZoneInfo) -> pd.DataFrame:
    """The day's curve against the last 4 days of the same weekday.

    `today` is a frame of one day, `weeks` of any days before it. The columns are `minute`
    (of the local day, by the wall clock), `value`, `usual`, `n` and `usual_n` (what these
    are over, as in `by_weekday_and_hour`) and `days`, how many days the usual is of. Rates
    and means are divided after adding the days up, a usual maximum is the greatest, and
    other figures are those of a day on average. A count is 0 where nothing happened in it,
    up to the day's last bucket. Raises ValueError where buckets are longer than an hour.
    """
    today, weeks = _with_minutes(today, zone), _with_minutes(weeks, zone)
    day = today["day"].max()
    before = weeks[(weeks["day"] < day) & (weeks["day"].dt.day_of_week == day.weekday())]
    days = sorted(before["day"].unique())[-WEEKS:]
    frames = today[today["day"] == day], before[before["day"].isin(days)]
    value, usual = (
        rollup(frame, ["minute"], [kpi]).set_index("minute")[kpi.key].astype("float64")
        for frame in frames
    )
    n, usual_n = (_n(frame, ["minute"], kpi) for frame in frames)
    if not kpi.denominator and not kpi.numerator.endswith("_max"):
        usual = usual / max(len(days), 1)
    table = pd.concat({"value": value, "usual": usual}, axis="columns").sort_index()
    if kpi.unit is Unit.COUNT and kpi.applies is not Applies.SENT:
        last = value.last_valid_index()
        table["value"] = table["value"].mask(table["value"].isna() & (table.index <= last), 0.0)
        table["usual"] = table["usual"].fillna(0.0) if days else table["usual"]
    table = table.assign(n=n, usual_n=usual_n)
    table[["n", "usual_n"]] = table[["n", "usual_n"]].fillna(0).round().astype("Int64")
    return table.rename_axis("minute").reset_index().assign(days=len(days))


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


def weak_hours(frame: pd.DataFrame, targets: pd.DataFrame, zone: ZoneInfo) -> tuple[WeakHours, ...]:
    """Who meets the Service Level target for most of the day but not in some hours of it.

    `targets` has `queue_id`, `media_type` and `service_level_pct_target`. Of each group it is
    the stretch of hours that lacks most, if that is 8 hours or less and missed the target on
    more than half of its days, while all other hours together met it. Those that lack most
    come first. Raises ValueError where buckets are longer than an hour.
    """
    local = _with_minutes(frame, zone).assign(hour=lambda rows: rows["minute"] // 60)
    kpi = KPI_BY_KEY["service_level_pct"]
    parts = fractions(local, [*GROUP, "day", "hour"], [kpi]).dropna(subset=[*part_names(kpi)])
    parts = parts.rename(columns=dict(zip(part_names(kpi), ("met", "of"), strict=True)))
    of_group = {
        (str(key[0]), str(key[1])): rows for key, rows in parts.groupby([*GROUP], observed=True)
    }
    known = targets.dropna(subset=["service_level_pct_target"])
    found = [
        weak
        for queue_id, media_type, target in zip(
            *(known[name] for name in (*GROUP, "service_level_pct_target")), strict=True
        )
        if (rows := of_group.get((queue_id, media_type))) is not None
        for weak in _weak((queue_id, media_type), rows, float(target))
    ]
    return tuple(sorted(found, key=lambda weak: -weak.short))


def _weak(group: tuple[str, str], rows: pd.DataFrame, target: float) -> Iterator[WeakHours]:
    lack = (target / 100 * rows["of"] - rows["met"]).groupby(rows["hour"]).sum()
    first, last = _greatest_stretch(lack.reindex(range(24), fill_value=0.0).tolist())
    inside = rows["hour"].between(first, last)
    (met, of), (met_elsewhere, of_elsewhere) = (
        rows.loc[where, ["met", "of"]].sum() for where in (inside, ~inside)
    )
    if last - first >= LONGEST or min(of, of_elsewhere) < FEW:
        return
    if 100 * met_elsewhere < target * of_elsewhere:
        return
    days = rows[inside].groupby("day")[["met", "of"]].sum()
    missed = int((100 * days["met"] < target * days["of"]).sum())
    short = target / 100 * of - met
    if short > 0 and len(days) >= FEWEST_DAYS and 2 * missed > len(days):
        yield WeakHours(
            *group,
            first_hour=first,
            end_hour=last + 1,
            target=target,
            value=100 * met / of,
            n=int(of),
            elsewhere=100 * met_elsewhere / of_elsewhere,
            n_elsewhere=int(of_elsewhere),
            short=short,
            missed=missed,
            days=len(days),
        )


def _greatest_stretch(values: list[float]) -> tuple[int, int]:
    """The first and last place of the stretch with the greatest sum (Kadane's algorithm)."""
    best, total, start, found = float("-inf"), 0.0, 0, (0, 0)
    for at, value in enumerate(values):
        if total <= 0:
            total, start = 0.0, at
        total += value
        if total > best:
            best, found = total, (start, at)
    return found


def _n(frame: pd.DataFrame, by: list[str], kpi: Kpi) -> pd.Series[float]:
    """What the KPI of each group is over."""
    counted = fractions(frame, by, [_counted(kpi)]).set_index(by)
    top, bottom = part_names(kpi)
    return counted.get(bottom, counted[top])


def _counted(kpi: Kpi) -> Kpi:
    """The KPI with what its value is over as the denominator, unless it is a count."""
    if kpi.denominator or kpi.unit is Unit.COUNT:
        return kpi
    return replace(kpi, denominator=f"{kpi.metrics[0]}_count")


def _local(frame: pd.DataFrame, zone: ZoneInfo) -> pd.DataFrame:
    if ((frame[END] - frame[START]) > _HOUR).any():
        raise ValueError("Hours of the day need buckets of an hour or less.")
    return frame.assign(**{START: frame[START].dt.tz_convert(zone)})


def _with_minutes(frame: pd.DataFrame, zone: ZoneInfo) -> pd.DataFrame:
    local = _local(frame, zone)
    clock = local[START].dt.tz_localize(None)
    return local.assign(day=clock.dt.normalize(), minute=clock.dt.hour * 60 + clock.dt.minute)
