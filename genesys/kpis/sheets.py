"""Cells of a spreadsheet: each value as the type that spreadsheets reckon with, text as text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from io import BytesIO
from typing import Any, Final

import pandas as pd
from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from genesys.kpis.catalogue import Unit
from genesys.kpis.formats import MINUS, NO_CHANGE

SECONDS_A_DAY: Final = 86_400
"""A spreadsheet counts times in days."""

MOMENT: Final = "yyyy-mm-dd hh:mm"
TEXT: Final = "@"

_VALUES: Final = {
    Unit.COUNT: (1, "#,##0"),
    Unit.PERCENT: (100, "0.0%"),
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

_MOST_IN_CELL: Final = 32_767
_MOST_IN_HEADING: Final = 255

_FIRST_YEAR: Final = 1900
"""A spreadsheet counts days from here."""

Look = Callable[..., Format]
"""A format by its number's format, `ink` and properties such as `bold`."""


def new_book(made: BytesIO) -> Workbook:
    """A workbook in which no text is a formula nor a link."""
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    return Workbook(made, options)


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
        columns = [{"header": _in_xml(name)} for name in names.values()]
        style = {"style": "Table Style Light 1", "banded_rows": False}
        sheet.add_table(0, 0, rows, len(names) - 1, {"columns": columns, **style})
    for place, name in enumerate(names.values()):
        write_text(sheet, 0, place, name, look(bold=True))


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
