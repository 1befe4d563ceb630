"""Connection: whose figures these are, what the client may read, and what to do if it fails."""

from __future__ import annotations

import streamlit as st

from dashboard.sections import connection
from dashboard.selecting import menu, session

with st.container(horizontal=True, vertical_alignment="center"):
    st.title("Connection", width="stretch")
    menu.present(session.selection())
connection.draw()
