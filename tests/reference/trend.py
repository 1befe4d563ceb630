"""KPIs over time: buckets as people read them, with no bucket of the calendar left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from genesys.analytics.frames import END, START
from genesys.intervals import (
    Granularity,
    Interval,
    automatic_granularity,
    bucket_edges,
    start_of_day,
)
from genesys.kpis.catalogue import Applies, Kpi, Unit
from tests.reference.rollup import rollup


@dataclass(frozen=True)
class Step:
    """A bucket length to look at: the granularity to ask for, and the ISO period to show."""

    key: str
    label: str
    granularity: Granularity
    period: str


STEPS: Final = (
    Step("half-hour", "Half hours", Granularity.HALF_HOUR, "PT30M"),
    Step("hour", "Hours", Granularity.HOUR, "PT1H"),
    Step("day", "Days", Granularity.DAY, "P1D"),
    Step("week", "Weeks", Granularity.DAY, "P7D"),
    Step("month", "Months", Granularity.DAY, "P1M"),
)
"""Weeks (from Monday) and months are never asked for: they are added up from days."""

STEP_BY_KEY: Final = {step.key: step for step in STEPS}


def automatic_step(interval: Interval) -> Step:
    """The step that fits the interval's length."""
    granularity = automatic_granularity(interval)
    return next(step for step in STEPS if step.granularity is granularity)


def edges(interval: Interval, step: Step, zone: ZoneInfo) -> tuple[datetime, ...]:
    """The bucket edges to show; the first and last week or month are cut by the interval."""
    first = interval.start.astimezone(zone).date()
    if step.key == "week":
        first -= timedelta(days=first.weekday())
    elif step.key == "month":
        first = first.replace(day=1)
    else:
        return bucket_edges(interval, step.period, zone)
    inner = bucket_edges(Interval(start_of_day(first, zone), interval.end), step.period, zone)[1:]
    return (interval.start, *inner)


def trend(
    frame: pd.DataFrame,
    interval: Interval,
    step: Step,
    zone: ZoneInfo,
    kpis: Iterable[Kpi],
    by: Sequence[str] = (),
    *,
    blended: bool = False,
) -> pd.DataFrame:
    """The KPIs for each bucket of `step` and each group of `by`.

    The columns are `interval_start`, `interval_end`, `by`, the KPIs' keys. Buckets without
    anything have rows too: their counts are 0 where the group has any such count, as
    nothing happened there; rates and times have no value. `blended` is as in `rollup`.
    """
    kpis = tuple(kpis)
    buckets = pd.DatetimeIndex(list(edges(interval, step, zone))).as_unit("us")
    figures = rollup(_in_buckets(frame, buckets), [START, *by], kpis, blended=blended)
    calendar = pd.DataFrame({START: buckets[:-1], END: buckets[1:]})
    groups = figures[list(by)].drop_duplicates() if by else pd.DataFrame(index=[0])
    whole = calendar.merge(groups, how="cross").merge(figures, how="left", on=[START, END, *by])
    for kpi in kpis:
        if kpi.unit is Unit.COUNT and kpi.applies is not Applies.SENT:
            known = _known(whole, kpi.key, by)
            whole[kpi.key] = whole[kpi.key].mask(whole[kpi.key].isna() & known, 0)
    return whole


def _known(whole: pd.DataFrame, key: str, by: Sequence[str]) -> pd.Series[bool]:
    seen = whole[key].notna()
    if not by:
        return pd.Series(seen.any(), index=whole.index)
    return seen.groupby([whole[name] for name in by], observed=True).transform("any")


def _in_buckets(frame: pd.DataFrame, buckets: pd.DatetimeIndex) -> pd.DataFrame:
    """The frame with each row moved into the bucket that holds its start."""
    at = np.searchsorted(buckets.asi8, frame[START].astype("int64"), side="right") - 1
    return frame.assign(**{START: buckets.take(at), END: buckets.take(at + 1)})
