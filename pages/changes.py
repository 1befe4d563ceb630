"""What changed: a KPI against the comparison interval, what moved it, where the offered went."""

from __future__ import annotations

import streamlit as st

from dashboard import components, drivers, fetching, filters, messages, outcomes

view = fetching.fetched(filters.selection())
messages.head("What changed", view)
if view.frame.empty:
    messages.nothing(view)
    st.stop()

drivers.draw(view, components.focus(view))
outcomes.draw(view)
