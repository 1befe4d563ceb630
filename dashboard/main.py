"""The frame around every page: page config, menu, filters, and one place for errors."""

from __future__ import annotations

import gc
import logging
import sys
from contextlib import ExitStack
from typing import Final

import streamlit as st

from dashboard.data import fetching, organization, progress
from dashboard.drawing import messages
from dashboard.selecting import account, menu, session, sidebar
from dashboard.sign_in import present

CONNECTION: Final = "connection"  # it tells what is wrong where nothing can be asked for
OBJECTS_IN_A_RUN: Final = 50_000  # no docstring: Streamlit would write it on the page


@st.cache_resource(show_spinner=False)
def freeze_imports() -> None:
    """Leave what the imports made out of every later garbage collection.

    Streamlit collects in full after each run; without the imports that takes half the time. In
    a run Python does so every few thousand objects, as if none had been found garbage before.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_IN_A_RUN)


@st.cache_resource(show_spinner=False)
def log_requests() -> None:
    """Let every request to Genesys Cloud be a line on stderr, as on the command line."""
    handler = logging.StreamHandler(sys.__stderr__)
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    log = logging.getLogger("genesys")
    log.addHandler(handler)
    log.setLevel(logging.INFO)


freeze_imports()
log_requests()

st.set_page_config(
    page_title="Genesys Cloud figures",
    page_icon=str(menu.ROOT / "dashboard" / "icon.png"),
    layout="wide",
)
organization.begin(fetching.now)
with messages.told(), ExitStack() as waiting:
    who = present.present()
    page = st.navigation(menu.pages(sees_all=who.scope.is_all), position="top")
    messages.readable_pills()
    session.begin_draw()
    waiting.enter_context(progress.patience())
    if page.url_path != CONNECTION:
        in_vain, left_out = session.look_up(organization.directory(), is_all=who.scope.is_all)
        messages.misread(in_vain, left_out=left_out)
    chosen = session.selection()
    if page.url_path != CONNECTION:
        usual, zone = (organization.source(each).zone for each in ("", chosen.zone))
        today = fetching.now().astimezone(zone).date()
        sidebar.draw(chosen, organization.directory(), today, usual.key)
        account.draw(who, organization.sight().words)
    mark = messages.mark_view(is_new=session.is_new_view(page.url_path, chosen))
    with messages.told():
        page.run()
    mark.empty()
session.end_draw()
