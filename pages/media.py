"""Media types: how contacts are spread over them, and how each of them went."""

from __future__ import annotations

import streamlit as st

from dashboard import components, fetching, filters, levels, media_table, messages, shares

view = fetching.fetched(filters.selection())
messages.head("Media types", view)
if view.frame.empty:
    messages.nothing(view)
    st.stop()

shares.draw(view)
media_table.draw(view)
levels.draw(view)
kpi = components.focus(view)
st.header(f"{kpi.label} by media type over time")
components.trend_by_media(view, kpi, apart=True)
