"""What each day was asked for, and the rows in which that stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import pyarrow as pa

from genesys.days.layout import DAYS


@dataclass(frozen=True)
class AskedDay:
    """A day as it was asked for: its metrics, those refused, its queues, and how many rows came.

    No queue ids are all queues. The moment it was `asked` stands in each of its rows, too.
    """

    day: date
    asked: datetime
    metrics: frozenset[str]
    refused: frozenset[str] = frozenset()
    queue_ids: frozenset[str] = frozenset()
    rows: int = 0
    daily_rows: int = 0

    def knows(self, queue_ids: Iterable[str]) -> bool:
        """Whether it was asked for these queues; none are all of them."""
        wanted = frozenset(queue_ids)
        return not self.queue_ids or (bool(wanted) and wanted <= self.queue_ids)

    def says_no_more_than(self, other: AskedDay) -> bool:
        """Whether whatever it was asked for, the other was, too."""
        return (
            self.metrics <= other.metrics
            and self.refused <= other.refused | other.metrics
            and other.knows(self.queue_ids)
        )


def to_row(day: AskedDay) -> pa.Table:
    """Its row of the table of days."""
    row = {
        "day": day.day,
        "asked": day.asked,
        "metrics": sorted(day.metrics),
        "refused": sorted(day.refused),
        "queue_ids": sorted(day.queue_ids),
        "rows": day.rows,
        "daily_rows": day.daily_rows,
    }
    return pa.Table.from_pylist([row], schema=DAYS.schema)


def of_rows(rows: pa.Table) -> dict[date, AskedDay]:
    """The days of the table: of each the row that was asked last."""
    days: dict[date, AskedDay] = {}
    for row in sorted(rows.to_pylist(), key=lambda row: row["asked"]):
        sets = ("metrics", "refused", "queue_ids")
        days[row["day"]] = AskedDay(**{**row, **{name: frozenset(row[name]) for name in sets}})
    return days
