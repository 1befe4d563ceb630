"""The hours of the week on a page: a KPI as a heat map, with the table behind it."""

from __future__ import annotations

import streamlit as st

from dashboard.data import organization
from dashboard.data.view import View
from dashboard.drawing import charts
from genesys.day_clock import twice_words
from genesys.insights.hotspots import FEWEST_DAYS
from genesys.intervals import bucket_edges
from genesys.kpis.catalogue import Kpi
from genesys.moments import span
from reports.data.figures import Rows
from reports.sections.week import chart, week_of, week_table


def draw(view: View, kpi: Kpi, fine: Rows, height: int | None = None) -> None:
    """The heat map of the view's half-hours or hours, of its own height or of this one."""
    figures = view.figures
    title = f"{kpi.label} by weekday and hour"
    st.header(title)
    if len(bucket_edges(figures.interval, "P1D", figures.zone)) <= FEWEST_DAYS:
        st.caption(f"Choose a period of {FEWEST_DAYS} days or more to compare weekdays.")
        return
    begins = figures.source.week_begins
    week = week_of(fine, kpi, begins)
    if week["value"].isna().all():
        st.caption(f"{kpi.label} has no value here.")
        return
    is_dark, durations = st.context.theme.type == "dark", view.selection.durations
    targets = organization.targets()
    drawn = chart(fine, kpi, targets, begins, dark=is_dark, durations=durations)
    light = chart(fine, kpi, targets, begins, dark=False, durations=durations) if is_dark else drawn
    alt = f"{title}, {span(figures.interval, figures.zone)}"
    twice = twice_words(figures.interval, figures.zone)
    table = week_table(title, kpi, week, twice)
    charts.draw(view, drawn, table, "week", alt=alt, light=light, height=height, caption=twice)
