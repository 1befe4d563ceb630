"""CSV files of tables: rows alone, for spreadsheets, and a name of their own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, Final
from zoneinfo import ZoneInfo

import pandas as pd

from genesys.intervals import Interval
from genesys.kpis.catalogue import Unit
from genesys.kpis.formats import DECIMALS
from genesys.safe_csv import COMMA, Dialect, lines
from reports.table import Column, Table

_UNITS: Final[Mapping[tuple[Unit | None, bool], str]] = {
    (Unit.SECONDS, False): " (s)",
    (Unit.SECONDS, True): " (s)",
    (Unit.PERCENT, True): " (pts)",
}
"""What a heading adds to its label, by unit and whether it is a change."""


def table_to_csv(table: Table, dialect: Dialect = COMMA) -> bytes:
    """A table as its page shows it, as `safe_csv.to_csv` writes it.

    Times are in seconds and percentages from 0 to 100; the headings name seconds and points.
    Numbers have as many decimals as their unit deserves, the workbook has them in full.
    """
    written = table.written()
    for column in table.in_file:
        if column.unit is not None:
            written[column.key] = _rounded(written[column.key], DECIMALS[column.unit])
    return lines(written, dialect, [*map(_heading, table.in_file)]).encode("utf-8-sig")


def _rounded(values: pd.Series[Any], decimals: int) -> pd.Series[Any]:
    """Exactly, as pandas' own rounding of large numbers is not."""
    return values.map(lambda each: round(each, decimals), na_action="ignore").astype(values.dtype)


def _heading(column: Column) -> str:
    return column.label + _UNITS.get((column.unit, column.is_change), "")


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
