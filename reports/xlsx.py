"""Workbooks: a sheet for each table, with the formats of the page, and one about them all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from io import BytesIO
from typing import Any, Final

import pandas as pd
from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from genesys.kpis.catalogue import Unit
from genesys.kpis.formats import MINUS, NO_CHANGE
from reports.table import Column, Table
from reports.theme import INKS

ABOUT: Final = "About"

SECONDS_A_DAY: Final = 86_400
"""A spreadsheet counts times in days."""

_TEXT: Final = "@"
_VALUES: Final[Mapping[Unit, str]] = {
    Unit.COUNT: "#,##0",
    Unit.PERCENT: '0.0" %"',
    Unit.SECONDS: "[h]:mm:ss",
}
_CHANGES: Final[Mapping[Unit, tuple[int, str]]] = {
    Unit.COUNT: (0, "#,##0"),
    Unit.PERCENT: (1, '0.0" pts"'),
    Unit.SECONDS: (1, '#,##0.0" s"'),
}
"""Decimals and format without a sign. Seconds, as no spreadsheet shows a time below zero."""

_MOST_IN_CELL: Final = 32_767
_MOST_IN_NAME: Final = 31
_MOST_IN_TITLE: Final = 255
_WIDEST: Final = 50
_BESIDE_DIGITS: Final = 8
"""The most that a format adds to the whole part of a number: sign, decimal and unit."""
_ARROW: Final = 4
"""How many characters a filter arrow takes beside a heading."""

_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_TAKEN: Final = frozenset({"history"})
"""Excel keeps this name to itself."""

_Look = Callable[..., Format]


def to_xlsx(tables: Sequence[Table]) -> bytes:
    """A workbook of the tables, and a last sheet with their notes and definitions.

    Headings are bold and stay in sight with the first column; each has a filter arrow.
    Percentages are from 0 to 100, times are spreadsheet times, changes of times seconds; no
    value is an empty cell. Text is never a formula nor a link.
    """
    names = sheet_names([*(table.title for table in tables), ABOUT])
    made = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(made, options) as book:
        look = _looks(book)
        for name, table in zip(names, tables, strict=False):
            _write_table(book.add_worksheet(name), table, look)
        _write_about(book.add_worksheet(names[-1]), dict(zip(names, tables, strict=False)), look)
        book.set_properties({"title": _cut(", ".join(names[:-1]), _MOST_IN_TITLE)})
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
    return _cut(base, _MOST_IN_NAME - len(ending)) + ending


def _looks(book: Workbook) -> _Look:
    """Each format once, as a workbook must not have too many."""

    @cache
    def look(number: str = _TEXT, ink: str = "", **more: object) -> Format:
        colour = {"font_color": ink} if ink else {}
        return book.add_format({"num_format": number, **colour, **more})

    return look


def _write_table(sheet: Worksheet, table: Table, look: _Look) -> None:
    written = table.written()
    inks = {mark: ink.paper for mark, ink in INKS.items()}
    for place, column in enumerate(table.in_file):
        _write_text(sheet, 0, place, column.label, look(bold=True))
        values = written[column.key]
        marked = zip(values, table.marks(column), strict=True)
        for row, (value, mark) in enumerate(marked, start=1):
            if pd.isna(value) or value == "":
                continue
            shown = partial(look, ink=inks.get(mark, ""), bold=row <= table.totals)
            if column.unit is None:
                _write_text(sheet, row, place, value, shown())
            elif column.is_change:
                sheet.write_number(row, place, value, shown(_change(value, column.unit)))
            else:
                scale = SECONDS_A_DAY if column.unit is Unit.SECONDS else 1
                sheet.write_number(row, place, value / scale, shown(_VALUES[column.unit]))
        sheet.set_column(place, place, _width(column, values))
    sheet.autofilter(0, 0, len(written), len(table.in_file) - 1)
    sheet.freeze_panes(1, 1)
    # A queue named 4711 is no mistake that needs a green corner.
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _change(value: float, unit: Unit) -> str:
    """The format of a change, signed as on the page, by whether it rounds to nothing."""
    decimals, number = _CHANGES[unit]
    none = f'"{NO_CHANGE}"'
    above, below = ("+", f'"{MINUS}"') if round(value, decimals) else (none, none)
    return f"{above}{number};{below}{number};{none}{number}"


def _width(column: Column, values: pd.Series[Any]) -> int:
    if column.unit is None:
        longest = max(map(len, values), default=0) + 2
    else:
        largest = max(values.dropna().abs(), default=0)
        longest = len(f"{largest:,.0f}") + _BESIDE_DIGITS
    return min(max(len(column.label) + _ARROW, longest), _WIDEST)


def _write_about(sheet: Worksheet, tables: Mapping[str, Table], look: _Look) -> None:
    """Each note and definition once, with the sheets it is about."""
    about: dict[tuple[str, str], list[str]] = {}
    for name, table in tables.items():
        for pair in dict.fromkeys((*table.notes, *table.definitions)):
            about.setdefault(pair, []).append(name)
    for place, heading in enumerate(("Name", "Text", "Sheets")):
        _write_text(sheet, 0, place, heading, look(bold=True))
    for row, ((name, text), sheets) in enumerate(about.items(), start=1):
        _write_text(sheet, row, 0, name, look(bold=True, valign="top"))
        _write_text(sheet, row, 1, text, look(text_wrap=True, valign="top"))
        where = "all" if len(sheets) == len(tables) else ", ".join(sheets)
        _write_text(sheet, row, 2, where, look(text_wrap=True, valign="top"))
    for place, width in enumerate((24, 100, 30)):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(1, 0)


def _write_text(sheet: Worksheet, row: int, place: int, text: str, shown: Format) -> None:
    """Text letter by letter: XlsxWriter copies what looks like its rich text as it stands."""
    rich = text.startswith("<r>") and text.endswith("</r>")
    sheet.write_string(row, place, _cut(f"{text} " if rich else text, _MOST_IN_CELL), shown)


def _cut(text: str, most: int) -> str:
    """The text in at most so many UTF-16 units, with an ellipsis where something is cut off."""
    units = text.encode("utf-16-le", "replace")
    if len(units) > 2 * most:
        return units[: 2 * (most - 1)].decode("utf-16-le", "ignore").rstrip("' ") + "…"
    return units.decode("utf-16-le")
