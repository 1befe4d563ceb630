"""What each day was asked for, and the rows in which that stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import pyarrow as pa

from genesys.days.layout import DAYS


@dataclass(frozen=True)
class AskedDay:
    """A day as it was asked for: its metrics, those refused, its queues, and how many rows came.

    No queue ids are all queues. The moment it was `asked` stands in each of its rows, too.
    Where it had been kept with other figures before, so many half-hours `changed`, and these
    totals of the day `moved` by so much.
    """

    day: date
    asked: datetime
    metrics: frozenset[str]
    refused: frozenset[str] = frozenset()
    queue_ids: frozenset[str] = frozenset()
    rows: int = 0
    daily_rows: int = 0
    changed: int = 0
    moved: tuple[tuple[str, int], ...] = ()

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


_SETS: Final = ("metrics", "refused", "queue_ids")


def to_rows(days: Iterable[AskedDay]) -> pa.Table:
    """Their rows of the table of days."""
    rows = [{**vars(day), **{name: sorted(getattr(day, name)) for name in _SETS}} for day in days]
    return pa.Table.from_pylist(rows, schema=DAYS.schema)


def of_rows(rows: pa.Table) -> dict[date, tuple[AskedDay, ...]]:
    """The days of the table, each as it was asked for once and again; the last one holds."""
    days: defaultdict[date, tuple[AskedDay, ...]] = defaultdict(tuple)
    for row in sorted(rows.to_pylist(), key=lambda row: row["asked"]):
        told = {name: frozenset(row[name]) for name in _SETS}
        moved = tuple(row.get("moved") or ())
        day = AskedDay(**{**row, **told, "changed": row.get("changed") or 0, "moved": moved})
        days[day.day] += (day,)
    return dict(days)
