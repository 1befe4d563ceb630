"""Overview: how the selection went, by media type over time, and by queue and media type."""

from __future__ import annotations

import streamlit as st

from dashboard import components, fetching, filters, messages, tables

chosen = filters.selection()

st.title("Overview")
view = fetching.fetched(chosen)
messages.summary(view, chosen)
messages.quiet_line(view)

if view.frame.empty:
    messages.nothing(view)
    st.stop()

components.kpi_row(view)
components.basis(view)
components.trend_by_media(view)
tables.queues_by_media(view, chosen)
