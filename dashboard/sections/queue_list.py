"""All selected queues, each in one row over all its media types."""

from __future__ import annotations

import streamlit as st

from dashboard.data.group_tables import values
from dashboard.data.view import View
from dashboard.drawing import tables
from genesys.words import counted
from reports.data.groups import OFFERED, without_contacts
from reports.legends import ORDER_LEGEND, VALUES_LEGEND


def draw(view: View) -> None:
    """The queues with their files; a name leads to its queue."""
    table = values(view, "Queues", ("queue_id",), view.selection.kpi_rows())
    tables.draw(
        view,
        table,
        "queues",
        bars=(OFFERED.key,),
        alt="Figures of each queue over all its media types, the total first",
        opens=view.selection,
        find="Find a queue",
    )
    st.caption(legend(view))
    tables.downloads(view, [table], "queues")


def legend(view: View) -> str:
    """What the signs mean, and what is not shown."""
    none = without_contacts(view.figures)
    words = [f"{VALUES_LEGEND}.", ORDER_LEGEND]
    if none:
        words.append(f"{counted(none, 'queue')} without contacts.")
    if view.selection.fewest:
        words.append(
            f"Queues with fewer than {counted(view.selection.fewest, 'contact')} are left out."
        )
    return " ".join(words)
