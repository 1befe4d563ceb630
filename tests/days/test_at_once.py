"""What tests keep by the month is what `fill` keeps."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from genesys.client.budget import Budget
from genesys.days.filling import fill
from genesys.days.store import Days
from genesys.demo import DemoOptions, serve
from tests.asking import api_on
from tests.conftest import DEMO_NOW
from tests.days.at_once import days_of, keep_at_once
from tests.days.world import days_from

ACROSS_A_MONTHS_END = days_from(date(2026, 5, 29), 6)


def rows_of(days: Days) -> dict[str, list[dict[str, Any]]]:
    """All rows of each table that there is, in one order."""
    opened = {table.layout.name: table.open() for table in days._tables()}
    return {
        name: sorted(
            pa.table(table.to_pyarrow_table()).to_pylist(), key=lambda row: str([*row.values()])
        )
        for name, table in opened.items()
        if table
    }


def test_days_kept_at_once_are_those_that_fill_keeps(tmp_path: Path) -> None:
    with serve(DemoOptions(queues=3, rate_limit=0, clock=lambda: DEMO_NOW)) as server:
        kept = {}
        for way in (fill, keep_at_once):
            with (
                closing(days_of(server, tmp_path / way.__name__)) as days,
                api_on(server) as api,
            ):
                way(days, api, ACROSS_A_MONTHS_END, Budget(10**6, now=lambda: DEMO_NOW))
                kept[way.__name__] = rows_of(days)

    assert kept["keep_at_once"] == kept["fill"]
    assert {name for name, rows in kept["fill"].items() if rows} == {"half_hours", "daily", "days"}
