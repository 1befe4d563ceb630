"""The table of queues by media type, and its files."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Final

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler
from streamlit.elements.lib.column_types import ColumnConfig

from dashboard.data import View
from dashboard.selection import Selection
from genesys.figures import NO_VALUE, figure
from genesys.kpis import KPI_BY_KEY, Kpi
from genesys.report import report
from genesys.rollup import GROUP, rollup
from reports.csv import COMMA, SEMICOLON, Dialect, file_name, to_csv

# Each queue of the largest organizations with every KPI; pandas allows a quarter of that.
pd.set_option("styler.render.max_elements", 1_000_000)

MOST_ROWS: Final = 200
TIME_WIDTH: Final = 80
COUNT_WIDTH: Final = 64
"""Least widths in pixels."""


def queues_by_media(view: View, chosen: Selection) -> None:
    """Queue x media type with the chosen KPIs under a total row, and its CSV."""
    kpis = chosen.kpi_rows()
    tidy = report(view.frame, view.interval, view.zone, view.directory, GROUP, kpis)
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.header("Queues by media type")
        with st.container(horizontal=True, width="content"):
            for dialect in (COMMA, SEMICOLON):
                _download(view, chosen, tidy, dialect)
    rows = _largest_first(view, tidy)
    everything = len(rows) <= MOST_ROWS or st.toggle(f"Show all {len(rows):,} rows", key="all-rows")
    shown = rows if everything else rows.head(MOST_ROWS)
    total = rollup(view.frame, [], kpis)
    st.dataframe(
        _styled(_with_total(shown, total, kpis), kpis),
        hide_index=True,
        height="content" if len(shown) < 16 else 640,
        column_config={
            "queue_name": st.column_config.TextColumn("Queue", pinned=True, width=200),
            "media_type": st.column_config.TextColumn("Media type", width=84),
            "division": st.column_config.TextColumn("Division", width=124),
        }
        | {kpi.key: _number_column(kpi) for kpi in kpis},
        placeholder=NO_VALUE,
        key="queues",
        alt="Figures of each queue and media type, the total first",
    )
    if not everything:
        st.caption(
            f"The {MOST_ROWS} rows with most offered of {len(rows):,}; the total has them all."
        )


def _number_column(kpi: Kpi) -> ColumnConfig:
    """Wide enough for the label, and for figures that stand far below: an e-mail waits days."""
    width = max(18 + round(6.6 * len(kpi.label)), TIME_WIDTH if kpi.is_time else COUNT_WIDTH)
    return st.column_config.NumberColumn(kpi.label, help=kpi.help, width=width)


def _largest_first(view: View, tidy: pd.DataFrame) -> pd.DataFrame:
    """The rows by offered, work without a queue at the end."""
    offered = rollup(view.frame, GROUP, [KPI_BY_KEY["offered"]]).set_index(list(GROUP))["offered"]
    keys = pd.MultiIndex.from_frame(tidy[list(GROUP)])
    impact = pd.Series(offered.reindex(keys).to_numpy(), index=tidy.index, dtype="Float64")
    order = impact.fillna(-1).sort_values(ascending=False, kind="stable").index
    return tidy.loc[order].reset_index(drop=True)


def _with_total(rows: pd.DataFrame, total: pd.DataFrame, kpis: Sequence[Kpi]) -> pd.DataFrame:
    head = pd.DataFrame({"queue_name": ["Total"], "division": [""], "media_type": [""]})
    columns = ["queue_name", "media_type", *(kpi.key for kpi in kpis), "division"]
    return pd.concat([head.join(total), rows], ignore_index=True)[columns]


def _styled(rows: pd.DataFrame, kpis: Sequence[Kpi]) -> Styler:
    """The cells as people read them; sorting goes by the numbers beneath."""
    style = rows.style.set_properties(subset=pd.IndexSlice[0, :], **{"font-weight": "bold"})
    for kpi in kpis:
        style = style.format(
            functools.partial(figure, unit=kpi.unit), subset=[kpi.key], na_rep=NO_VALUE
        )
    return style


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
