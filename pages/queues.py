"""Queues: all of them in a table, one in a view of its own, or a few side by side."""

from __future__ import annotations

import streamlit as st

from dashboard import markdown
from dashboard.data import progress
from dashboard.drawing import head, messages
from dashboard.sections import queue_list, queue_picker, queue_view, side_by_side
from dashboard.selecting import session

view = progress.fetched(session.selection())
picked = session.picked()
seen = progress.fetched(queue_picker.narrowed(view.selection, picked)) if picked else view
one = len(picked) == 1
head.draw(markdown.plain(view.figures.directory.label(picked[0])) if one else "Queues", seen)
if not one or seen.figures.frame.empty:
    queue_picker.draw(view, picked)
if seen.figures.frame.empty:
    messages.nothing(seen.figures)
    st.stop()

if not picked:
    queue_list.draw(view)
elif one:
    queue_view.draw(view, seen)
else:
    side_by_side.draw(view, seen)
