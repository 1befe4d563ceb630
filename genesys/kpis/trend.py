"""KPIs over time: buckets as people read them, with no bucket of the calendar left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from genesys.analytics.frames import END, START
from genesys.analytics.grouping import Codes, Grouping, Key
from genesys.intervals import (
    Granularity,
    Interval,
    automatic_granularity,
    bucket_edges,
    start_of_day,
)
from genesys.kpis.catalogue import Applies, Kpi, Unit
from genesys.kpis.parts import Parts, parts, typed
from genesys.weeks import Weekday


@dataclass(frozen=True)
class Step:
    """A bucket length to look at: the granularity to ask for, and the ISO period to show.

    Weeks begin on the day `week_begins`, whatever day the interval begins on.
    """

    key: str
    label: str
    granularity: Granularity
    period: str
    week_begins: Weekday = Weekday.MONDAY


STEPS: Final = (
    Step("half-hour", "Half hours", Granularity.HALF_HOUR, "PT30M"),
    Step("hour", "Hours", Granularity.HOUR, "PT1H"),
    Step("day", "Days", Granularity.DAY, "P1D"),
    Step("week", "Weeks", Granularity.DAY, "P7D"),
    Step("month", "Months", Granularity.DAY, "P1M"),
)
"""Weeks and months are never asked for: they are added up from days."""

STEP_BY_KEY: Final = {step.key: step for step in STEPS}


def automatic_step(interval: Interval) -> Step:
    """The step that fits the interval's length."""
    granularity = automatic_granularity(interval)
    return next(step for step in STEPS if step.granularity is granularity)


TWO_DAYS: Final = timedelta(days=2, hours=1)


def step_of_charts(interval: Interval) -> Step:
    """The step that charts take: days instead of hours from the third day on.

    Hours of the night have few contacts, and shares of few jump up and down.
    """
    return STEP_BY_KEY["day"] if interval.length > TWO_DAYS else automatic_step(interval)


def edges(interval: Interval, step: Step, zone: ZoneInfo) -> tuple[datetime, ...]:
    """The bucket edges to show; the first and last week or month are cut by the interval."""
    first = interval.start.astimezone(zone).date()
    if step.key == "week":
        first = step.week_begins.week_of(first)
    elif step.key == "month":
        first = first.replace(day=1)
    else:
        return bucket_edges(interval, step.period, zone)
    inner = bucket_edges(Interval(start_of_day(first, zone), interval.end), step.period, zone)[1:]
    return (interval.start, *inner)


def bucketed(frame: pd.DataFrame, interval: Interval, step: Step, zone: ZoneInfo) -> Parts:
    """The parts of each bucket of `step`; buckets without anything are labels of the key too."""
    buckets = pd.DatetimeIndex(list(edges(interval, step, zone))).as_unit("us")
    starts = pd.DatetimeIndex(frame[START]).as_unit("us").asi8
    at = np.searchsorted(buckets.asi8, starts, side="right") - 1
    return parts(frame, keys={START: Key(at, buckets[:-1])}, ends=buckets[1:])


def trend(
    buckets: Parts, kpis: Iterable[Kpi], by: Sequence[str] = (), *, blended: bool = False
) -> pd.DataFrame:
    """The KPIs for each of the buckets and each group of `by`.

    The columns are `interval_start`, `interval_end`, `by`, the KPIs' keys. Buckets without
    anything have rows too: their counts are 0 where the group has any such count, as
    nothing happened there; rates and times have no value. `blended` is as in `Parts.by`.
    """
    figures = buckets.by([START, *by], blended=blended)
    starts = figures.keys[START]
    firsts, group = _in_order_of_appearance(figures, by)
    rows, many = len(starts.labels), len(firsts) if by else 1
    columns: dict[str, Any] = {
        START: pd.Series(starts.labels.repeat(many)),
        END: pd.Series(buckets.ends).repeat(many).reset_index(drop=True),
    }
    for name in by:
        key = figures.keys[name]
        columns[name] = Key(np.tile(key.codes[firsts], rows), key.labels).column()
    for kpi in kpis:
        values = np.full((rows, many), np.nan)
        values[starts.codes, group] = figures.value(kpi)
        if kpi.unit is Unit.COUNT and kpi.applies is not Applies.SENT:
            values[np.isnan(values) & ~np.isnan(values).all(axis=0)] = 0.0
        columns[kpi.key] = typed(values.ravel(), kpi.unit)
    return pd.DataFrame(columns, index=range(rows * many))


def _in_order_of_appearance(figures: Parts, by: Sequence[str]) -> tuple[Codes, Codes]:
    """The first row of each group of `by`, and the group of each row."""
    if not by:
        return np.zeros(1, dtype=np.intp), np.zeros(len(figures), dtype=np.intp)
    groups = Grouping.of([figures.keys[name] for name in by], len(figures))
    order = np.argsort(groups.firsts)
    return groups.firsts[order], np.argsort(order)[groups.groups]
