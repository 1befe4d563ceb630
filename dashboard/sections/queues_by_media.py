"""The table of queues by media type: all chosen KPIs, as values or as changes."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard.data.group_tables import changes, values
from dashboard.data.view import View
from dashboard.drawing import tables
from dashboard.selecting.page_words import CHANGES, VALUES
from genesys.kpis.parts import GROUP

TITLE: Final = "Queues by media type"


def draw(view: View) -> None:
    """The table with its files, under a row of buttons that chooses values or changes.

    What its signs mean stands below the matrix of the same page.
    """
    st.header(TITLE)
    kpis = view.selection.kpi_rows()
    with st.container(horizontal=True):
        shown_as = st.segmented_control(
            "Show in the table",
            [VALUES, CHANGES],
            default=VALUES,
            required=True,
            label_visibility="collapsed",
            key="cells",
            bind="query-params",
        )
        as_changes = shown_as == CHANGES
        make = changes if as_changes else values
        table = make(view, f"{TITLE}, {shown_as.lower()}", GROUP, kpis)
        tables.downloads(view, [table], "pairs")
    tables.draw(
        view,
        table,
        "pairs",
        alt="Figures of each queue and media type, the total first",
        opens=view.selection,
    )
