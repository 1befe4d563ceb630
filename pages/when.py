"""When: the hours of the week and of the day in which it goes badly."""

from __future__ import annotations

import streamlit as st

from dashboard.data import fetching, progress
from dashboard.drawing import head, messages
from dashboard.sections import day, kpi_row, queue_picker, week, worst
from dashboard.selecting import session
from genesys.kpis.applicability import time_words
from reports.data.parts import parts_of
from reports.sections.week import has_hours

selected = progress.fetched(session.selection())
head.draw("When", selected)
if selected.figures.frame.empty:
    messages.nothing(selected.figures)
    st.stop()

kpi = kpi_row.focus(selected)
view = progress.fetched(queue_picker.draw_one(selected))
if view.figures.frame.empty:
    messages.nothing(view.figures)
    st.stop()

if kpi.is_time and view.figures.frame["media_type"].nunique() > 1:
    st.caption(f"{time_words(parts_of(view.figures.now))}.")
fine = progress.more(view, fetching.half_hours)
if not has_hours(fine.frame):
    st.info("These figures come in steps longer than an hour. Choose a shorter period.")
    st.stop()
week.draw(view, kpi, fine)
worst.draw_weak_hours(view, fine)
worst.draw(view, fine)
day.draw(view, kpi, fine)
