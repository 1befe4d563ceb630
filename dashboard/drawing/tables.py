"""Drawing tables, with their files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any, Final, Literal

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from dashboard.data.view import View
from dashboard.drawing.cells import styled
from dashboard.drawing.notes import notes
from dashboard.markdown import plain
from genesys.kpis.catalogue import Unit
from genesys.kpis.formats import NO_VALUE
from genesys.safe_csv import COMMA, SEMICOLON
from genesys.words import counted
from reports.csv import file_name, table_to_csv
from reports.table import Column, Table
from reports.xlsx import to_xlsx

# Each queue of the largest organizations with every KPI; pandas allows a quarter of that.
pd.set_option("styler.render.max_elements", 1_000_000)

MOST_ROWS: Final = 50
"""More rows are shown when asked for."""

WIDTHS: Final[Mapping[Unit | None, int]] = {
    None: 84,
    Unit.COUNT: 64,
    Unit.PERCENT: 78,
    Unit.SECONDS: 86,
}
"""Least widths in pixels."""

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw(
    view: View,
    table: Table,
    key: str,
    *,
    bars: Sequence[str] = (),
    pinned: str = "",
    widths: Mapping[str, int] | None = None,
    alt: str = "",
    on_cell: Callable[[pd.Series[Any], str], None] | None = None,
) -> None:
    """A table as people read it, its first rows unless all are asked for.

    `bars` are columns drawn as bars. `on_cell` takes the row and the column key of a cell that
    somebody chooses.
    """
    length = len(table.rows) - table.totals
    everything = length <= MOST_ROWS or st.toggle(f"Show all {length:,} rows", key=f"{key}-all")
    shown = table if everything else first_rows(table)
    rows = shown.rows
    on_select: Literal["rerun", "ignore"] = "rerun" if on_cell else "ignore"
    chosen: Any = st.dataframe(
        styled(shown, view.selection.durations),
        hide_index=True,
        height="content" if len(rows) < 17 else 640,
        column_order=[column.key for column in table.columns],
        column_config={
            column.key: _bar(column, rows.iloc[table.totals :], widths)
            if column.key in bars
            else _column(column, widths, is_pinned=column.key == pinned)
            for column in table.columns
        },
        placeholder=NO_VALUE,
        key=key,
        alt=alt or table.title,
        on_select=on_select,
        selection_mode="single-cell",
    )
    if not everything:
        st.caption(f"The first {MOST_ROWS} of {length:,} rows; totals and files have them all.")
    if on_cell and (cells := _newly_chosen(chosen["selection"]["cells"], key)):
        at, name = cells[0]
        if at < len(rows):
            on_cell(rows.iloc[at], str(name))


def _newly_chosen(cells: list[tuple[int, str]], key: str) -> list[tuple[int, str]]:
    """The cells if somebody has just chosen them; they stay chosen when other rows are shown."""
    before = st.session_state.get(f"{key}-chosen", [])
    st.session_state[f"{key}-chosen"] = cells
    return cells if cells != before else []


@lru_cache(maxsize=32)
def first_rows(table: Table) -> Table:
    """The totals and the first rows, the same table each time, since its cells are kept."""
    return replace(table, rows=table.rows.head(MOST_ROWS + table.totals))


def _width(column: Column, widths: Mapping[str, int] | None) -> int:
    """Wide enough for the label, and for figures that stand far below: an e-mail waits days."""
    least = max(18 + round(6.6 * len(column.label)), WIDTHS[column.unit])
    return (widths or {}).get(column.key, least)


def _column(column: Column, widths: Mapping[str, int] | None, *, is_pinned: bool) -> ColumnConfig:
    kind = st.column_config.TextColumn if column.unit is None else st.column_config.NumberColumn
    return kind(
        column.label,
        pinned=is_pinned,
        width=_width(column, widths),
        help=plain(column.help) or None,
    )


def _bar(column: Column, rows: pd.DataFrame, widths: Mapping[str, int] | None) -> ColumnConfig:
    top = float(pd.to_numeric(rows[column.key]).max())
    is_rate = column.unit is Unit.PERCENT
    return st.column_config.ProgressColumn(
        column.label,
        width=_width(column, widths),
        help=plain(column.help) or None,
        min_value=0,
        max_value=100 if is_rate else top if top > 0 else 1,
        format="%.1f %%" if is_rate else "localized",
        color="gray",
    )


def downloads(view: View, tables: Sequence[Table], key: str, words: Sequence[str] = ()) -> None:
    """The files of what is shown: CSV of the first table, a workbook of all."""
    first = tables[0]

    def noted() -> list[Table]:
        return [replace(table, notes=notes(view)) for table in tables]

    def name(ending: str) -> str:
        return download_name(view, words or [first.title], ending)

    with st.popover("Download", icon=":material/download:", key=f"{key}-files"):
        for dialect in (COMMA, SEMICOLON):
            st.download_button(
                dialect.label,
                data=partial(lambda dialect: table_to_csv(noted()[0], dialect), dialect),
                file_name=name("csv"),
                mime="text/csv",
                on_click="ignore",
                key=f"{key}-{dialect.label}",
                type="tertiary",
            )
        st.download_button(
            "Excel workbook",
            data=lambda: to_xlsx(noted()),
            file_name=name("xlsx"),
            mime=XLSX,
            on_click="ignore",
            key=f"{key}-xlsx",
            type="tertiary",
        )


def download_name(view: View, words: Sequence[str], ending: str) -> str:
    """The name of a file of this view: organization, days, filters and the words."""
    chosen, figures = view.selection, view.figures
    filters = [*words, *chosen.media_types]
    if figures.wanted is not None:
        filters.append(counted(len(figures.wanted), "queue").replace(",", ""))
    return file_name(figures.source.organization, figures.interval, figures.zone, filters, ending)
