"""The worst times: half-hours with most answered late or abandoned, and hours below target."""

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
from genesys.insights.drivers import group_name
from genesys.insights.hotspots import WeakHours, weak_hours, worst_buckets, worst_sentence
from genesys.kpis.catalogue import KPI_BY_KEY, Unit
from genesys.kpis.formats import figure
from genesys.kpis.rollup import GROUP
from genesys.moments import bucket, clock, span
from genesys.organization.directory import Directory
from reports.charts import worst_chart
from reports.table import Column, Table

MOST_WEAK: Final = 5
"""Those that lack most are shown."""

LEVEL: Final = KPI_BY_KEY["service_level_pct"]

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


def draw_weak_hours(view: View, fine: pd.DataFrame) -> None:
    """A sentence for each queue and media type with weak hours; nothing where no hours are weak."""
    found = verdicts.kept(view, lambda: _weak_hours(view, fine), "weak hours")
    if not found:
        return
    st.header("Hours that miss their target")
    st.markdown(
        "\n".join(f"- {plain(weak_sentence(each, view.directory))}" for each in found[:MOST_WEAK])
    )
    if len(found) > MOST_WEAK:
        st.caption(f"The {MOST_WEAK} of {len(found):,} that lack most to their target.")


def weak_sentence(weak: WeakHours, directory: Directory) -> str:
    """Weak hours in words."""
    inside, elsewhere, target = (
        figure(each, Unit.PERCENT) for each in (weak.value, weak.elsewhere, weak.target)
    )
    return (
        f"{group_name(weak.queue_id, weak.media_type, directory)} misses its target of {target}"
        f" from {clock(weak.first_hour)} to {clock(weak.end_hour)}"
        f" on {weak.missed} of {weak.days} days:"
        f" {inside} of {weak.n:,} in time, against {elsewhere} of {weak.n_elsewhere:,} in all"
        " other hours."
    )


def _weak_hours(view: View, fine: pd.DataFrame) -> tuple[WeakHours, ...]:
    marks = verdicts.groups(view, GROUP, (LEVEL,)).marks
    return weak_hours(fine, marks, view.zone)
