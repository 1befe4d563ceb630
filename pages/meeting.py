"""Meeting: the scenes that are presented, in whose words, and their files."""

from __future__ import annotations

import streamlit as st

from dashboard.data import progress
from dashboard.drawing import head, messages
from dashboard.sections import kpi_row, meeting
from dashboard.selecting import session

view = progress.fetched(session.selection())
head.draw("Meeting", view)
if view.figures.frame.empty:
    messages.nothing(view.figures)
    st.stop()

meeting.draw(view, kpi_row.focus(view, "KPI of the matrix and the hours"))
