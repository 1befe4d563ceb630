"""The course of KPIs over time, against the comparison interval, with the table behind it."""

from __future__ import annotations

from typing import Final

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard.data.figures import Figures
from dashboard.data.groups import kpi_column
from dashboard.data.kept import kept
from dashboard.data.parts import course_of
from dashboard.data.view import View
from dashboard.drawing import charts
from genesys.analytics.frames import END, START
from genesys.kpis.catalogue import Kpi
from genesys.kpis.formats import Durations
from genesys.kpis.trend import Step, trend
from genesys.moments import bucket, span
from reports.charts import trend_chart
from reports.table import Column, Table

_BY: Final = ("media_type",)


@kept
def course(
    figures: Figures,
    kpis: tuple[Kpi, ...],
    step: Step,
    by: tuple[str, ...] = (),
    *,
    blended: bool,
    earlier: bool = False,
) -> pd.DataFrame:
    """`kpis.trend.trend` of figures, or of those of the earlier interval."""
    rows = figures.course_before if earlier else figures.course
    interval = figures.comparison.earlier if earlier else figures.interval
    return trend(course_of(rows, interval, step), kpis, by, blended=blended)


@kept
def chart(
    figures: Figures,
    kpi: Kpi,
    step: Step,
    targets: tuple[tuple[str, float], ...] = (),
    *,
    apart: bool,
    blended: bool,
    durations: Durations,
) -> go.Figure:
    """The course of a KPI by media type, with the earlier one pale and targets by media type."""
    rows, before = (
        course(figures, (kpi,), step, _BY, blended=blended, earlier=each) for each in (False, True)
    )
    return trend_chart(
        rows,
        kpi,
        figures.zone,
        earlier=before,
        targets=dict(targets),
        apart=apart,
        durations=durations,
    )


@kept
def table(figures: Figures, title: str, kpi: Kpi, step: Step, *, blended: bool) -> Table:
    """The table behind the chart."""
    rows = course(figures, (kpi,), step, _BY, blended=blended)
    return course_table(figures, title, kpi, rows, Column("media_type", "Media type"))


def by_media(view: View, kpi: Kpi, key: str = "trend-chart", *, apart: bool = False) -> None:
    """The course of a KPI by media type against the comparison interval."""
    figures, chosen, step = view.figures, view.selection, view.shown_step
    rows = course(figures, (kpi,), step, _BY, blended=chosen.blended)
    if rows[kpi.key].isna().all():
        st.caption(f"{kpi.label} has no value for these media types.")
        return
    title = f"{kpi.label} by media type over time"
    drawn = chart(
        figures, kpi, step, apart=apart, blended=chosen.blended, durations=chosen.durations
    )
    draw(view, drawn, table(figures, title, kpi, step, blended=chosen.blended), key, title)


def draw(view: View, drawn: go.Figure, rows: Table, key: str, title: str) -> None:
    """A chart of courses with the table behind it; the earlier interval is named below."""
    figures = view.figures
    charts.draw(
        view,
        drawn,
        rows,
        key,
        alt=f"{title}, {span(figures.interval, figures.zone)}",
        caption=f"Pale lines: {span(figures.comparison.earlier, figures.zone)}.",
    )


def course_table(figures: Figures, title: str, kpi: Kpi, rows: pd.DataFrame, name: Column) -> Table:
    """The table behind a trend: buckets in order, with the names of their series."""
    starts = [
        bucket(start, end - start, figures.zone)
        for start, end in zip(rows[START], rows[END], strict=True)
    ]
    columns = (Column("bucket", "Begins"), name, kpi_column(kpi))
    return Table(title, columns, rows.assign(bucket=starts))
