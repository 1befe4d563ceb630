"""The course of KPIs over time, against the comparison interval, with the table behind it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.data import verdicts
from dashboard.data.groups import kpi_column
from dashboard.data.view import View
from dashboard.drawing import tables
from genesys.analytics.frames import END, START
from genesys.kpis.catalogue import Kpi
from genesys.kpis.trend import trend
from genesys.moments import bucket, span
from reports.charts import trend_chart
from reports.table import Column, Table


def course(
    view: View,
    kpis: tuple[Kpi, ...],
    by: tuple[str, ...] = (),
    *,
    earlier: bool = False,
) -> pd.DataFrame:
    """`kpis.trend.trend` of a view, or of its earlier interval, worked out once."""
    step = view.shown_step
    frame = view.trend_earlier if earlier else view.trend
    interval = view.comparison.earlier if earlier else view.interval
    return verdicts.kept(
        view,
        lambda: trend(frame, interval, step, view.zone, kpis, by, blended=view.selection.blended),
        "course",
        kpis,
        by,
        earlier,
        step,
    )


def by_media(view: View, kpi: Kpi, key: str = "trend-chart", *, apart: bool = False) -> None:
    """The course of a KPI by media type against the comparison interval."""
    by = ("media_type",)
    rows, before = (course(view, (kpi,), by, earlier=each) for each in (False, True))
    if rows[kpi.key].isna().all():
        st.caption(f"{kpi.label} has no value for these media types.")
        return
    chart = verdicts.kept(
        view,
        lambda: trend_chart(
            rows, kpi, view.zone, earlier=before, apart=apart, durations=view.selection.durations
        ),
        "trend chart",
        kpi,
        apart,
    )
    title = f"{kpi.label} by media type over time"
    table = verdicts.kept(
        view,
        lambda: course_table(view, title, kpi, rows, Column("media_type", "Media type")),
        "trend table",
        kpi,
    )
    tables.chart(
        view,
        chart,
        table,
        key,
        alt=f"{title}, {span(view.interval, view.zone)}",
        caption=f"Pale lines: {span(view.comparison.earlier, view.zone)}.",
    )


def course_table(
    view: View, title: str, kpi: Kpi, rows: pd.DataFrame, name: Column | None = None
) -> Table:
    """The table behind a trend: buckets in order, with the names of their series."""
    starts = [
        bucket(start, end - start, view.zone)
        for start, end in zip(rows[START], rows[END], strict=True)
    ]
    columns = (Column("bucket", "Begins"), *filter(None, [name]), kpi_column(kpi))
    return Table(title, columns, rows.assign(bucket=starts))
