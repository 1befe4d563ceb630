"""Overview: how the selection went, which queue and media type hurt, and since when."""

from __future__ import annotations

import streamlit as st

from dashboard import components, fetching, filters, matrix, messages, pairs, points

view = fetching.fetched(filters.selection())
messages.head("Overview", view)
if view.frame.empty:
    messages.nothing(view)
    st.stop()

points.draw(view)
components.kpi_row(view)
components.basis(view)
kpi = components.focus(view)
matrix.draw(view, kpi)
st.header(f"{kpi.label} by media type over time")
components.trend_by_media(view, kpi)
pairs.draw(view)
