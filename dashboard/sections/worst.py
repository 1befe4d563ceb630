"""The half-hours in which most contacts were answered late or abandoned."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import pandas as pd
import streamlit as st

from dashboard.data import verdicts
from dashboard.data.view import View
from dashboard.drawing import tables
from dashboard.markdown import plain
from genesys.analytics.frames import END, START
from genesys.insights.hotspots import worst_buckets, worst_sentence
from genesys.kpis.catalogue import Unit
from genesys.words import bucket, span
from reports.charts import worst_chart
from reports.table import Column, Table

_HALF_HOUR: Final = timedelta(minutes=30)

_COLUMNS: Final = (
    Column("bucket", "Begins"),
    Column("missed", "Answered late", Unit.COUNT, "Answered after the target time."),
    Column("abandoned", "Abandoned", Unit.COUNT),
    Column("trouble", "Both", Unit.COUNT, "Answered late or abandoned."),
    Column("share", "Share", Unit.PERCENT, "Of all that were answered late or abandoned."),
    Column("cumulative", "Share so far", Unit.PERCENT, "Of this row and all above it."),
)


def draw(view: View, fine: pd.DataFrame) -> None:
    """How few buckets half of the trouble fell into, and which those are."""
    is_half = fine.empty or (fine[END] - fine[START]).max() <= _HALF_HOUR
    title = "Worst half-hours" if is_half else "Worst hours"
    st.header(title)
    buckets = verdicts.kept(view, lambda: worst_buckets(fine, view.zone), "worst")
    if not buckets["trouble"].sum():
        st.caption("No contact was answered late or abandoned.")
        return
    if said := worst_sentence(buckets, view.zone):
        st.markdown(plain(said))
    tables.chart(
        view,
        verdicts.kept(view, lambda: worst_chart(buckets, view.zone), "worst chart"),
        verdicts.kept(view, lambda: worst_table(view, title, buckets), "worst table"),
        "worst",
        alt=f"{title}, {span(view.interval, view.zone)}",
    )


def worst_table(view: View, title: str, buckets: pd.DataFrame) -> Table:
    """The buckets with trouble, the worst first."""
    rows = buckets[buckets["trouble"] > 0]
    names = [
        bucket(start, end - start, view.zone)
        for start, end in zip(rows[START], rows[END], strict=True)
    ]
    return Table(title, _COLUMNS, rows.assign(bucket=names))
