"""All selected queues, each in one row over all its media types."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.data.groups import OFFERED, values, without_contacts
from dashboard.data.view import View
from dashboard.drawing import tables
from dashboard.drawing.cells import VALUES_LEGEND
from dashboard.selecting import session
from genesys.analytics.frames import NONE
from genesys.words import counted


def draw(view: View) -> None:
    """The queues with their files; a click on a cell opens the queue."""
    table = values(view, "Queues", ("queue_id",), view.selection.kpi_rows())
    tables.draw(
        view,
        table,
        "queues",
        bars=[OFFERED.key],
        pinned="queue_name",
        widths={"queue_name": 190, OFFERED.key: 110, "division": 130},
        alt="Figures of each queue over all its media types, the total first",
        on_cell=open_queue,
    )
    st.caption(legend(view))
    tables.downloads(view, [table], "queues")


def open_queue(row: pd.Series[Any], _: str) -> None:
    """Look at the queue of a row, where it is one."""
    if row["queue_id"] not in ("", NONE):
        session.pick([row["queue_id"]])
        st.rerun()


def legend(view: View) -> str:
    """What the signs mean, and what is not shown."""
    none = without_contacts(view.figures)
    words = ["Choose a cell to open its queue.", f"{VALUES_LEGEND}."]
    if none:
        words.append(f"{counted(none, 'queue')} without contacts.")
    if view.selection.fewest:
        words.append(
            f"Queues with fewer than {counted(view.selection.fewest, 'contact')} are left out."
        )
    return " ".join(words)
