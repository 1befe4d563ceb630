"""The worst times on a page: half-hours with most trouble, and hours below target."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard.data import organization
from dashboard.data.view import View
from dashboard.drawing import charts
from dashboard.markdown import plain
from genesys.insights.drivers import group_name
from genesys.insights.hotspots import worst_sentence
from genesys.insights.levels import weak_sentence
from genesys.moments import span
from reports.data.figures import Rows
from reports.sections.worst import chart, title_of, weak_hours_of, worst_of, worst_table

MOST_WEAK: Final = 5
"""Those that lack most are shown."""


def draw(view: View, fine: Rows) -> None:
    """How few buckets half of the trouble fell into, and which those are."""
    title = title_of(fine)
    st.header(title)
    buckets = worst_of(fine)
    if not buckets["trouble"].sum():
        st.caption("No contact was answered late or abandoned.")
        return
    if said := worst_sentence(buckets, fine.zone):
        st.markdown(plain(said))
    alt = f"{title}, {span(view.figures.interval, fine.zone)}"
    charts.draw(view, chart(fine), worst_table(fine), "worst", alt=alt)


def draw_weak_hours(view: View, fine: Rows) -> None:
    """A sentence for each queue and media type with weak hours; nothing where no hours are weak."""
    found = weak_hours_of(view.figures, fine, organization.targets())
    if not found:
        return
    st.header("Hours that miss their target")
    directory = view.figures.directory
    said = (
        weak_sentence(each, group_name(each.queue_id, each.media_type, directory))
        for each in found[:MOST_WEAK]
    )
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in said))
    if len(found) > MOST_WEAK:
        st.caption(f"The {MOST_WEAK} of {len(found):,} that lack most to their target.")
