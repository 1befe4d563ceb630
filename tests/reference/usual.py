"""What is usual, slowly and plainly: a list of values for each bucket, looked for day by day."""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from datetime import date, timedelta

from genesys.insights.usual import Counted
from genesys.unusual import UnusualDays


def usual(
    buckets: Counted, before: Counted, unusual: UnusualDays
) -> list[tuple[float, float] | None]:
    """The median and half the width of the band of each bucket; None where nothing is usual."""
    known = defaultdict(list)
    for start, count in zip(before.starts, before.counts, strict=True):
        if not math.isnan(count):
            local = start.astimezone(before.zone)
            known[local.date(), (local.hour, local.minute)].append(float(count))
    return [_of(start.astimezone(buckets.zone), known, unusual) for start in buckets.starts]


def _of(moment, known, unusual: UnusualDays) -> tuple[float, float] | None:
    if unusual.why(moment.date()):
        return None
    values = []
    for weeks in range(1, 9):
        day: date = moment.date() - timedelta(weeks=weeks)
        found = known.get((day, (moment.hour, moment.minute)))
        if found and not unusual.why(day):
            values.append(statistics.fmean(found))
    if len(values) < 3:
        return None
    middle = statistics.median(values)
    deviation = 1.4826 * statistics.median(abs(value - middle) for value in values)
    chance = math.sqrt(max(middle, 1.0)) if max(values) > 0 else 0.0
    unsure = math.sqrt(1 + math.pi / 2 / len(values))
    return middle, 1.2816 * max(deviation, chance) * unsure
