"""The table of queues by media type, and its files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from dashboard.cells import (
    CHANGES_LEGEND,
    VALUES_LEGEND,
    changes,
    largest_first,
    styled,
    values,
)
from dashboard.data import View
from dashboard.selection import Selection
from genesys.applicability import TRANSFERS_HELP
from genesys.figures import NO_VALUE
from genesys.kpis import Kpi, Unit
from genesys.report import report
from genesys.rollup import GROUP
from reports.csv import COMMA, SEMICOLON, Dialect, file_name, to_csv

# Each queue of the largest organizations with every KPI; pandas allows a quarter of that.
pd.set_option("styler.render.max_elements", 1_000_000)

MOST_ROWS: Final = 200
WIDTHS: Final = {Unit.COUNT: 64, Unit.PERCENT: 78, Unit.SECONDS: 86}
"""Least widths in pixels."""

VALUES: Final = "Values"
CHANGES: Final = "Changes"


def queues_by_media(view: View, chosen: Selection) -> None:
    """Queue x media type with the chosen KPIs under a total row, their changes, and the CSV."""
    kpis = chosen.kpi_rows()
    tidy = report(view.frame, view.interval, view.zone, view.directory, GROUP, kpis)
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.header("Queues by media type")
        with st.container(horizontal=True, width="content"):
            shown_as = st.segmented_control(
                "Show in the table",
                [VALUES, CHANGES],
                default=VALUES,
                required=True,
                label_visibility="collapsed",
                key="cells",
                bind="query-params",
            )
            for dialect in (COMMA, SEMICOLON):
                _download(view, chosen, tidy, dialect)
    rows = changes(view, kpis) if shown_as == CHANGES else values(view, kpis)
    total = rows.head(1)
    rows = largest_first(rows.iloc[1:])
    everything = len(rows) <= MOST_ROWS or st.toggle(f"Show all {len(rows):,} rows", key="all-rows")
    cells = pd.concat([total, rows if everything else rows.head(MOST_ROWS)], ignore_index=True)
    st.dataframe(
        styled(cells, kpis, as_changes=shown_as == CHANGES),
        hide_index=True,
        height="content" if len(cells) < 17 else 640,
        column_order=["queue_name", "media_type", *(kpi.key for kpi in kpis), "division"],
        column_config={
            "queue_name": st.column_config.TextColumn("Queue", pinned=True, width=190),
            "media_type": st.column_config.TextColumn("Media type", width=84),
            "division": st.column_config.TextColumn("Division", width=124),
        }
        | {kpi.key: _number_column(kpi) for kpi in kpis},
        placeholder=NO_VALUE,
        key="queues",
        alt="Figures of each queue and media type, the total first",
    )
    st.caption(CHANGES_LEGEND if shown_as == CHANGES else VALUES_LEGEND)
    if not everything:
        st.caption(
            f"The {MOST_ROWS} rows with most offered of {len(rows):,}; the total has them all."
        )


def _number_column(kpi: Kpi) -> ColumnConfig:
    """Wide enough for the label, and for figures that stand far below: an e-mail waits days."""
    width = max(18 + round(6.6 * len(kpi.label)), WIDTHS[kpi.unit])
    return st.column_config.NumberColumn(
        kpi.label, help=f"{kpi.help} {TRANSFERS_HELP}", width=width
    )


def _download(view: View, chosen: Selection, tidy: pd.DataFrame, dialect: Dialect) -> None:
    filters_in_name = [*chosen.media_types]
    if chosen.queue_ids or chosen.find:
        filters_in_name.append(f"{view.frame['queue_id'].nunique()} queues")
    st.download_button(
        dialect.label,
        data=lambda: to_csv(tidy, dialect),
        file_name=download_name(view, filters_in_name, "csv"),
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"csv-{dialect.label}",
    )


def download_name(view: View, words: Sequence[str], ending: str) -> str:
    """The name of a file of this view: organization, days, and the words."""
    return file_name(view.source.organization, view.interval, view.zone, words, ending)
