"""Media types: how contacts are spread over them, and how each of them went."""

from __future__ import annotations

import streamlit as st

from dashboard.data import progress
from dashboard.drawing import head, messages
from dashboard.sections import kpi_row, media_shares, media_table, service_levels, trend
from dashboard.selecting import session

view = progress.fetched(session.selection())
head.draw("Media types", view)
if view.figures.frame.empty:
    messages.nothing(view.figures)
    st.stop()

media_shares.draw(view)
media_table.draw(view)
service_levels.draw(view)
kpi = kpi_row.focus(view)
st.header(course := f"{kpi.label} by media type over time")
trend.by_media(view, kpi, course, apart=True)
