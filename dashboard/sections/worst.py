"""The worst times: half-hours with most answered late or abandoned, and hours below target."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard.data import organization
from dashboard.data.view import View
from dashboard.drawing import charts
from dashboard.markdown import plain
from genesys.analytics.frames import END, START
from genesys.insights.drivers import group_name
from genesys.insights.hotspots import WeakHours, weak_hours, worst_buckets, worst_sentence
from genesys.insights.levels import LEVEL, weak_sentence
from genesys.kpis.catalogue import Unit
from genesys.kpis.parts import GROUP
from genesys.moments import span
from genesys.targets import Targets
from reports.begins import BEGINS, begun
from reports.charts import worst_chart
from reports.data import verdicts
from reports.data.figures import Figures, Rows
from reports.data.kept import kept
from reports.data.parts import buckets_of
from reports.table import Column, Table

MOST_WEAK: Final = 5
"""Those that lack most are shown."""

_HALF_HOUR: Final = timedelta(minutes=30)

_COLUMNS: Final = (
    BEGINS,
    Column("missed", "Answered late", Unit.COUNT, "Answered after the target time."),
    Column("abandoned", "Abandoned", Unit.COUNT),
    Column("trouble", "Both", Unit.COUNT, "Answered late or abandoned."),
    Column("share", "Share", Unit.PERCENT, "Of all that were answered late or abandoned."),
    Column("cumulative", "Share so far", Unit.PERCENT, "Of this row and all above it."),
)


def draw(view: View, fine: Rows) -> None:
    """How few buckets half of the trouble fell into, and which those are."""
    title = _title(fine)
    st.header(title)
    buckets = _buckets(fine)
    if not buckets["trouble"].sum():
        st.caption("No contact was answered late or abandoned.")
        return
    if said := worst_sentence(buckets, fine.zone):
        st.markdown(plain(said))
    alt = f"{title}, {span(view.figures.interval, fine.zone)}"
    charts.draw(view, _chart(fine), worst_table(fine), "worst", alt=alt)


def _title(fine: Rows) -> str:
    frame = fine.frame
    is_half = frame.empty or (frame[END] - frame[START]).max() <= _HALF_HOUR
    return "Worst half-hours" if is_half else "Worst hours"


@kept
def _buckets(fine: Rows) -> pd.DataFrame:
    return worst_buckets(buckets_of(fine), fine.zone)


@kept
def _chart(fine: Rows) -> go.Figure:
    return worst_chart(_buckets(fine), fine.zone)


@kept
def worst_table(fine: Rows) -> Table:
    """The buckets with trouble, the worst first."""
    buckets = _buckets(fine)
    rows = buckets[buckets["trouble"] > 0]
    return Table(_title(fine), _COLUMNS, begun(rows, fine.zone))


def draw_weak_hours(view: View, fine: Rows) -> None:
    """A sentence for each queue and media type with weak hours; nothing where no hours are weak."""
    found = _weak_hours(view.figures, fine, organization.targets())
    if not found:
        return
    st.header("Hours that miss their target")
    directory = view.figures.directory
    said = (
        weak_sentence(each, group_name(each.queue_id, each.media_type, directory))
        for each in found[:MOST_WEAK]
    )
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in said))
    if len(found) > MOST_WEAK:
        st.caption(f"The {MOST_WEAK} of {len(found):,} that lack most to their target.")


@kept
def _weak_hours(figures: Figures, fine: Rows, targets: Targets) -> tuple[WeakHours, ...]:
    statuses = verdicts.statuses(figures, GROUP, (LEVEL,), targets)
    return weak_hours(buckets_of(fine), statuses, fine.zone)
