"""How KPIs over time were worked out before: merged with the calendar, slow and plain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from genesys.analytics.frames import END, START
from genesys.intervals import (
    Interval,
)
from genesys.kpis.catalogue import Applies, Kpi, Unit
from genesys.kpis.trend import Step, edges
from tests.reference.rollup import rollup


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
