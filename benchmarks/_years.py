"""Made-up half-hours of years, as answers and as kept days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from genesys.analytics.frames import END, START
from genesys.days import rows
from genesys.days.asked import AskedDay, to_rows
from genesys.days.calendar import DAY, begin
from genesys.days.layout import DAILY, DAYS, HALF_HOURS, METRICS
from genesys.days.place import Owner, Place
from genesys.days.tables import Table

Ints = npt.NDArray[np.int64]

QUEUES: Final = 2000
MEDIA: Final = ("callback", "email", "voice")
LAST: Final = date(2026, 10, 31)
ASKED: Final = datetime(2026, 11, 10, tzinfo=UTC)
SHARE: Final = {
    "tAnswered": 0.9,
    "tAbandon": 0.08,
    "tHandle": 0.9,
    "tFlowOut": 0.02,
    "tShortAbandon": 0.01,
    "tTalkComplete": 0.9,
    "tHeldComplete": 0.3,
    "tAcw": 0.85,
    "tNotResponding": 0.03,
    "tVoicemail": 0.0,
    "tFirstResponse": 0.1,
    "tAgentResponseTime": 0.1,
    "nTransferred": 0.1,
    "nBlindTransferred": 0.06,
    "nConsultTransferred": 0.04,
    "nConsult": 0.05,
    "nOutbound": 0.1,
    "nOverSla": 0.15,
    "oServiceLevel": 0.9,
}
"""Of the contacts of a row, about how many have a metric; of others all."""


def half_hours(first: date, days: int, dice: np.random.Generator) -> pd.DataFrame:
    """The frame of an answer in half-hours for some days."""
    size = np.random.default_rng(1).lognormal(-0.6, 1.8, QUEUES * len(MEDIA))
    shape = np.clip(np.sin((np.arange(48) - 12) / 25 * np.pi), 0, None)
    counts = dice.poisson(size[:, None, None] * shape * np.ones((1, days, 1)))
    group, day, half = np.nonzero(counts)
    number = counts[group, day, half]
    start = np.datetime64(begin(first).replace(tzinfo=None), "us")
    at = start + (day * 48 + half) * np.timedelta64(1800, "s")
    ids = [f"{queue:08x}-1111-4222-8333-{queue * 7919:012x}" for queue in range(QUEUES)]
    columns: dict[str, Any] = {
        START: pd.DatetimeIndex(at, tz="UTC"),
        END: pd.DatetimeIndex(at + np.timedelta64(1800, "s"), tz="UTC"),
        "queue_id": pd.Categorical.from_codes(group // len(MEDIA), categories=pd.Index(ids)),
        "media_type": pd.Categorical.from_codes(group % len(MEDIA), categories=pd.Index(MEDIA)),
    }
    for metric in METRICS:
        columns |= dict(_measures(metric, number, dice))
    return pd.DataFrame(columns)


def _measures(
    metric: str, number: Ints, dice: np.random.Generator
) -> Iterator[tuple[str, npt.NDArray[np.float64]]]:
    count = dice.binomial(number, SHARE.get(metric, 1.0))
    none = count == 0
    if metric.startswith("o"):
        yield f"{metric}_numerator", np.where(none, np.nan, dice.binomial(count, 0.8))
        yield f"{metric}_denominator", np.where(none, np.nan, count)
        yield f"{metric}_target", np.where(none, np.nan, 0.8)
        return
    yield f"{metric}_count", np.where(none, np.nan, count)
    if not metric.startswith("t"):
        return
    least, most = 1 / np.maximum(count, 1), np.where(count == 1, 1, dice.uniform(size=len(count)))
    total = np.floor(dice.gamma(np.maximum(count, 1), 90_000))
    yield f"{metric}_sum", np.where(none, np.nan, total)
    yield f"{metric}_min", np.where(none, np.nan, np.floor(total * least * np.minimum(1, most)))
    yield f"{metric}_max", np.where(none, np.nan, np.floor(total * np.maximum(least, most)))


def place(folder: str) -> Place:
    return Place(folder, Owner("benchmark", "organization", "client"))


def write_a_month(folder: str, first: date, seed: int) -> None:
    """A month as it stands when it is tidy, in a process of its own."""
    length = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - first
    frame = half_hours(first, length.days, np.random.default_rng(seed))
    fine, whole, told = [], [], []
    for after in range(length.days):
        day = first + timedelta(days=after)
        part = rows.of_day(frame, day)
        fine.append(rows.half_hours(part, day, ASKED))
        whole.append(rows.daily(part, day, ASKED))
        size = len(fine[-1]), len(whole[-1])
        told.append(AskedDay(day, ASKED, frozenset(METRICS), frozenset(), frozenset(), *size))
    where = place(folder)
    order = [(name, "ascending") for name in ("queue_id", "media_type", "day")]
    for layout, tables in ((HALF_HOURS, fine), (DAILY, whole), (DAYS, [to_rows(told)])):
        together = pa.concat_tables(tables)
        if layout.is_by_month:
            together = together.sort_by(order)
        here = f"day >= '{first}' AND day <= '{first + length - DAY}'"
        Table(where, layout, print).replace(together, here)
