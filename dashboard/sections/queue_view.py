"""The view of one queue: how it went, where its contacts went, and when it hurt."""

from __future__ import annotations

import streamlit as st

from dashboard.data import fetching, organization, progress, verdicts
from dashboard.data.groups import figures
from dashboard.data.view import View
from dashboard.drawing import tables
from dashboard.drawing.cells import VALUES_LEGEND
from dashboard.sections import interval_report, kpi_row, outcomes, trend, week, worst
from genesys.kpis.catalogue import Better, Kpi
from genesys.moments import span
from reports.charts import trend_chart
from reports.table import Column


def draw(view: View) -> None:
    """Everything about the queue that the view is of."""
    kpi_row.draw(view)
    kpi_row.basis(view)
    _media_types(view)
    kpi = kpi_row.focus(view)
    _trend(view, kpi)
    fine = progress.more(view, lambda on_progress: fetching.half_hours(view, on_progress))
    week.draw(view, kpi, fine)
    outcomes.draw(view)
    worst.draw(view, fine)
    interval_report.draw(view, fine)


def aims(view: View, kpi: Kpi) -> dict[str, float]:
    """The queue's targets of a KPI by media type, in its unit; a baseline is none."""
    if kpi.better is Better.BASELINE:
        return {}
    (queue_id,) = view.selection.queue_ids
    targets = organization.targets()
    found = {
        media: targets.of(kpi.key, queue_id, media)
        for media in view.frame["media_type"].astype(str).unique()
    }
    return {media: float(row.target) for media, row in found.items() if row}


def _media_types(view: View) -> None:
    st.header("Media types")
    table = figures(view, "Media types", ("media_type",), view.selection.kpi_rows())
    tables.draw(view, table, "media-types", pinned="media_type", widths={"media_type": 120})
    st.caption(f"{VALUES_LEGEND}.")
    tables.downloads(view, [table], "media-types")


def _trend(view: View, kpi: Kpi) -> None:
    """The course of a KPI by media type; where targets differ, each has a panel with its own."""
    title, by = f"{kpi.label} over time", ("media_type",)
    st.header(title)
    rows, before = (trend.course(view, (kpi,), by, earlier=each) for each in (False, True))
    known = rows.loc[rows[kpi.key].notna(), "media_type"].astype(str).unique()
    if not len(known):
        st.caption(f"{kpi.label} has no value for this queue.")
        return
    levels, durations = aims(view, kpi), view.selection.durations
    apart = len({levels.get(media) for media in known}) > 1
    chart = verdicts.kept(
        view,
        lambda: trend_chart(
            rows, kpi, view.zone, earlier=before, targets=levels, apart=apart, durations=durations
        ),
        "queue trend",
        kpi,
    )
    name = Column("media_type", "Media type")
    table = verdicts.kept(
        view, lambda: trend.course_table(view, title, kpi, rows, name), "queue rows", kpi
    )
    tables.chart(
        view,
        chart,
        table,
        "trend-chart",
        alt=f"{title} by media type, {span(view.interval, view.zone)}",
        caption=f"Pale lines: {span(view.comparison.earlier, view.zone)}.",
    )
