"""The matrix on a page: its rows by queue or division, its files, its legend."""

from __future__ import annotations

import streamlit as st

from dashboard.data import organization
from dashboard.data.view import View
from dashboard.drawing import tables
from dashboard.selecting.page_words import DIVISIONS, QUEUES
from genesys.kpis.catalogue import Kpi
from genesys.words import counted
from reports.data.groups import (
    without_contacts,
)
from reports.legends import CHANGES_LEGEND, ORDER_LEGEND, VALUES_LEGEND
from reports.sections.matrix import matrix_of
from reports.table import Table


def draw(view: View, kpi: Kpi) -> None:
    """The matrix with its files; a name leads to its queue."""
    st.header(f"{kpi.label} by queue and media type")
    with st.container(horizontal=True, vertical_alignment="center"):
        by_division = False
        if len(view.figures.directory.divisions()) > 1:
            by_division = (
                st.segmented_control(
                    "Rows of the matrix",
                    [QUEUES, DIVISIONS],
                    default=QUEUES,
                    required=True,
                    label_visibility="collapsed",
                    key="rows",
                    bind="query-params",
                )
                == DIVISIONS
            )
        table = matrix(view, kpi, by_division=by_division)
        tables.downloads(view, [table], "matrix", [kpi.label, "by queue and media type"])
    tables.draw(
        view,
        table,
        "matrix",
        alt=f"{kpi.label} of each queue by media type, the total first",
        opens=view.selection,
        show=kpi.label,
        find="Find a queue",
    )
    st.caption(legend(view))


def legend(view: View) -> str:
    """What the signs mean, and what is not shown."""
    none = without_contacts(view.figures)
    words = [f"{VALUES_LEGEND} · {CHANGES_LEGEND}.", ORDER_LEGEND]
    if none:
        words.append(f"{counted(none, 'queue')} without contacts.")
    if view.selection.fewest:
        words.append(
            f"Queues with fewer than {counted(view.selection.fewest, 'contact')} are left out."
        )
    return " ".join(words)


def matrix(view: View, kpi: Kpi, *, by_division: bool = False) -> Table:
    """The total, then each queue: over all media types as everywhere else, and each of them.

    Rows that lack most contacts to their targets come first; by division, each division has a row
    of its own above its queues. The rows have `queue_id`, empty where a row is no queue.
    """
    chosen, targets = view.selection, organization.targets()
    return matrix_of(
        view.figures,
        kpi,
        targets,
        by_division=by_division,
        blended=chosen.blended,
        fewest=chosen.fewest,
    )
