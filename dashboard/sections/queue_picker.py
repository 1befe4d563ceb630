"""Which of the selected queues a page looks at: several, or one and a media type."""

from __future__ import annotations

import zlib
from dataclasses import replace
from typing import Final

import streamlit as st

from dashboard.data import organization
from dashboard.data.view import View
from dashboard.selecting import session
from dashboard.selecting.misread import MOST_PICKED
from dashboard.selecting.page_words import ALL_MEDIA
from dashboard.selecting.selection import Selection
from genesys.analytics.frames import NONE
from genesys.targets import Targets
from reports.data.figures import Figures
from reports.data.groups import OFFERED, listed, media_types, values_of
from reports.data.kept import kept

_ROW: Final = 640


def narrowed(selection: Selection, queue_ids: tuple[str, ...]) -> Selection:
    """The selection of these queues alone, however few contacts they have."""
    return replace(selection, queue_ids=queue_ids, find="", divisions=(), fewest=0)


def draw(view: View, picked: tuple[str, ...], width: int = _ROW) -> None:
    """The queues in view, a choice of others, and the way back to all of them.

    `width`, in pixels, is that of the field; one below that of a row has no label to be seen.
    """
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
            placeholder=f"All queues; choose up to {MOST_PICKED}",
            max_selections=MOST_PICKED,
            select_all=False,
            width=width,  # a phone shows it in a row of its own
            label_visibility="visible" if width == _ROW else "collapsed",
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
    """The labels of the queues to choose from by id in the order of tables, then by name."""
    chosen, targets = view.selection, organization.targets()
    return _options(view.figures, picked, targets, blended=chosen.blended, fewest=chosen.fewest)


@kept
def _options(
    figures: Figures, picked: tuple[str, ...], targets: Targets, *, blended: bool, fewest: int
) -> dict[str, str]:
    by = ("queue_id",)
    table = values_of(figures, "Queues", by, (OFFERED,), targets, blended=blended, fewest=fewest)
    label = figures.directory.label
    rest = sorted((*listed(figures), *picked), key=lambda each: label(each).casefold())
    ids = dict.fromkeys((*table.rows["queue_id"].astype(str), *rest))
    return {each: label(each) for each in ids if each not in ("", NONE)}


def draw_one(view: View) -> Selection:
    """Draw the choice of a queue and of a media type; the selection of what is chosen.

    The queue is in the URL as the one that is picked; of several picked ones none is chosen.
    """
    queue_id, media = _one_queue(view), _media_type(view)
    chosen = view.selection
    if queue_id:
        chosen = narrowed(chosen, (queue_id,))
    return replace(chosen, media_types=(media,)) if media != ALL_MEDIA else chosen


def _one_queue(view: View) -> str:
    picked = session.picked() if len(session.picked()) == 1 else ()
    labels = {"": "All selected queues", **options(view, picked)}
    if len(labels) == 2 and not picked:
        return ""
    mark = zlib.crc32(repr((view.selection, picked)).encode())
    key = f"queue-of-when-{mark:08x}"  # new for each queue in the URL, so that it is the default

    def pick() -> None:
        session.pick([st.session_state[key]] if st.session_state[key] else [])

    return st.selectbox(
        "Queue",
        list(labels),
        index=list(labels).index(picked[0]) if picked and picked[0] != NONE else 0,
        format_func=labels.__getitem__,
        key=key,
        on_change=pick,
        width=320,
    )


def _media_type(view: View) -> str:
    medias = media_types(view.figures)
    if len(medias) < 2:
        return ALL_MEDIA
    chosen = st.segmented_control(
        "Media type",
        [ALL_MEDIA, *medias],
        default=ALL_MEDIA,
        required=True,
        key="type",
        bind="query-params",
    )
    return chosen if chosen in medias else ALL_MEDIA
