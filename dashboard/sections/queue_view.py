"""The view of one queue: how it went, where its contacts went, and when it hurt."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard.data import fetching, organization, progress
from dashboard.data.group_tables import values
from dashboard.data.view import View
from dashboard.drawing import tables
from dashboard.sections import (
    interval_report,
    kpi_row,
    outcomes,
    queue_picker,
    trend,
    week,
    worst,
)
from genesys.kpis.catalogue import Kpi
from reports.data.groups import media_types
from reports.legends import CHANGES_LEGEND, VALUES_LEGEND
from reports.sections.trend import targets_of

LOW: Final = 186
"""In pixels: two charts of this height, one above the other, and the tiles fit a window."""


def draw(every: View, view: View) -> None:
    """Everything about the queue of `view`, and the choice of another one of `every`."""
    kpi_row.draw(view)
    with st.container(horizontal=True, vertical_alignment="center", key="queue-choices"):
        kpi = kpi_row.focus(view)
        queue_picker.draw(every, view.selection.queue_ids, width=240)
    with st.container(key="queue"):
        with st.container(key="queue-media"):
            _media_types(view)
        with st.container(key="queue-trend"):
            _trend(view, kpi)
        with st.container(key="queue-week"):
            fine = progress.more(view, fetching.half_hours)
            week.draw(view, kpi, fine, LOW)
        with st.container(key="queue-outcomes"):
            outcomes.draw_chart(view, low=True)
    kpi_row.basis(view)
    st.caption(f"{CHANGES_LEGEND}.")
    outcomes.tell(view)
    worst.draw(view, fine)
    interval_report.draw(view, fine)


def _media_types(view: View) -> None:
    st.header("Media types")
    table = values(view, "Media types", ("media_type",), view.selection.kpi_rows())
    tables.draw(view, table, "media-types")
    st.caption(f"{VALUES_LEGEND}.")
    tables.downloads(view, [table], "media-types")


def _trend(view: View, kpi: Kpi) -> None:
    """The course of a KPI by media type; where targets differ, each has a panel with its own."""
    title = f"{kpi.label} over time"
    st.header(title)
    levels = dict(targets_of(view.figures, kpi, "media_type", organization.targets()))
    unlike = {levels.get(media) for media in media_types(view.figures)}
    trend.by_media(view, kpi, f"{title} by media type", apart=len(unlike) > 1, height=LOW)
