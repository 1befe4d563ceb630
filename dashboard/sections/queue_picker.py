"""Which of the selected queues a page looks at."""

from __future__ import annotations

import zlib
from dataclasses import replace

import streamlit as st

from dashboard.data import verdicts
from dashboard.data.groups import OFFERED, figures
from dashboard.data.view import View
from dashboard.selecting import session
from dashboard.selecting.selection import Selection
from genesys.analytics.frames import NONE


def narrowed(selection: Selection, queue_ids: tuple[str, ...]) -> Selection:
    """The selection of these queues alone, however few contacts they have."""
    return replace(selection, queue_ids=queue_ids, find="", divisions=(), fewest=0)


def draw(view: View, picked: tuple[str, ...]) -> None:
    """The queues in view, a choice of others, and the way back to all of them."""
    choices = options(view, picked)
    mark = zlib.crc32(repr((view.selection, picked)).encode())
    key = f"picked-{mark:08x}"  # new for each choice that is applied, as those of the filters

    def apply() -> None:
        session.pick(st.session_state[key])

    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.multiselect(
            "Queues in view",
            list(choices),
            default=picked,
            format_func=choices.__getitem__,
            placeholder=f"All queues; choose up to {session.MOST_PICKED}",
            max_selections=session.MOST_PICKED,
            select_all=False,
            width=640,  # a phone shows it in a row of its own
            key=key,
            on_change="ignore",
        )
        st.button("Show", on_click=apply, key="show-picked")
        if picked:
            st.button(
                "All queues",
                icon=":material/arrow_back:",
                on_click=session.pick,
                args=[()],
                type="tertiary",
                key="all-queues",
            )


def options(view: View, picked: tuple[str, ...]) -> dict[str, str]:
    """The labels of the queues to choose from by id: most offered first, then by name."""

    def make() -> dict[str, str]:
        busy = figures(view, "Queues", ("queue_id",), (OFFERED,)).rows["queue_id"]
        listed = view.wanted if view.wanted is not None else frozenset(view.directory.queues)
        rest = sorted((*listed, *picked), key=lambda each: view.directory.label(each).casefold())
        ids = dict.fromkeys((*busy.astype(str), *rest))
        return {each: view.directory.label(each) for each in ids if each not in ("", NONE)}

    return verdicts.kept(view, make, "queue picker", picked)
