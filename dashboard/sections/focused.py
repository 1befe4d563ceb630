"""What the Overview shows of one KPI: another one draws this part anew, and nothing else."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.data import progress
from dashboard.data.view import View
from dashboard.drawing import messages
from dashboard.sections import kpi_row, matrix, trend
from dashboard.selecting import menu, session
from reports.data.kept import Key


@st.fragment
def draw(handed: list[View], drawn: Key, present: DeltaGenerator) -> None:
    """The row of KPIs, the matrix and the trend of the chosen one; Present leads to it.

    They are of the figures that are `drawn`: where there are others by now, the whole page is
    drawn anew. The view that is `handed` with the page is taken out of the list, so that no
    session holds figures of its own; with another KPI it is looked up again.
    """
    with messages.told():
        view = handed.pop() if handed else progress.fetched(session.selection())
        if view.figures.key != drawn:
            st.rerun()
        with st.container(key="overview-matrix"):
            kpi = kpi_row.focus(view)
            matrix.draw(view, kpi)
        with st.container(key="overview-trend"):
            st.header(course := f"{kpi.label} by media type over time")
            trend.by_media(view, kpi, course, apart=False)
        menu.present(view.selection, present)
