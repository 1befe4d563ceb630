"""Overview: how the selection went, which queue and media type hurt, and since when."""

from __future__ import annotations

import streamlit as st

from dashboard.data import progress
from dashboard.drawing import head, messages
from dashboard.sections import focused, kpi_row, queues_by_media, talking_points
from dashboard.selecting import session

view = progress.fetched(session.selection())
place = head.draw("Overview", view)
if view.figures.frame.empty:
    messages.nothing(view.figures)
    st.stop()

kpi_row.draw(view)
with st.container(key="overview"):
    with st.container(key="overview-points"):
        talking_points.draw(view)
        kpi_row.basis(view)
    focused.draw([view], view.figures.key, place)
queues_by_media.draw(view)
