"""Whether a day moved: its half-hours as they are kept, and as they came when asked again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import duckdb
import pyarrow as pa

from genesys.analytics.grouping import ADDED
from genesys.days.layout import MEASURES
from genesys.metrics import stats_of

_KEY: Final = ("start", "queue_id", "media_type")

Moved = tuple[tuple[str, int], ...]
"""Columns and by how much their totals differ."""


def moved(
    before: pa.Table, now: pa.Table, metrics: Iterable[str], cursor: duckdb.DuckDBPyConnection
) -> tuple[int, Moved]:
    """How many rows of a day differ in these metrics, and by how much its totals do.

    Rows without any of them count as absent.
    """
    measures = [
        name
        for metric in sorted(metrics)
        for stat in stats_of(metric)
        if (name := f"{metric}_{stat}") in MEASURES
    ]
    key, columns = ", ".join(_KEY), ", ".join(f'"{name}"' for name in measures)
    cursor.register("day_before", before)
    cursor.register("day_now", now)
    before_sql, now_sql = (
        f"(SELECT {key}, {columns} FROM {name} WHERE coalesce({columns}) IS NOT NULL)"
        for name in ("day_before", "day_now")
    )
    cursor.execute(
        f"SELECT count(*) FROM (SELECT {key} FROM ({before_sql} EXCEPT {now_sql})"
        f" UNION SELECT {key} FROM ({now_sql} EXCEPT {before_sql}))"
    )
    (changed,) = cursor.fetchone() or (0,)
    return changed, _difference(measures, cursor) if changed else ()


def _difference(measures: Sequence[str], cursor: duckdb.DuckDBPyConnection) -> Moved:
    added = [name for name in measures if name.rpartition("_")[2] in ADDED]
    sums = ", ".join(f'coalesce(sum("{name}"), 0)::BIGINT' for name in added)
    before, now = (
        cursor.execute(f"SELECT {sums} FROM {name}").fetchone() or ()
        for name in ("day_before", "day_now")
    )
    each = zip(added, before, now, strict=True)
    return tuple((name, after - first) for name, first, after in each if after != first)
