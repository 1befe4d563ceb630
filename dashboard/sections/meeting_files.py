"""The files of a meeting: made when somebody asks for one, offered when it is whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import streamlit as st

from dashboard.data.view import View
from dashboard.drawing import addresses, messages
from dashboard.drawing.files import file
from dashboard.drawing.tables import download_name
from dashboard.drawing.turns import short_turns
from dashboard.sign_in.audit import Event
from reports.files import FILES, File, Source

_MADE: Final = "file of the meeting"
_WANTED: Final = "file that is wanted"

_ICONS: Final = {"deck": "slideshow", "page": "html", "pdf": "picture_as_pdf", "workbook": "table"}


@dataclass(frozen=True)
class Made:
    """A file that is whole, and what it was made of."""

    of: str
    name: str
    mime: str
    data: bytes


def draw(view: View, source: Source) -> None:
    """A button for each kind; below them the file that was made of just this."""
    st.header("Files")
    with st.container(horizontal=True, vertical_alignment="center", key="meeting-files"):
        for each in FILES:
            st.button(
                each.label,
                icon=f":material/{_ICONS.get(each.key, 'download')}:",
                key=f"make-{each.key}",
                on_click=partial(_want, each.key),
            )
    wanted = st.session_state.pop(_WANTED, None)
    with messages.told():
        _make([each for each in FILES if each.key == wanted], view, source)
    made: Made | None = st.session_state.get(_MADE)
    if made and made.of == _just_this(view):
        content = made.data
        st.download_button(
            f"Save {made.name} ({len(content) / 1e6:.1f} MB)",
            data=file(view, made.name, lambda: content, Event.MEETING),
            file_name=made.name,
            mime=made.mime,
            icon=":material/download:",
            type="primary",
            on_click="ignore",
            key="save-file",
        )


def _want(key: str) -> None:
    st.session_state[_WANTED] = key


def _make(wanted: Sequence[File], view: View, source: Source) -> None:
    """Make it and keep it; what was made before is gone, so that nothing old is taken for it."""
    for each in wanted:
        st.session_state.pop(_MADE, None)
        name = download_name(view, ["meeting"], each.form)
        with st.spinner(f"Making {name}"), short_turns():
            data = each.made(source)
        st.session_state[_MADE] = Made(_just_this(view), name, each.mime, data)


def _just_this(view: View) -> str:
    """What the address says, but for the scene that is seen, and as of when the values are."""
    said = {name: words for name, words in addresses.params().items() if name != "scene"}
    return repr((sorted(said.items()), view.figures.as_of))
