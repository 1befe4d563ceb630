"""The tables of kept days and their columns, as README shows them to analysts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from genesys.insights.reconciliation import RECONCILIATION_METRICS
from genesys.metrics import DISTINCT_METRICS, stats_of

VERSION: Final = 2
"""Of what follows. More columns are the same version; whatever else changes is a new one.

Version 1 had times as floating numbers, and the least and the most of a single contact too.
"""

METRICS: Final = tuple(name for name in RECONCILIATION_METRICS if name not in DISTINCT_METRICS)
"""The metrics that are kept: all that the product asks for."""

TIMES: Final = ("sum", "min", "max")
"""The statistics of times."""

_MOMENT: Final = pa.timestamp("us", "UTC")

MEASURES: Final = {
    f"{metric}_{stat}": pa.float64() if stat == "target" else pa.int64()
    for metric in METRICS
    for stat in stats_of(metric)
    if stat != "ratio"
}
"""The columns of figures and their types; times are milliseconds, and a ratio is divided anew.

Where one contact is counted, its time is the sum, and the least and the most are left empty.
"""

MILLISECONDS: Final = tuple(name for name in MEASURES if name.rpartition("_")[2] in TIMES)

_GROUP: Final = {"queue_id": pa.string(), "media_type": pa.string()}


@dataclass(frozen=True)
class Layout:
    """A table: its name and its columns; those with a month are partitioned by it."""

    name: str
    schema: pa.Schema

    @property
    def is_by_month(self) -> bool:
        return "month" in self.schema.names


HALF_HOURS: Final = Layout(
    "half_hours",
    pa.schema(
        {
            "month": pa.string(),
            "day": pa.date32(),
            "asked": _MOMENT,
            "start": _MOMENT,
            **_GROUP,
            **MEASURES,
        }
    ),
)
"""A row for each half-hour, queue and media type that anything happened in."""

EARLIER: Final = Layout("earlier", HALF_HOURS.schema)
"""The half-hours of days that moved, as they had been before; `asked` tells which ones."""

DAILY: Final = Layout(
    "daily",
    pa.schema({"month": pa.string(), "day": pa.date32(), "asked": _MOMENT, **_GROUP, **MEASURES}),
)
"""The half-hours of each day of UTC put together."""

DAYS: Final = Layout(
    "days",
    pa.schema(
        {
            "day": pa.date32(),
            "asked": _MOMENT,
            "metrics": pa.list_(pa.string()),
            "refused": pa.list_(pa.string()),
            "queue_ids": pa.list_(pa.string()),
            "rows": pa.int64(),
            "daily_rows": pa.int64(),
            "changed": pa.int64(),
            "moved": pa.map_(pa.string(), pa.int64()),
        }
    ),
)
"""What each day was asked for; no queue ids are all queues. The youngest row of a day holds.

One that moved has rows before: then `changed` half-hours differ from those of the row before, and
`moved` is by how much the day's counts and sums do.
"""
