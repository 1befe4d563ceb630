"""The view of one queue: how it went, where its contacts went, and when it hurt."""

from __future__ import annotations

import streamlit as st

from dashboard.data import fetching, organization, progress
from dashboard.data.groups import values
from dashboard.data.view import View
from dashboard.drawing import tables
from dashboard.drawing.cells import VALUES_LEGEND
from dashboard.sections import interval_report, kpi_row, outcomes, trend, week, worst
from genesys.kpis.catalogue import Better, Kpi


def draw(view: View) -> None:
    """Everything about the queue that the view is of."""
    kpi_row.draw(view)
    kpi_row.basis(view)
    _media_types(view)
    kpi = kpi_row.focus(view)
    _trend(view, kpi)
    fine = progress.more(view, fetching.half_hours)
    week.draw(view, kpi, fine)
    outcomes.draw(view)
    worst.draw(view, fine)
    interval_report.draw(view, fine)


def targets(view: View, kpi: Kpi) -> dict[str, float]:
    """The queue's targets of a KPI by media type, in its unit; a baseline is none."""
    if kpi.better is Better.BASELINE:
        return {}
    (queue_id,) = view.selection.queue_ids
    targets = organization.targets()
    found = {
        media: targets.of(kpi.key, queue_id, media)
        for media in view.figures.frame["media_type"].astype(str).unique()
    }
    return {media: float(row.target) for media, row in found.items() if row}


def _media_types(view: View) -> None:
    st.header("Media types")
    table = values(view, "Media types", ("media_type",), view.selection.kpi_rows())
    tables.draw(view, table, "media-types")
    st.caption(f"{VALUES_LEGEND}.")
    tables.downloads(view, [table], "media-types")


def _trend(view: View, kpi: Kpi) -> None:
    """The course of a KPI by media type; where targets differ, each has a panel with its own."""
    title, by = f"{kpi.label} over time", ("media_type",)
    st.header(title)
    figures, chosen, step = view.figures, view.selection, view.shown_step
    rows = trend.course(figures, (kpi,), step, by, blended=chosen.blended)
    known = rows.loc[rows[kpi.key].notna(), "media_type"].astype(str).unique()
    if not len(known):
        st.caption(f"{kpi.label} has no value for this queue.")
        return
    levels = targets(view, kpi)
    drawn = trend.chart(
        figures,
        kpi,
        step,
        tuple(levels.items()),
        apart=len({levels.get(media) for media in known}) > 1,
        blended=chosen.blended,
        durations=chosen.durations,
    )
    table = trend.table(figures, title, kpi, step, blended=chosen.blended)
    trend.draw(view, drawn, table, "trend-chart", f"{title} by media type")
