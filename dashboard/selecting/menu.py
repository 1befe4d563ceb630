"""The pages of the menu, and links to them that keep the selection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.selecting.page_words import SHOW
from dashboard.selecting.selection import Selection

ROOT: Final = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Entry:
    """A page: its file in pages/, which is its address too, its title, its icon and its place.

    Those without a `section` stand in the menu themselves; one `of_all` is for who sees all.
    """

    key: str
    title: str
    icon: str
    section: str = ""
    of_all: bool = False


BEHIND: Final = "Behind the figures"


ENTRIES: Final = (
    Entry("overview", "Overview", "space_dashboard"),
    Entry("queues", "Queues", "list_alt"),
    Entry("media", "Media types", "forum"),
    Entry("when", "When", "calendar_view_week"),
    Entry("changes", "What changed", "compare_arrows"),
    Entry("meeting", "Meeting", "co_present"),
    Entry("query", "Query", "data_object", BEHIND),
    Entry("connection", "Connection", "cable", BEHIND, of_all=True),
)
"""The first is the page that opens."""


def pages(*, sees_all: bool = True) -> Mapping[str, list[st.Page]]:
    """The pages by section, those of supervisors first; some are for who sees all divisions."""
    sections: dict[str, list[st.Page]] = {}
    for entry in ENTRIES:
        if entry.of_all and not sees_all:
            continue
        sections.setdefault(entry.section, []).append(page(entry.key))
    return sections


def page(key: str) -> st.Page:
    """A page as Streamlit knows it."""
    entry = next(each for each in ENTRIES if each.key == key)
    return st.Page(
        ROOT / "pages" / f"{entry.key}.py",
        title=entry.title,
        icon=f":material/{entry.icon}:",
        default=entry is ENTRIES[0],
    )


def address(selection: Selection, **more: str | Sequence[str]) -> Mapping[str, str | Sequence[str]]:
    """The parameters of a link to this selection, and more of them."""
    return {**selection.to_params(), **more}


def link(key: str, label: str, selection: Selection, **more: str | Sequence[str]) -> None:
    """Draw a link to a page that shows this selection."""
    st.page_link(
        page(key),
        label=label,
        icon=":material/arrow_forward:",
        icon_position="right",
        query_params=address(selection, **more),
        width="content",
    )


def present(chosen: Selection, place: DeltaGenerator | None = None) -> DeltaGenerator:
    """Draw a link that begins a meeting of the selection; `browser.js` follows it by key.

    Its place, in which it can be drawn anew when another KPI is chosen.
    """
    place = place or st.container(key="present", width="content").empty()
    focus = {SHOW: shown} if (shown := st.query_params.get(SHOW)) else {}
    with place:
        link("meeting", "Present", chosen, scene="1", **focus)
    return place
