"""Tidying: the files of a month put together, by queue and time, and files of no use removed."""

from __future__ import annotations

from typing import Final

import duckdb
from deltalake.exceptions import CommitFailedError

from genesys.days.files import Files
from genesys.days.tables import Table

MOST_FILES: Final = 3
"""A month of more files is put together."""

_ROWS: Final = 100_000


def put_together(table: Table, cursor: duckdb.DuckDBPyConnection, *, is_remote: bool) -> None:
    """Make one file of each month that has many; a month that somebody else writes is left."""
    opened = table.open()
    if opened is None:
        return
    files = Files.of(opened, is_remote=is_remote)
    by = ", ".join(name for name in ("queue_id", "media_type", "start") if name in table.columns)
    columns = ", ".join(f'"{name}"' for name in table.columns if name != "month")
    for month in sorted(files.by_month):
        if len(files.by_month[month]) > MOST_FILES:
            rows = files.scan([month], cursor)
            sql = f"SELECT '{month}' AS month, {columns} FROM {rows} ORDER BY {by}"
            try:
                table.rewrite(cursor.sql(sql).to_arrow_reader(_ROWS), f"month = '{month}'")
            except CommitFailedError:
                continue
    table.sweep()
