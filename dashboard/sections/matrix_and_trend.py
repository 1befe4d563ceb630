"""One KPI by queue and media type and over time, which a row of buttons chooses."""

from __future__ import annotations

import streamlit as st

from dashboard.data.view import View
from dashboard.drawing import messages
from dashboard.sections import kpi_row, matrix, trend


@st.fragment
def draw(view: View) -> None:
    """Another KPI draws both anew, and nothing else of the page."""
    with messages.told():
        with st.container(key="overview-matrix"):
            kpi = kpi_row.focus(view)
            matrix.draw(view, kpi)
        with st.container(key="overview-trend"):
            st.header(course := f"{kpi.label} by media type over time")
            trend.by_media(view, kpi, course, apart=False)
