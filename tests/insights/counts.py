"""Half-hours and days as they are counted, for tests of what is usual."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from genesys.insights.usual import Counted
from genesys.intervals import Granularity, bucket_edges, whole_days

LONDON = ZoneInfo("Europe/London")


def counted(
    first: date,
    last: date,
    count: Callable[[datetime], float],
    step: Granularity = Granularity.HALF_HOUR,
    zone: ZoneInfo = LONDON,
) -> Counted:
    """The buckets of these days, each with what `count` says of its local start."""
    edges = bucket_edges(whole_days(first, last, zone), step, zone)
    starts, ends = (pd.DatetimeIndex(each) for each in (edges[:-1], edges[1:]))
    counts = [float(count(start.astimezone(zone))) for start in edges[:-1]]
    return Counted(starts, ends, np.array(counts), zone)


def weeks_before(day: date, weeks: int = 8) -> tuple[date, date]:
    """The first day of so many weeks before a day, and the last."""
    return day - timedelta(weeks=weeks), day - timedelta(days=1)
