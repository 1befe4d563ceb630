"""The usual day: a day's course against that of the same weekday before, by the local clock."""

from __future__ import annotations

from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from genesys.analytics.frames import START
from genesys.analytics.grouping import Numbers
from genesys.day_clock import ORDINARY, DayClock
from genesys.insights.hotspots import local_starts
from genesys.kpis.catalogue import Applies, Kpi, Unit
from genesys.kpis.parts import Parts

WEEKS: Final = 4
"""How many days of the same weekday make a usual one."""


def usual_day(today: Parts, weeks: Parts, kpi: Kpi, zone: ZoneInfo) -> pd.DataFrame:
    """The day's curve against the last 4 days of the same weekday.

    `today` is of one day, `weeks` of any days before it. The columns are `minute`
    (a place on the `DayClock` of the day), `value`, `usual`, `n` and `usual_n` (what these
    are over, as in `by_weekday_and_hour`) and `days`, how many days the usual is of. Rates
    and means are divided after adding the days up, a usual maximum is the greatest, and
    other figures are those of a day on average. A count is 0 where nothing happened in it,
    up to the day's last bucket. What comes a second time has no usual, and an hour that came
    twice on a day of the usual is added up. Raises ValueError where buckets are longer than
    an hour.
    """
    today, weeks = (_with_days(each, zone) for each in (today, weeks))
    here, there = today.keys["day"], weeks.keys["day"]
    day = max(_labels_in_use(today, "day"), default=pd.NaT)
    shown = DayClock.of(day.date(), zone) if isinstance(day, pd.Timestamp) else ORDINARY
    today, weeks = _placed(today, zone, shown), _placed(weeks, zone, shown, is_usual=True)
    days = [
        each
        for each in _labels_in_use(weeks, "day")
        if each < day and each.weekday() == day.weekday()
    ][-WEEKS:]
    sides = [
        side.where(key.isin(labels)).by(["minute"])
        for side, key, labels in ((today, here, [day]), (weeks, there, days))
    ]
    value, usual = (_by_minute(side, side.value(kpi)) for side in sides)
    n, usual_n = (_by_minute(side, side.over(kpi)) for side in sides)
    if not kpi.denominator and not kpi.is_maximum:
        usual = usual / max(len(days), 1)
    table = pd.concat({"value": value, "usual": usual}, axis="columns").sort_index()
    if kpi.unit is Unit.COUNT and kpi.applies is not Applies.SENT:
        table = _with_zeros(table, shown, is_usual=bool(days))
    table = table.assign(n=n, usual_n=usual_n)
    table[["n", "usual_n"]] = table[["n", "usual_n"]].fillna(0).round().astype("Int64")
    return table.rename_axis("minute").reset_index().assign(days=len(days))


def _with_zeros(table: pd.DataFrame, shown: DayClock, *, is_usual: bool) -> pd.DataFrame:
    """The table of a count with 0 where nothing came, but not where there was no such time."""
    places, value, usual = table.index, table["value"], table["usual"]
    quiet = value.isna() & (places <= value.dropna().index.max()) & ~places.isin(shown.skipped)
    lacking = usual.isna() & ~places.isin(shown.again) & is_usual
    return table.assign(value=value.mask(quiet, 0.0), usual=usual.mask(lacking, 0.0))


def _with_days(parts: Parts, zone: ZoneInfo) -> Parts:
    return parts.with_key("day", parts.keys[START].renamed(local_starts(parts, zone).normalize()))


def _placed(parts: Parts, zone: ZoneInfo, shown: DayClock, *, is_usual: bool = False) -> Parts:
    """The parts with their places on a day's clock; those of the usual stand at the first time."""
    clock, starts = local_starts(parts, zone), parts.keys[START]
    moments = pd.DatetimeIndex(starts.labels).tz_convert(zone)
    again = np.array([bool(each.fold) and not is_usual for each in moments], dtype=np.bool_)
    minutes = (clock.hour * 60 + clock.minute).to_numpy(dtype=np.int64)
    return parts.with_key("minute", starts.renamed(pd.Index(shown.places(minutes, again))))


def _labels_in_use(parts: Parts, name: str) -> list[pd.Timestamp]:
    key = parts.keys[name]
    return list(key.labels.take(np.unique(key.codes)))


def _by_minute(side: Parts, values: Numbers) -> pd.Series[float]:
    return pd.Series(values, index=pd.Index(side.labels()["minute"], name="minute"))
