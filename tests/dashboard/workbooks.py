"""A table of a page held against its workbook: each cell by its type, and by how it reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from io import BytesIO
from typing import Any, Final

import openpyxl
from openpyxl.cell.cell import Cell

from genesys.kpis.catalogue import Unit
from genesys.kpis.formats import NO_VALUE, signed, value_text
from tests.dashboard.reading import transposed

Told = Mapping[str, Any]
"""What is sent to the browser of a table or of one of its columns."""

UNITS: Final = {unit.name.lower(): unit for unit in Unit}

FORMATS: Final = {
    Unit.COUNT: "#,##0",
    Unit.PERCENT: "0.0%",
    Unit.SECONDS: "[h]:mm:ss",
}

TYPES: Final[Mapping[Unit, tuple[type, ...]]] = {
    Unit.COUNT: (int,),
    Unit.PERCENT: (int, float),
    Unit.SECONDS: (timedelta,),
}
"""Of a percentage that is whole, such as 100 %, a file holds a whole number."""


OFFSET: Final = "UTC offset"


@dataclass(frozen=True)
class Held:
    """What a cell of the file should be: how it reads on the page, and by which reading."""

    text: str
    read: Callable[[Cell], str]


def unlike(told: Told, file: bytes) -> list[str]:
    """Where the first sheet of a workbook differs from the table of a page."""
    sheet = openpyxl.load_workbook(BytesIO(file)).worksheets[0]
    heads = [str(cell.value) for cell in sheet[1]]
    expected = [[*row] for row in transposed(_columns(told, heads))]
    sums = _sums(told)
    above = [row for row, is_sum in zip(expected, sums, strict=True) if not is_sum]
    below = [row for row, is_sum in zip(expected, sums, strict=True) if is_sum]
    gap = [[Held("", _text)] * len(heads)] if above and below else []
    rows = [*above, *gap, *below]
    found = [*sheet.iter_rows(min_row=2)]
    assert len(found) == len(rows), f"{len(found)} rows in the file, {len(rows)} on the page"
    return [
        f"{cell.coordinate}: {held.text!r} on the page, {held.read(cell)!r} in the file"
        for held_row, cells in zip(rows, found, strict=True)
        for held, cell in zip(held_row, cells, strict=True)
        if held.read(cell) != held.text
    ]


def read_by_people(told: Told) -> Iterator[str]:
    """Counts and percentages of a table as they read, row by row, totals last; no value is ""."""
    order, sums = _order(told), _sums(told)
    rows = [
        each
        for wanted in (False, True)
        for each, is_sum in zip(order, sums, strict=True)
        if is_sum is wanted
    ]
    for row in rows:
        for column in counted_or_shared(told):
            yield _dashless(column["texts"][row])


def counted_or_shared(told: Told) -> list[Told]:
    """The columns of counts and percentages: what spreadsheets write as the page does."""
    return [column for column in told["columns"] if column["unit"] in ("count", "percent")]


def _columns(told: Told, heads: list[str]) -> Iterator[list[Held]]:
    """The columns of the file: values, offsets and marks beside them, then their changes."""
    place, order = 0, _order(told)
    for column in told["columns"]:
        for part in filter(None, (column, column.get("changes"))):
            has_offset = heads[place + 1 : place + 2] == [OFFSET]
            reading = _reading(column, points=" pts" if part is column else "")
            if has_offset:
                reading = partial(_moment, any(":" in each for each in part["texts"]))
            yield [Held(_dashless(part["texts"][at]), reading) for at in order]
            if has_offset:
                yield [Held("" if at < told["totals"] else OFFSET, _offset) for at in order]
            has_marks = any(part.get("marks", []))
            if has_marks:
                yield [Held(part["marks"][at].rstrip(" ▲▼"), _text) for at in order]
            place += 1 + has_offset + has_marks
    assert place == len(heads), heads


def _reading(column: Told, points: str) -> Callable[[Cell], str]:
    return _text if column["isText"] else partial(_number, UNITS[column["unit"]], points)


def _number(unit: Unit, points: str, cell: Cell) -> str:
    """The number as the page writes it; what is of a wrong type or format, as it stands."""
    value, is_change = cell.value, cell.number_format.startswith(("+", '"±"'))
    if value is None:
        return ""
    if is_change and isinstance(value, int | float):
        return signed(value, unit, points=points)
    if cell.number_format != FORMATS[unit] or not isinstance(value, TYPES[unit]):
        return f"{value!r} as {cell.number_format}"
    if isinstance(value, timedelta):
        return value_text(value.total_seconds(), unit)
    return value_text(100 * value if unit is Unit.PERCENT else value, unit)


def _text(cell: Cell) -> str:
    assert cell.value is None or (cell.data_type, cell.number_format) == ("s", "@")
    return str(cell.value or "")


def _moment(is_timed: bool, cell: Cell) -> str:
    """A moment as the page names its bucket, with the time where any has one."""
    if not isinstance(cell.value, datetime):
        return _text(cell)
    assert cell.number_format == "yyyy-mm-dd hh:mm"
    day = f"{cell.value:%a} {cell.value.day} {cell.value:%b %Y}"
    return f"{day}, {cell.value:%H:%M}" if is_timed else day


def _offset(cell: Cell) -> str:
    return OFFSET if re.fullmatch(r"UTC[+-]\d\d:\d\d", str(cell.value)) else _text(cell)


def _dashless(text: str) -> str:
    return "" if text == NO_VALUE else text


def _order(told: Told) -> list[int]:
    """The rows as the page shows them: totals, then groups under their heads, some last."""
    many = len(told["columns"][0]["texts"])
    groups = told.get("groups", [*range(many)])
    lead = {group: row for row, group in reversed([*enumerate(groups)])}
    ends = set(told["ends"])

    def place(row: int) -> tuple[object, ...]:
        head = lead[groups[row]]
        return row >= told["totals"], head in ends, head, row != head, row in ends, row

    return sorted(range(many), key=place)


def _sums(told: Told) -> list[bool]:
    """Which rows, as the page shows them, sum up others."""
    strong = set(told.get("strong", []))
    return [row < told["totals"] or row in strong for row in _order(told)]
