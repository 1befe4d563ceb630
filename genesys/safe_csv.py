"""CSV that a spreadsheet opens without running anything: for the pages and the command line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from genesys.wall_clock import beside


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


def to_csv(table: pd.DataFrame, dialect: Dialect = COMMA) -> bytes:
    """The table as UTF-8 with a byte-order mark, in full precision, no value an empty cell.

    Moments are local text such as 2026-10-25 02:30:00, the offset in a column beside. A text
    that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    spread = beside(table)
    return lines(spread, dialect, [*map(str, spread.columns)]).encode("utf-8-sig")


def lines(table: pd.DataFrame, dialect: Dialect, headings: Sequence[str] = ()) -> str:
    """The rows, under the headings if there are any."""
    text = table.select_dtypes(["str", "category"]).columns
    shown = table.assign(
        **{
            name: table[name].astype(str).str.replace(_FORMULA, _apostrophe, regex=True)
            for name in text
        }
    )
    return shown.to_csv(
        index=False,
        header=[*map(harmless, headings)] or False,
        sep=dialect.separator,
        decimal=dialect.decimal,
        date_format="%Y-%m-%d %H:%M:%S",
        lineterminator="\r\n",
    )


def harmless(text: str) -> str:
    """A text with an apostrophe in front where a spreadsheet would run it as a formula."""
    return _FORMULA.sub(_apostrophe, text)


def _apostrophe(match: re.Match[str]) -> str:
    return f"'{match[0]}"
