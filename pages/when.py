"""When: the hours of the week and of the day in which it goes badly."""

from __future__ import annotations

import streamlit as st

from dashboard import (
    components,
    data,
    day,
    fetching,
    filters,
    messages,
    weak,
    week,
    when_picker,
    worst,
)
from genesys.applicability import time_words

selected = fetching.fetched(filters.selection())
messages.head("When", selected)
if selected.frame.empty:
    messages.nothing(selected)
    st.stop()

kpi = components.focus(selected)
view = fetching.fetched(when_picker.draw(selected))
if view.frame.empty:
    messages.nothing(view)
    st.stop()

if kpi.is_time and view.frame["media_type"].nunique() > 1:
    st.caption(f"{time_words(view.frame)}.")
fine = fetching.more(view, lambda on_progress: data.half_hours(view, on_progress))
if not week.has_hours(fine):
    st.info("These figures come in steps longer than an hour. Choose a shorter period.")
    st.stop()
week.draw(view, kpi, fine)
weak.draw(view, fine)
worst.draw(view, fine)
day.draw(view, kpi)
