"""Which queue and media type the page When looks at."""

from __future__ import annotations

import zlib
from dataclasses import replace
from typing import Final

import streamlit as st

from dashboard.data.groups import media_types
from dashboard.data.view import View
from dashboard.sections import queue_picker
from dashboard.selecting import session
from dashboard.selecting.selection import Selection
from genesys.analytics.frames import NONE

ALL_MEDIA: Final = "All"


def draw(view: View) -> Selection:
    """Draw the choice of a queue and of a media type; the selection of what is chosen.

    The queue is in the URL as the one that is picked; of several picked ones none is chosen.
    """
    queue_id, media = _queue(view), _media_type(view)
    chosen = view.selection
    if queue_id:
        chosen = queue_picker.narrowed(chosen, (queue_id,))
    return replace(chosen, media_types=(media,)) if media != ALL_MEDIA else chosen


def _queue(view: View) -> str:
    picked = session.picked() if len(session.picked()) == 1 else ()
    labels = {"": "All selected queues", **queue_picker.options(view, picked)}
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
    medias = media_types(view)
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
