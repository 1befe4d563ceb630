"""What changed: a KPI against the comparison interval, what moved it, where the offered went."""

from __future__ import annotations

import streamlit as st

from dashboard.data import progress
from dashboard.drawing import head, messages
from dashboard.sections import drivers, kpi_row, outcomes
from dashboard.selecting import session
from reports.data import verdicts

view = progress.fetched(session.selection())
head.draw("What changed", view)
if view.figures.frame.empty:
    messages.nothing(view.figures)
    st.stop()

opening = verdicts.worst_turn(view.figures, view.selection.kpi_rows())
drivers.draw(view, kpi_row.focus(view, opening=opening))
outcomes.draw(view)
