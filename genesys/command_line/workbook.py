"""A report as a workbook: one sheet, which is one table with typed cells."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from typing import Final

import pandas as pd

from genesys.kpis.catalogue import KPI_BY_KEY, Unit
from genesys.kpis.formats import DECIMALS
from genesys.kpis.sheets import (
    heading,
    looks,
    make_table,
    new_book,
    new_sheet,
    require_room,
    write_value,
)
from genesys.wall_clock import beside

_SHEET: Final = "Report"
_WIDEST: Final = 50
_NARROWEST: Final = 12


def to_workbook(table: pd.DataFrame) -> bytes:
    """The report with the keys that programs read as headings, in full precision.

    Raises QueryError where it has more rows than a sheet.
    """
    require_room(_SHEET, len(table))
    made = BytesIO()
    spread = beside(table)
    kinds = [kind_of(str(name)) for name in spread]
    heads = [
        heading(str(name), unit, is_change=is_change)
        for name, (unit, is_change) in zip(spread, kinds, strict=True)
    ]
    with new_book(made, spread.size) as book:
        look, sheet = looks(book), new_sheet(book, _SHEET, spread.size)
        for place, (name, (unit, _)) in enumerate(zip(spread, kinds, strict=True)):
            longest = max(map(len, spread[name].astype(str)), default=0) if unit is None else 0
            width = min(max(longest, len(heads[place]) + 4, _NARROWEST), _WIDEST)
            sheet.set_column(place, place, width)
        make_table(sheet, heads, len(spread), look)
        columns = [spread[name].tolist() for name in spread]
        for row, cells in enumerate(zip(*columns, strict=True), start=1):
            for place, (value, (unit, is_change)) in enumerate(zip(cells, kinds, strict=True)):
                write_value(sheet, row, place, value, unit, look, is_change=is_change)
        sheet.freeze_panes(1, 0)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    return made.getvalue()


def rounded(table: pd.DataFrame) -> pd.DataFrame:
    """The report with as many decimals of each KPI as a file for spreadsheets has."""
    decimals = {name: DECIMALS[unit] for name in table if (unit := kind_of(str(name))[0])}
    return table.assign(
        **{
            str(name): table[name].map(partial(round, ndigits=digits), na_action="ignore")
            for name, digits in decimals.items()
            if table[name].dtype == "Float64" or table[name].dtype == "float64"
        }
    )


def kind_of(name: str) -> tuple[Unit | None, bool]:
    """The unit of a report's column, and whether it is a change; names and words have none."""
    if kpi := KPI_BY_KEY.get(name):
        return kpi.unit, False
    stem, _, word = name.rpartition("_")
    kpi = KPI_BY_KEY.get(stem)
    if kpi is None or word not in ("earlier", "delta", "target"):
        return None, False
    return kpi.unit, word == "delta"
