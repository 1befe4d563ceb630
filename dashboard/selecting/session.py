"""What a session and its URL hold: the applied selection, what is focused on, what is picked.

The URL holds the selection that is applied, so that a link shows what its sender sees.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.selecting.misread import (
    MOST_PICKED,
    PICK,
    division_ids,
    left_out,
    looked_up,
    misread,
)
from dashboard.selecting.page_words import SHOW
from dashboard.selecting.selection import PARAMETERS, Selection, from_params
from genesys.organization.directory import Directory

_APPLIED: Final = "applied selection"
_DRAWN: Final = "page begun"
_VIEW: Final = "view that is drawn"
_WHOLE: Final = "view that was drawn last"
_FETCHES: Final = "fetches of this run"
_FOCUS: Final = "focus"
_SHOWN: Final = "shown"
_STOPPED: Final = "stopped selection"


def selection() -> Selection:
    """The applied selection: the URL's, or the session's where a page is opened without one.

    Who comes back to an address without one sees what was there: the default.
    """
    params = {name: st.query_params.get_all(name) for name in PARAMETERS}
    if not any(params.values()) and _APPLIED in st.session_state and not _came_back():
        applied: Selection = st.session_state[_APPLIED]
        _write_url(applied)
        if SHOW not in st.query_params and (shown := st.session_state.get(_SHOWN)):
            st.query_params[SHOW] = shown
        return applied
    st.session_state[_APPLIED] = from_params(params)
    return from_params(params)


def look_up(directory: Directory, *, is_all: bool = True) -> tuple[tuple[str, ...], bool]:
    """Put ids for the names of queues and divisions in the address; what it says in vain.

    All else stays in the address until another selection is applied. Where the directory is not
    all that there is, the queues and divisions that it lacks leave the address; whether there
    were any is told besides.
    """
    for name, find in (
        ("queue", directory.find),
        (PICK, directory.find),
        ("division", partial(division_ids, directory=directory)),
    ):
        texts = st.query_params.get_all(name)
        if (ids := looked_up(filter(None, texts), find)) and ids != texts:
            st.query_params[name] = ids
    params = {name: st.query_params.get_all(name) for name in st.query_params}
    left, lacks = (params, False) if is_all else left_out(params, directory)
    for name, words in left.items():
        if words != params[name]:
            st.query_params[name] = words
    return misread(left, directory), lacks


def _came_back() -> bool:
    """Whether the browser's Back or Forward brought this run about."""
    run = get_script_run_ctx()
    return run is not None and run.is_history_navigation


def show(chosen: Selection) -> None:
    """Make this the applied selection."""
    st.session_state[_APPLIED] = chosen
    st.session_state.pop(_STOPPED, None)
    _write_url(chosen)


def _write_url(chosen: Selection) -> None:
    params = chosen.to_params()
    for name in PARAMETERS:
        if name in params:
            st.query_params[name] = params[name]
        elif name in st.query_params:
            del st.query_params[name]


def fetch_number() -> int:
    """The number of a fetch in this run of a page: each has a button of its own to stop it."""
    st.session_state[_FETCHES] = st.session_state.get(_FETCHES, 0) + 1
    return int(st.session_state[_FETCHES])


def stop(applied: Selection) -> None:
    """Fetch this selection no further until `go_on`, or until another one is applied."""
    st.session_state[_STOPPED] = applied


def go_on() -> None:
    """Fetch again."""
    st.session_state.pop(_STOPPED, None)


def is_stopped(applied: Selection) -> bool:
    """Whether somebody stopped fetching this selection."""
    return bool(st.session_state.get(_STOPPED) == applied)


def focus(label: str, choices: Sequence[str], usual: str, opening: str = "") -> str:
    """One of the choices, which a row of buttons chooses; it goes along from page to page.

    The URL holds it unless it is the usual one. A page that opens on another one by itself has
    an `opening`: there the URL holds whatever is chosen. It is no bound widget: links to another
    page could not name it then.
    """
    first = opening or usual
    named = st.query_params.get(SHOW, first)
    st.session_state[_FOCUS] = named if named in choices else first
    st.session_state[_SHOWN] = st.query_params.get(SHOW)
    st.segmented_control(
        label,
        choices,
        required=True,
        label_visibility="collapsed",
        key=_FOCUS,
        on_change=_show_choice,
        args=["" if opening else usual],
    )
    return str(st.session_state[_FOCUS])


def _show_choice(usual: str) -> None:
    chosen = st.session_state[_FOCUS]
    st.session_state[_SHOWN] = None if chosen == usual else chosen
    if chosen != usual:
        st.query_params[SHOW] = chosen
    elif SHOW in st.query_params:
        del st.query_params[SHOW]


def picked() -> tuple[str, ...]:
    """The ids of the queues that a page looks at among the selected ones."""
    return tuple(dict.fromkeys(filter(None, st.query_params.get_all(PICK))))[:MOST_PICKED]


def pick(queue_ids: Sequence[str]) -> None:
    """Look at these queues; none is all."""
    if queue_ids:
        st.query_params[PICK] = list(queue_ids)
    elif PICK in st.query_params:
        del st.query_params[PICK]


def is_new_view(page: str, chosen: Selection) -> bool:
    """Whether another view than this one was drawn last, as a whole."""
    st.session_state[_VIEW] = page, chosen, picked()
    return bool(st.session_state.get(_WHOLE) != st.session_state[_VIEW])


def end_draw() -> None:
    """The view has been drawn as a whole."""
    st.session_state[_WHOLE] = st.session_state.get(_VIEW)


def begin_draw() -> None:
    """A page begins to be drawn as a whole."""
    st.session_state[_DRAWN] = True
    st.session_state[_FETCHES] = 0


def is_first_draw() -> bool:
    """Whether the whole page is being drawn, and not a part of it alone."""
    return bool(st.session_state.pop(_DRAWN, False))
