"""Tables as pages show them, and what of them goes into a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from genesys.kpis.catalogue import Unit


@dataclass(frozen=True)
class Column:
    """A column of a table: which one of the rows, and how it reads.

    Without a `unit` it is text. `help` is its definition: formula and units; names have none.
    Of a change the sign is shown, and percentages are in points. `marks` is the column of the
    rows that says how each value stands, in words such as met, few contacts or worse; rows may
    lack it. `change` is the column of the values' changes: on a page it is written into their
    cells, in a file it stands right of them.
    """

    key: str
    label: str
    unit: Unit | None = None
    help: str = ""
    is_change: bool = False
    marks: str = ""
    change: Column | None = None

    @property
    def mark(self) -> Column:
        """Its marks as a column of text, which is in their own ink."""
        return Column(self.marks, f"{self.label} mark", marks=self.marks)


@dataclass(frozen=True, eq=False)
class Table:
    """A table as a page shows it: columns and rows in order, the first `totals` rows bold.

    `rows` has a column for each key, numbers unrounded in the column's unit, and may have
    more. `notes` are names and texts: organization, interval, filters, time zone, as of.
    """

    title: str
    columns: tuple[Column, ...]
    rows: pd.DataFrame
    totals: int = 0
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def definitions(self) -> tuple[tuple[str, str], ...]:
        """Label and help of the columns that have one."""
        return tuple((column.label, column.help) for column in self._each() if column.help)

    @property
    def in_file(self) -> tuple[Column, ...]:
        """The columns of a file: values and changes, right of each its mark if any row has one."""
        return tuple(self._in_file())

    def marks(self, column: Column) -> pd.Series[str]:
        """The mark of each value of a column, "" where it has none."""
        if column.marks in self.rows:
            return _texts(self.rows[column.marks])
        return pd.Series([""] * len(self.rows), dtype=str)

    def written(self) -> pd.DataFrame:
        """What a file holds: the rows in order, a column for each key of `in_file`.

        Text is str, moments in it ISO 8601 with their offset. Numbers are float64, or Int64
        where they are whole counts. What is missing or infinite is no value, in text "".
        """
        return pd.DataFrame(
            {
                column.key: _texts(self.rows[column.key])
                if column.unit is None
                else _numbers(self.rows[column.key], column.unit)
                for column in self.in_file
            }
        )

    def _in_file(self) -> Iterator[Column]:
        for column in self._each():
            yield column
            if self.marks(column).ne("").any():
                yield column.mark

    def _each(self) -> Iterator[Column]:
        """The columns, right of each that of its changes."""
        for column in self.columns:
            yield column
            if column.change:
                yield column.change


def _texts(values: pd.Series[Any]) -> pd.Series[str]:
    return pd.Series([_text(value) for value in values], dtype=str)


def _text(value: Any) -> str:
    if pd.isna(value):
        return ""
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _numbers(values: pd.Series[Any], unit: Unit) -> pd.Series[Any]:
    numbers = pd.Series(values.to_numpy(dtype=np.float64, na_value=np.nan))
    numbers = numbers.where(np.isfinite(numbers))
    is_whole = unit is Unit.COUNT and numbers.dropna().mod(1).eq(0).all()
    return numbers.astype("Int64") if is_whole else numbers
