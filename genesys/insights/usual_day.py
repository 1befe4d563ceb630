"""The usual day: a day's course against that of the same weekday before, by the local clock."""

from __future__ import annotations

from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from genesys.analytics.frames import START
from genesys.analytics.grouping import Numbers
from genesys.insights.hotspots import local_starts
from genesys.kpis.catalogue import Applies, Kpi, Unit
from genesys.kpis.parts import Parts

WEEKS: Final = 4
"""How many days of the same weekday make a usual one."""


def usual_day(today: Parts, weeks: Parts, kpi: Kpi, zone: ZoneInfo) -> pd.DataFrame:
    """The day's curve against the last 4 days of the same weekday.

    `today` is of one day, `weeks` of any days before it. The columns are `minute`
    (of the local day, by the wall clock), `value`, `usual`, `n` and `usual_n` (what these
    are over, as in `by_weekday_and_hour`) and `days`, how many days the usual is of. Rates
    and means are divided after adding the days up, a usual maximum is the greatest, and
    other figures are those of a day on average. A count is 0 where nothing happened in it,
    up to the day's last bucket. Raises ValueError where buckets are longer than an hour.
    """
    today, weeks = (_with_days_and_minutes(each, zone) for each in (today, weeks))
    here, there = today.keys["day"], weeks.keys["day"]
    day = max(_labels_in_use(today, "day"), default=pd.NaT)
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
        last = value.last_valid_index()
        table["value"] = table["value"].mask(table["value"].isna() & (table.index <= last), 0.0)
        table["usual"] = table["usual"].fillna(0.0) if days else table["usual"]
    table = table.assign(n=n, usual_n=usual_n)
    table[["n", "usual_n"]] = table[["n", "usual_n"]].fillna(0).round().astype("Int64")
    return table.rename_axis("minute").reset_index().assign(days=len(days))


def _with_days_and_minutes(parts: Parts, zone: ZoneInfo) -> Parts:
    clock, starts = local_starts(parts, zone), parts.keys[START]
    parts = parts.with_key("day", starts.renamed(clock.normalize()))
    return parts.with_key("minute", starts.renamed(clock.hour * 60 + clock.minute))


def _labels_in_use(parts: Parts, name: str) -> list[pd.Timestamp]:
    key = parts.keys[name]
    return list(key.labels.take(np.unique(key.codes)))


def _by_minute(side: Parts, values: Numbers) -> pd.Series[float]:
    return pd.Series(values, index=pd.Index(side.labels()["minute"], name="minute"))
