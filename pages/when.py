"""When: the hours of the week and of the day in which it goes badly."""

from __future__ import annotations

import streamlit as st

from dashboard.data import fetching, progress
from dashboard.drawing import messages
from dashboard.sections import day, kpi_row, queue_picker, week, worst
from dashboard.selecting import session
from genesys.kpis.applicability import time_words

selected = progress.fetched(session.selection())
messages.head("When", selected)
if selected.frame.empty:
    messages.nothing(selected)
    st.stop()

kpi = kpi_row.focus(selected)
view = progress.fetched(queue_picker.draw_one(selected))
if view.frame.empty:
    messages.nothing(view)
    st.stop()

if kpi.is_time and view.frame["media_type"].nunique() > 1:
    st.caption(f"{time_words(view.frame)}.")
fine = progress.more(view, lambda on_progress: fetching.half_hours(view, on_progress))
if not week.has_hours(fine):
    st.info("These figures come in steps longer than an hour. Choose a shorter period.")
    st.stop()
week.draw(view, kpi, fine)
worst.draw_weak_hours(view, fine)
worst.draw(view, fine)
day.draw(view, kpi)
