"""Workbooks: a sheet for each table, with the formats of the page, and one about them all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, partial
from io import BytesIO
from textwrap import wrap
from typing import Any, Final

import pandas as pd
from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from genesys.kpis.sheets import (
    Look,
    cut,
    heading,
    looks,
    make_table,
    new_book,
    new_sheet,
    require_room,
    write_text,
    write_value,
)
from reports.table import Column, Table
from reports.theme import INKS

ABOUT: Final = "About"

_MOST_IN_NAME: Final = 31
_MOST_IN_TITLE: Final = 255
_WIDEST: Final = 50
_BESIDE_TEXT: Final = 2
_BESIDE_DIGITS: Final = 8
"""The most that a format adds to the whole part of a number: sign, decimal and unit."""
_ARROW: Final = 4
"""How many characters a filter arrow takes beside a heading."""
_MOMENT: Final = 18
_LINE: Final = 15.0
_HIGHEST: Final = 409.0
"""In points, of a line and of the highest row that a spreadsheet has."""
_A4: Final = 9
_BETWEEN: Final = 2
"""From the last row of a table to the first of its totals: one row is empty."""

_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_TAKEN: Final = frozenset({"history"})
"""Excel keeps this name to itself."""


def to_xlsx(tables: Sequence[Table]) -> bytes:
    """A workbook of the tables, and a last sheet with their notes and definitions.

    Headings are bold and stay in sight with the first column. Rows are a table to filter and
    to pivot; totals, and rows that sum up others, stand below it, so that nothing counts twice.
    Moments are local with their offset beside, percentages and times a spreadsheet's own,
    changes points and seconds; no value is an empty cell. Text is never a formula nor a link.
    Raises QueryError where a table has more rows than a sheet.
    """
    names = sheet_names([*(table.title for table in tables), ABOUT])
    made = BytesIO()
    with new_book(made, most_cells(tables)) as book:
        look = looks(book)
        for name, table in zip(names, tables, strict=False):
            write_table(book, name, table, look)
        write_about(book, names[-1], dict(zip(names, tables, strict=False)), look)
        book.set_properties({"title": cut(", ".join(names[:-1]), _MOST_IN_TITLE)})
    return made.getvalue()


def sheet_names(titles: Iterable[str]) -> list[str]:
    """A name for each sheet that spreadsheets allow; no two are alike, whatever their case."""
    names: list[str] = []
    taken = set(_TAKEN)
    for title in titles:
        base = " ".join(_NOT_IN_NAMES.sub(" ", title).split()).strip("' ") or "Table"
        name, number = _sheet_name(base), 1
        while name.casefold() in taken:
            number += 1
            name = _sheet_name(base, f" ({number})")
        taken.add(name.casefold())
        names.append(name)
    return names


def _sheet_name(base: str, ending: str = "") -> str:
    return cut(base, _MOST_IN_NAME - len(ending)) + ending


def most_cells(tables: Iterable[Table]) -> int:
    """How many cells the largest of the tables has; raises QueryError for one beyond a sheet."""
    tables = [*tables]
    for table in tables:
        require_room(table.title, len(table.rows))
    return max((len(each.rows) * len(each.in_file) for each in tables), default=0)


def write_table(book: Workbook, name: str, table: Table, look: Look) -> Worksheet:
    """A table on a sheet of its own, row by row, as `to_xlsx` has it."""
    written, sums = table.written(), _sums(table)
    sheet = new_sheet(book, name, written.size)
    labels = [heading(each.label, each.unit, is_change=each.is_change) for each in table.in_file]
    make_table(sheet, labels, len(sums) - sum(sums), look)
    shown = cache(partial(_shown, look))
    columns = []
    for place, column in enumerate(table.in_file):
        values = written[column.key]
        width, wraps = _width(column, labels[place], values)
        sheet.set_column(place, place, width)
        columns.append((column, values.tolist(), table.marks(column).tolist(), wraps))
    for row, at in sorted(zip(_rows(sums), range(len(sums)), strict=True)):
        lines = max((_lines(cells[at]) for _, cells, _, wraps in columns if wraps), default=1)
        if lines > 1:
            sheet.set_row(row, min(lines * _LINE, _HIGHEST))
        for place, (column, cells, marks, wraps) in enumerate(columns):
            looks_so = shown(marks[at], is_sum=sums[at], wraps=wraps and lines > 1)
            write_value(
                sheet, row, place, cells[at], column.unit, looks_so, is_change=column.is_change
            )
    sheet.freeze_panes(1, 1)
    _lay_out(sheet)
    # A queue named 4711 is no mistake that needs a green corner.
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    return sheet


def _lay_out(sheet: Worksheet) -> None:
    """For paper: across, all columns on one page, the headings on each."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _lines(cell: object) -> int:
    """How many lines a cell takes: several where its text is wider than the column."""
    is_long = isinstance(cell, str) and len(cell) > _WIDEST
    return len(wrap(str(cell), _WIDEST)) if is_long else 1


def _shown(look: Look, mark: str, *, is_sum: bool, wraps: bool) -> Look:
    """The look of a cell with this mark."""
    more: dict[str, object] = {"bold": True} if is_sum else {}
    more |= {"text_wrap": True, "valign": "top"} if wraps else {}
    return cache(partial(look, **colours_of(mark), **more))


def _sums(table: Table) -> list[bool]:
    """Which rows add others up: totals, and those that lead a group."""
    leads = [False] * len(table.rows)
    if table.groups() is not None:
        leads = table.rows["strong"].fillna(False).astype(bool).tolist()
    return [place < table.totals or lead for place, lead in enumerate(leads)]


def _rows(sums: Sequence[bool]) -> list[int]:
    """The row of the sheet for each row: sums stand below all others, after an empty row."""
    below, above = len(sums) - sum(sums) + _BETWEEN, 1
    if below == _BETWEEN:
        below = 1
    found = []
    for is_sum in sums:
        found.append(below if is_sum else above)
        below, above = below + is_sum, above + (not is_sum)
    return found


def colours_of(mark: str) -> dict[str, str]:
    """As on a light page."""
    ink = INKS.get(mark)
    if ink is None:
        return {}
    return {"ink": ink.paper, "fill": ink.light} if ink.fills else {"ink": ink.paper}


def _width(column: Column, label: str, values: pd.Series[Any]) -> tuple[int, bool]:
    """The width of a column, and whether some of its texts go over several lines."""
    if column.moment:
        longest = _MOMENT
    elif column.unit is None:
        longest = max(map(len, values), default=0) + _BESIDE_TEXT
    else:
        largest = max(values.dropna().abs(), default=0)
        longest = len(f"{largest:,.0f}") + _BESIDE_DIGITS
    return min(max(len(label) + _ARROW, longest), _WIDEST), longest > _WIDEST + _BESIDE_TEXT


def write_about(
    book: Workbook,
    title: str,
    tables: Mapping[str, Table],
    look: Look,
    notes: Iterable[tuple[str, str]] = (),
) -> None:
    """Each note and definition once, with the sheets it is about; `notes` are about all."""
    sheet = new_sheet(book, title)
    about: dict[tuple[str, str], list[str]] = {pair: [*tables] for pair in notes}
    for name, table in tables.items():
        for pair in dict.fromkeys((*table.notes, *table.definitions)):
            if name not in (sheets := about.setdefault(pair, [])):
                sheets.append(name)
    for place, label in enumerate(("Name", "Text", "Sheets")):
        write_text(sheet, 0, place, label, look(bold=True))
    for row, ((name, text), sheets) in enumerate(about.items(), start=1):
        write_text(sheet, row, 0, name, look(bold=True, valign="top"))
        write_text(sheet, row, 1, text, look(text_wrap=True, valign="top"))
        where = "all" if len(sheets) == len(tables) else ", ".join(sheets)
        write_text(sheet, row, 2, where, look(text_wrap=True, valign="top"))
    for place, width in enumerate((24, 100, 30)):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(1, 0)
