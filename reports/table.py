"""Tables as pages show them, and what of them goes into a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

import numpy as np
import pandas as pd
from pandas.api.types import is_numeric_dtype, is_string_dtype

from genesys.analytics.grouping import Flags, Numbers
from genesys.kpis.catalogue import Unit
from genesys.wall_clock import OFFSET, clock_times, offsets


@dataclass(frozen=True)
class Column:
    """A column of a table: which one of the rows, and how it reads.

    Without a `unit` it is text. `help` is its definition: formula and units; names have none.
    Of a change the sign is shown, and percentages are in points. `marks` is the column of the
    rows that says how each value stands, in words such as met, few contacts or worse; rows may
    lack it. `change` is the column of the values' changes: on a page it is written into their
    cells, in a file it stands right of them. Text is put in the order of the column `order`
    of the rows, if it has one, else in that of its letters. `moment` is the column of the rows
    whose aware moments stand for its text in files, the offset beside; without one, the text.
    `beneath` stands below its label on a page.
    """

    key: str
    label: str
    unit: Unit | None = None
    help: str = ""
    is_change: bool = False
    marks: str = ""
    change: Column | None = None
    order: str = ""
    beneath: tuple[str, ...] = ()
    moment: str = ""

    @property
    def offset(self) -> Column:
        """The offset of its moments as a column."""
        return Column(f"{self.key}_utc_offset", OFFSET)

    @property
    def mark(self) -> Column:
        """Its marks as a column of text, which is in their own ink."""
        return Column(self.marks, f"{self.label} mark", marks=self.marks)


@dataclass(frozen=True)
class Sort:
    """By which column the rows below the totals stand; None is their first order."""

    key: str
    descending: bool = False

    @classmethod
    def of(cls, text: str, table: Table) -> Sort | None:
        """The sort that an address names, such as `-offered`; None where the table has none."""
        key = text.removeprefix("-")
        known = key in [column.key for column in table.columns]
        return cls(key, text.startswith("-")) if known else None


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

    def groups(self) -> pd.Series[int] | None:
        """The number of the group of each row, where `strong` rows lead groups of others."""
        if "strong" not in self.rows or not self.rows["strong"].any():
            return None
        return self.rows["strong"].fillna(False).astype(int).cumsum()

    def written(self) -> pd.DataFrame:
        """What a file holds: the rows in order, a column for each key of `in_file`.

        Text is str, moments in it ISO 8601 with their offset; of a column with a `moment` they
        are local and naive, their offset beside, and text where there is none. Numbers are
        float64, or Int64 where they are whole counts. What is missing or infinite is no value,
        in text "".
        """
        found: dict[str, pd.Series[Any]] = {}
        for column in self._each():
            values = self.rows[column.key]
            found[column.key] = (
                _texts(values) if column.unit is None else _numbers(values, column.unit)
            )
            if column.moment:
                moments = self.rows[column.moment].reset_index(drop=True)
                clocks = clock_times(moments).astype(object)
                found[column.key] = clocks.where(moments.notna(), found[column.key])
                found[column.offset.key] = offsets(moments)
            if column.marks:
                found[column.mark.key] = self.marks(column)
        return pd.DataFrame({column.key: found[column.key] for column in self.in_file})

    def _in_file(self) -> Iterator[Column]:
        for column in self._each():
            yield column
            if column.moment:
                yield column.offset
            if self.marks(column).ne("").any():
                yield column.mark

    def _each(self) -> Iterator[Column]:
        """The columns, right of each that of its changes."""
        for column in self.columns:
            yield column
            if column.change:
                yield column.change


def at_end(table: Table, ends: frozenset[str]) -> Flags:
    """The rows that stand below all others of their group, whatever the order: queues of `ends`."""
    if "queue_id" not in table.rows:
        return np.zeros(len(table.rows), dtype=np.bool_)
    return table.rows["queue_id"].isin(ends).to_numpy(dtype=np.bool_)


def sort_values(table: Table, column: Column) -> Numbers:
    """What decides the order of a column's values: of text, its place; NaN where there is none."""
    values = table.rows[column.order or column.key]
    if is_numeric_dtype(values):
        numbers: Numbers = values.to_numpy(dtype=np.float64, na_value=np.nan).round(DIGITS)
        return numbers
    if column.order:
        return np.asarray(values.rank(method="dense"), dtype=np.float64)
    folded = [text.casefold() for text in _texts(values).tolist()]
    places = {text: place for place, text in enumerate(sorted({*folded}), 1)}
    return np.array([places[text] for text in folded], dtype=np.float64)


DIGITS: Final = 4
"""Decimals that decide the order: as many as anybody sees."""


def ordered(table: Table, sort: Sort | None, ends: frozenset[str] = frozenset()) -> Table:
    """The table in the order that a page shows: totals first, queues of `ends` last.

    Rows without a value come last, equal ones keep their order; groups are put in the order
    of the rows that lead them.
    """
    column = next((each for each in table.columns if sort and each.key == sort.key), None)
    values = sort_values(table, column) if column else np.zeros(len(table.rows))
    signed = np.where(np.isnan(values), np.inf, -values if sort and sort.descending else values)
    place, last = np.arange(len(values)), at_end(table, ends)
    first = place >= table.totals
    numbers = table.groups()
    if numbers is None:
        order = np.lexsort((place, signed, last, first))
    else:
        groups = numbers.to_numpy()
        leads = np.flatnonzero(np.diff(groups, prepend=-1))[groups - groups[0]]
        order = np.lexsort(
            (place, signed, last, place != leads, leads, signed[leads], last[leads], first)
        )
    order = np.where(place < table.totals, place, order)
    return replace(table, rows=table.rows.iloc[order].reset_index(drop=True))


def _texts(values: pd.Series[Any]) -> pd.Series[str]:
    if is_string_dtype(values.dtype):
        return values.reset_index(drop=True).fillna("").astype(str)
    return pd.Series([_text(value) for value in values.tolist()], dtype=str)


def _text(value: Any) -> str:
    if pd.isna(value):
        return ""
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _numbers(values: pd.Series[Any], unit: Unit) -> pd.Series[Any]:
    numbers = pd.Series(values.to_numpy(dtype=np.float64, na_value=np.nan))
    numbers = numbers.where(np.isfinite(numbers))
    is_whole = unit is Unit.COUNT and numbers.dropna().mod(1).eq(0).all()
    return numbers.astype("Int64") if is_whole else numbers
