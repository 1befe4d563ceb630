"""Cells of a spreadsheet: each value as the type that spreadsheets reckon with, text as text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import Any, Final

import pandas as pd
from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_range  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from genesys.errors import QueryError
from genesys.kpis.catalogue import Unit
from genesys.kpis.formats import MINUS, NO_CHANGE

SECONDS_A_DAY: Final = 86_400
"""A spreadsheet counts times in days."""

MOMENT: Final = "yyyy-mm-dd hh:mm"
TEXT: Final = "@"

_VALUES: Final = {
    Unit.COUNT: (1, "#,##0"),
    Unit.PERCENT: (Unit.PERCENT.scaled(1), "0.0%"),
    Unit.SECONDS: (SECONDS_A_DAY, "[h]:mm:ss"),
}
"""What a value is divided by, and its format."""

_CHANGES: Final = {
    Unit.COUNT: (0, "#,##0"),
    Unit.PERCENT: (1, '0.0" pts"'),
    Unit.SECONDS: (1, '#,##0.0" s"'),
}
"""Decimals and format without a sign. Seconds, as no spreadsheet shows a time below zero."""

_HEADS: Final[Mapping[tuple[Unit | None, bool], str]] = {
    (Unit.SECONDS, False): " (h:mm:ss)",
    (Unit.SECONDS, True): " (s)",
    (Unit.PERCENT, True): " (pts)",
}
"""What a heading adds to its label, by unit and whether it is a change."""

MOST_HELD: Final = 300_000
"""Cells of a sheet that may be in memory; one takes 200 bytes."""

MOST_ROWS: Final = 1_048_575
"""Below the headings: a spreadsheet has no more."""

_MOST_IN_CELL: Final = 32_767
_MOST_IN_HEADING: Final = 255

_FIRST_YEAR: Final = 1900
"""A spreadsheet counts days from here."""

Look = Callable[..., Format]
"""A format by its number's format, `ink` and properties such as `bold`."""


@contextmanager
def new_book(made: BytesIO, cells: int = 0) -> Iterator[Workbook]:
    """A workbook in which no text is a formula nor a link; its largest sheet has so many cells."""
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    if cells <= MOST_HELD:
        with Workbook(made, options | {"in_memory": True}) as book:
            yield book
        return
    with (
        TemporaryDirectory(prefix="workbook-") as folder,
        Workbook(made, options | {"tmpdir": folder}) as book,
    ):
        yield book


def new_sheet(book: Workbook, name: str, cells: int = 0) -> Worksheet:
    """A sheet; one of very many cells takes them row by row and keeps none of them in memory."""
    book.constant_memory = cells > MOST_HELD
    sheet = book.add_worksheet(name)
    book.constant_memory = False
    return sheet


def require_room(title: str, rows: int) -> None:
    """Raise QueryError where a table has more rows than a sheet."""
    if rows > MOST_ROWS:
        raise QueryError(
            f"A sheet holds {MOST_ROWS:,} rows, and “{title}” has {rows:,}.",
            "Write CSV or Parquet, as python -m genesys report --output figures.parquet does,"
            " or choose fewer days, fewer queues or longer buckets.",
        )


def looks(book: Workbook) -> Look:
    """Each format once, as a workbook must not have too many."""

    @cache
    def look(number: str = TEXT, ink: str = "", fill: str = "", **more: object) -> Format:
        colours = {"font_color": ink, "bg_color": fill}
        named = {name: colour for name, colour in colours.items() if colour}
        return book.add_format({"num_format": number, **named, **more})

    return look


def heading(label: str, unit: Unit | None, *, is_change: bool = False) -> str:
    """A label with the unit of the cells below it."""
    return label + _HEADS.get((unit, is_change), "")


def write_value(
    sheet: Worksheet,
    row: int,
    place: int,
    value: Any,
    unit: Unit | None,
    look: Look,
    *,
    is_change: bool = False,
) -> None:
    """A value in the unit of its KPI, a moment without an offset, or text; nothing where missing.

    Percentages become spreadsheet percentages and seconds spreadsheet times; changes stay
    percentage points and seconds.
    """
    if pd.isna(value) or value == "":
        return
    if isinstance(value, datetime) and value.year >= _FIRST_YEAR:
        sheet.write_datetime(row, place, value, look(MOMENT))
    elif unit is None:
        write_text(sheet, row, place, str(value), look())
    elif is_change:
        sheet.write_number(row, place, value, look(_change(value, unit)))
    else:
        scale, number = _VALUES[unit]
        sheet.write_number(row, place, value / scale if scale > 1 else value, look(number))


def _change(value: float, unit: Unit) -> str:
    """The format of a change, signed as on the page, by whether it rounds to nothing."""
    decimals, number = _CHANGES[unit]
    none = f'"{NO_CHANGE}"'
    above, below = ("+", f'"{MINUS}"') if round(value, decimals) else (none, none)
    return f"{above}{number};{below}{number};{none}{number}"


def write_text(sheet: Worksheet, row: int, place: int, text: str, shown: Format) -> None:
    """Text letter by letter: XlsxWriter copies what looks like its rich text as it stands."""
    rich = text.startswith("<r>") and text.endswith("</r>")
    sheet.write_string(row, place, cut(f"{text} " if rich else text, _MOST_IN_CELL), shown)


def make_table(sheet: Worksheet, headings: Sequence[str], rows: int, look: Look) -> None:
    """A table of the first row's headings and the rows below: to filter, and to pivot by name."""
    names: dict[str, str] = {}
    for label in headings:
        name, number = cut(label or "Column", _MOST_IN_HEADING), 1
        while name.casefold() in names:
            number += 1
            ending = f" ({number})"
            name = cut(label or "Column", _MOST_IN_HEADING - len(ending)) + ending
        names[name.casefold()] = name
    if rows:
        _add_table(sheet, [*map(_in_xml, names.values())], rows)
    for place, name in enumerate(names.values()):
        write_text(sheet, 0, place, name, look(bold=True))


def _add_table(sheet: Worksheet, headings: Sequence[str], rows: int) -> None:
    """XlsxWriter would list every cell, and take none of a sheet that it writes row by row.

    So it is told of the first row alone, then of the range.
    """
    columns = [{"header": heading} for heading in headings]
    style = {"style": "Table Style Light 1", "banded_rows": False}
    row_by_row, sheet.constant_memory = sheet.constant_memory, False
    sheet.add_table(0, 0, 1, len(headings) - 1, {"columns": columns, **style})
    sheet.constant_memory = row_by_row
    whole = xl_range(0, 0, rows, len(headings) - 1)
    sheet.tables[-1] |= {"range": whole, "a_range": whole, "autofilter": whole}


def _in_xml(text: str) -> str:
    """Characters that XML lacks, in the way of Excel, which names columns by their headings."""
    escaped = "".join(f"_x{ord(each):04X}_" if _is_odd(each) else each for each in text)
    return escaped or "Column"


def _is_odd(letter: str) -> bool:
    return (letter < " " and letter != "\t") or letter in "\ufffe\uffff"


def cut(text: str, most: int) -> str:
    """The text in at most so many UTF-16 units, with an ellipsis where something is cut off."""
    units = text.encode("utf-16-le", "replace")
    if len(units) > 2 * most:
        return units[: 2 * (most - 1)].decode("utf-16-le", "ignore").rstrip("' ") + "…"
    return units.decode("utf-16-le")
