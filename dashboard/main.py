"""The frame around every page: page config, menu, filters, and one place for errors."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard import data, filters, messages, organization
from dashboard.process import freeze_imports, log_requests
from genesys.errors import GenesysError

ROOT = Path(__file__).resolve().parent.parent

freeze_imports()
log_requests()

st.set_page_config(
    page_title="Genesys Cloud figures",
    page_icon=str(ROOT / "dashboard" / "icon.png"),
    layout="wide",
)
page = st.navigation(
    [
        st.Page(
            ROOT / "pages" / "overview.py",
            title="Overview",
            icon=":material/space_dashboard:",
            default=True,
        )
    ]
)
messages.readable_pills()
organization.begin(data.now)
try:
    source = organization.source()
    filters.sidebar(
        filters.selection(), organization.directory(), data.now().astimezone(source.zone).date()
    )
    page.run()
except GenesysError as error:
    messages.show_error(error)
