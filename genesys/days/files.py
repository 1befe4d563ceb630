"""The files of a table at one moment, as DuckDB reads them."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Final

import duckdb
import pyarrow as pa
from deltalake import DeltaTable
from pyarrow.dataset import Dataset

DayRows = Mapping[tuple[date, datetime], int]
"""How many rows there are of a day and the moment at which it was asked."""

_COLUMNS: Final = "path num_records partition.month min.day max.day min.asked max.asked".split()


def connect() -> duckdb.DuckDBPyConnection:
    """A database in memory that fetches nothing from elsewhere; what is too large it spills."""
    database = duckdb.connect(
        config={
            "memory_limit": "512MB",
            "temp_directory": tempfile.gettempdir(),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
    )
    return cursor_of(database)


def cursor_of(database: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """A cursor, which shows no progress: that would stand among the figures on stdout."""
    cursor = database.cursor()
    cursor.execute("SET enable_progress_bar = false")
    return cursor


@dataclass(frozen=True)
class DataFile:
    """A file, and the one day that all its rows are of; none where it holds several."""

    path: str
    rows: int
    day: tuple[date, datetime] | None


@dataclass(frozen=True)
class Files:
    """The files of each month. A table elsewhere is read as a `dataset`."""

    by_month: Mapping[str, tuple[DataFile, ...]] = field(default_factory=dict)
    dataset: Dataset | None = None

    @classmethod
    def of(cls, table: DeltaTable | None, *, is_remote: bool) -> Files:
        """Those of a table that is partitioned by month; none where there is no table."""
        if table is None:
            return cls()
        actions = pa.table(table.get_add_actions(flatten=True))
        present = [name for name in _COLUMNS if name in actions.column_names]
        root = table.table_uri.rstrip("/").removeprefix("file://")
        by_month: defaultdict[str, tuple[DataFile, ...]] = defaultdict(tuple)
        for row in actions.select(present).to_pylist():
            by_month[row["partition.month"]] += (_file(root, row),)
        return cls(dict(by_month), table.to_pyarrow_dataset() if is_remote else None)

    def scan(self, months: Collection[str], cursor: duckdb.DuckDBPyConnection) -> str:
        """The SQL that stands for the rows of some months, of which there must be files."""
        if self.dataset is None:
            paths = [file.path for month in sorted(months) for file in self.by_month.get(month, ())]
            return f"read_parquet({_texts(paths, '[]')}, union_by_name = true)"
        name = f"files_{id(self)}"
        cursor.register(name, self.dataset)
        return f"(SELECT * FROM {name} WHERE month IN {_texts(sorted(months), '()')})"

    def damaged(self, cursor: duckdb.DuckDBPyConnection) -> list[str]:
        """The files that cannot be read to their end."""
        return [
            file.path
            for files in self.by_month.values()
            for file in files
            if not _is_whole(file.path, cursor)
        ]

    def days(self, cursor: duckdb.DuckDBPyConnection) -> dict[tuple[date, datetime], int]:
        """How many rows of each day there are; months with files of several are looked into."""
        found: defaultdict[tuple[date, datetime], int] = defaultdict(int)
        for month, files in self.by_month.items():
            if any(file.day is None for file in files):
                found |= _days_in(self.scan([month], cursor), cursor)
            else:
                for file in files:
                    if file.day:
                        found[file.day] += file.rows
        return dict(found)


def _is_whole(path: str, cursor: duckdb.DuckDBPyConnection) -> bool:
    try:
        cursor.execute("SELECT count(COLUMNS(*)) FROM read_parquet(?)", [path])
        return True
    except duckdb.Error:
        return False


def _days_in(rows: str, cursor: duckdb.DuckDBPyConnection) -> dict[tuple[date, datetime], int]:
    cursor.execute(f"SELECT day, epoch_us(asked), count(*) FROM {rows} GROUP BY ALL")
    return {(day, _moment(us)): count for day, us, count in cursor.fetchall()}


def _moment(us: int) -> datetime:
    return datetime.fromtimestamp(us // 1_000_000, UTC).replace(microsecond=us % 1_000_000)


def _file(root: str, row: dict[str, Any]) -> DataFile:
    ends = {(row.get(f"{end}.day"), row.get(f"{end}.asked")) for end in ("min", "max")}
    day, asked = ends.pop()
    one = (day, asked) if day and asked and not ends else None
    return DataFile(f"{root}/{row['path']}", row["num_records"], one)


def _texts(values: Collection[str], brackets: str) -> str:
    quoted = ", ".join("'" + value.replace("'", "''") + "'" for value in values)
    return f"{brackets[0]}{quoted}{brackets[1]}"
