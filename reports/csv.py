"""CSV files: one writer for the pages and the command line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd

from genesys.intervals import Interval
from genesys.kpis.catalogue import Unit
from reports.table import Column, Table


@dataclass(frozen=True)
class Dialect:
    """How a spreadsheet's country writes lists and decimals."""

    label: str
    separator: str
    decimal: str


COMMA: Final = Dialect("CSV", ",", ".")
SEMICOLON: Final = Dialect("CSV, semicolon", ";", ",")

_FORMULA: Final = re.compile(r"^([\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20])")
"""Tabs and line ends as such; signs of either width, also behind blanks that are trimmed."""

_UNITS: Final[Mapping[tuple[Unit | None, bool], str]] = {
    (Unit.SECONDS, False): " (s)",
    (Unit.SECONDS, True): " (s)",
    (Unit.PERCENT, True): " (pts)",
}
"""What a heading adds to its label, by unit and whether it is a change."""


def to_csv(table: pd.DataFrame, dialect: Dialect = COMMA) -> bytes:
    """The table as UTF-8 with a byte-order mark, in full precision, no value an empty cell.

    A text that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    return _lines(table, dialect, [*map(str, table.columns)]).encode("utf-8-sig")


def table_to_csv(table: Table, dialect: Dialect = COMMA) -> bytes:
    """A table as its page shows it, an empty line, then its title, notes and definitions.

    As `to_csv` writes it. Times are in seconds and percentages from 0 to 100; the headings
    name seconds and points.
    """
    about = pd.DataFrame(
        [("Table", table.title), *table.notes, *table.definitions],
        columns=["name", "text"],
        dtype=str,
    )
    written = _lines(table.written(), dialect, [*map(_heading, table.in_file)])
    return f"{written}\r\n{_lines(about, dialect)}".encode("utf-8-sig")


def _heading(column: Column) -> str:
    return column.label + _UNITS.get((column.unit, column.is_change), "")


def _lines(table: pd.DataFrame, dialect: Dialect, headings: Sequence[str] = ()) -> str:
    """The rows, under the headings if there are any."""
    text = table.select_dtypes(["str", "category"]).columns
    harmless = table.assign(
        **{
            name: table[name].astype(str).str.replace(_FORMULA, _apostrophe, regex=True)
            for name in text
        }
    )
    return harmless.to_csv(
        index=False,
        header=[_FORMULA.sub(_apostrophe, heading) for heading in headings] or False,
        sep=dialect.separator,
        decimal=dialect.decimal,
        lineterminator="\r\n",
    )


def _apostrophe(match: re.Match[str]) -> str:
    return f"'{match[0]}"


def file_name(
    organization: str, interval: Interval, zone: ZoneInfo, filters: Iterable[str], ending: str
) -> str:
    """A name that says whose figures, of which local days, under which filters."""
    last = (interval.end - _MOMENT).astimezone(zone)
    days = (interval.start.astimezone(zone).date(), last.date())
    words = [organization, *(day.isoformat() for day in dict.fromkeys(days)), *filters]
    return f"{'_'.join(filter(None, map(_slug, words)))}.{ending}"


_MOMENT: Final = pd.Timedelta(microseconds=1).to_pytimedelta()


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:60]
