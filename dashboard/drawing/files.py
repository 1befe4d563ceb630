"""What is taken away is answered for: files, made when somebody asks for one, and meetings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from dashboard.data.view import View
from dashboard.drawing.turns import short_turns
from dashboard.sign_in import present
from dashboard.sign_in.audit import Event
from dashboard.sign_in.present import Present

_MEETING: Final = "meeting in the audit"


def file(
    view: View, name: str, make: Callable[[], bytes], event: Event = Event.EXPORT
) -> Callable[[], bytes]:
    """What makes a file of a view for the person who looks, whenever they ask for it."""
    who = present.present()

    def made() -> bytes:
        with present.carried(who), short_turns():
            content = make()
        _audit(event, who, view, file=name)
        return content

    return made


def note_meeting(view: View) -> None:
    """A line in the audit for a meeting that is ready to be presented; one for each view."""
    who = present.present()
    of = who.scope, view.selection
    if st.session_state.get(_MEETING) != of:
        st.session_state[_MEETING] = of
        _audit(Event.MEETING, who, view)


def _audit(event: Event, who: Present, view: View, **facts: str) -> None:
    seen = view.figures.sight.division_ids
    divisions = "all" if seen is None else sorted(seen)
    present.audit(event, who, **facts, divisions=divisions, selection=view.selection.to_params())
