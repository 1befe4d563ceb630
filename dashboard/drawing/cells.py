"""Cells of tables: how they read, and in which ink."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Any, Final, Self

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from genesys.insights.comparison import Verdict
from genesys.kpis.catalogue import Unit
from genesys.kpis.formats import FEW_WORDS, NO_VALUE, Durations, signed, value_text
from genesys.targets import Status
from reports.table import Column, Table
from reports.theme import INKS, STATUS_SIGNS, TURN_SIGNS

SIGNS: Final[Mapping[str, str]] = {**STATUS_SIGNS, **TURN_SIGNS}

VALUES_LEGEND: Final = (
    f"{STATUS_SIGNS[Status.MET]} target met · {STATUS_SIGNS[Status.NEAR]} near"
    f" · {STATUS_SIGNS[Status.MISSED]} missed"
    f" · {STATUS_SIGNS[Status.FEW]} {FEW_WORDS}, so not judged"
)
CHANGES_LEGEND: Final = (
    f"{TURN_SIGNS[Verdict.BETTER]} better · {TURN_SIGNS[Verdict.WORSE]} worse,"
    " by the direction that is good for the KPI; unmarked changes are neither;"
    " of percentages in points"
)


class Cell(float):
    """A number that reads as it is shown; tables sort by the number."""

    text: str

    def __new__(cls, value: float, text: str) -> Self:
        cell = super().__new__(cls, value)
        cell.text = text
        return cell

    def __str__(self) -> str:
        return self.text


def styled(table: Table, durations: Durations = Durations.SHORT) -> Styler:
    """The table's rows as people read them.

    The mark of a value is a sign and an ink; a change stands in the cell of its value. Totals
    are bold, and rows that are `strong`.
    """
    frame, css = _written(table, durations, st.context.theme.type or "light")
    numeric: list[Hashable] = [column.key for column in table.columns if column.unit]
    return frame.style.format(str, subset=numeric).apply(lambda _: css, axis=None)


@lru_cache(maxsize=32)
def _written(table: Table, durations: Durations, theme: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The cells and their styles; a table is never changed, so one is written once."""
    rows = table.rows
    inks = {mark: ink.style(theme) for mark, ink in INKS.items()}
    cells: dict[str, Any] = {}
    css: dict[str, list[str]] = {}
    for column in table.columns:
        css[column.key] = [""] * len(rows)
        if column.unit is None:
            cells[column.key] = rows[column.key]
            continue
        texts = _with_changes(table, column, durations)
        numbers = rows[column.key].astype("float64")
        cells[column.key] = pd.Series(
            [Cell(value, text) for value, text in zip(numbers, texts, strict=True)],
            rows.index,
            dtype=object,
        )
        css[column.key] = [inks.get(mark, "") for mark in table.marks(column)]
    styles = pd.DataFrame(css, index=rows.index)
    strong = pd.Series(range(len(rows)), rows.index) < table.totals
    if "strong" in rows:
        strong |= rows["strong"]
    styles[strong] += ";font-weight:bold"
    return pd.DataFrame(cells, index=rows.index), styles


def _with_changes(table: Table, column: Column, durations: Durations) -> list[str]:
    """The values in words, behind each its change if there is one."""
    texts = _texts(table, column, durations)
    if column.change is None:
        return texts
    changes = _texts(table, column.change, durations, points="")
    return [
        f"{text}   {change}" if change != NO_VALUE else text
        for text, change in zip(texts, changes, strict=True)
    ]


def _texts(table: Table, column: Column, durations: Durations, points: str = " pts") -> list[str]:
    unit = column.unit or Unit.COUNT
    texts = []
    for value, mark in zip(table.rows[column.key].tolist(), table.marks(column), strict=True):
        if column.is_change:
            text = signed(value, unit, durations, points=points)
        else:
            text = value_text(value, unit, durations)
        texts.append(f"{text} {SIGNS.get(mark, '')}".rstrip())
    return texts
