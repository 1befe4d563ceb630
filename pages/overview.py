"""Overview: how the selection went, which queue and media type hurt, and since when."""

from __future__ import annotations

import streamlit as st

from dashboard.data import progress
from dashboard.drawing import head, messages
from dashboard.sections import kpi_row, matrix, queues_by_media, talking_points, trend
from dashboard.selecting import session

view = progress.fetched(session.selection())
head.draw("Overview", view)
if view.figures.frame.empty:
    messages.nothing(view.figures)
    st.stop()

kpi_row.draw(view)
with st.container(key="overview"):
    with st.container(key="overview-points"):
        talking_points.draw(view)
        kpi_row.basis(view)
    with st.container(key="overview-matrix"):
        kpi = kpi_row.focus(view)
        matrix.draw(view, kpi)
    with st.container(key="overview-trend"):
        st.header(course := f"{kpi.label} by media type over time")
        trend.by_media(view, kpi, course, apart=False)
queues_by_media.draw(view)
