"""The hours of the week: a KPI as a heat map, with the table behind it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard.data import organization
from dashboard.data.view import View
from dashboard.drawing import charts
from genesys.analytics.frames import END, START
from genesys.insights.hotspots import FEWEST_DAYS, by_weekday_and_hour
from genesys.intervals import bucket_edges
from genesys.kpis.catalogue import Better, Kpi, Unit
from genesys.kpis.formats import Durations
from genesys.moments import span
from genesys.targets import Targets, common_targets
from reports.charts import week_chart
from reports.charts.week import DAYS
from reports.data.figures import Rows
from reports.data.groups import kpi_column
from reports.data.kept import kept
from reports.data.parts import buckets_of
from reports.table import Column, Table

_HOUR: Final = timedelta(hours=1)
_COLUMNS: Final = (
    Column("weekday", "Weekday"),
    Column("hour", "Hour"),
    Column("n", "Number of contacts", Unit.COUNT, "What the value is over."),
)


def draw(view: View, kpi: Kpi, fine: Rows, height: int | None = None) -> None:
    """The heat map of the view's half-hours or hours, of its own height or of this one."""
    figures = view.figures
    title = f"{kpi.label} by weekday and hour"
    st.header(title)
    if len(bucket_edges(figures.interval, "P1D", figures.zone)) <= FEWEST_DAYS:
        st.caption(f"Choose a period of {FEWEST_DAYS} days or more to compare weekdays.")
        return
    week = _week(fine, kpi)
    if week["value"].isna().all():
        st.caption(f"{kpi.label} has no value here.")
        return
    is_dark, durations = st.context.theme.type == "dark", view.selection.durations
    targets = organization.targets()
    chart = _chart(fine, kpi, targets, dark=is_dark, durations=durations)
    light = _chart(fine, kpi, targets, dark=False, durations=durations) if is_dark else chart
    alt = f"{title}, {span(figures.interval, figures.zone)}"
    table = week_table(title, kpi, week)
    charts.draw(view, chart, table, "week", alt=alt, light=light, height=height)


@kept
def _week(fine: Rows, kpi: Kpi) -> pd.DataFrame:
    return by_weekday_and_hour(buckets_of(fine), kpi, fine.zone)


@kept
def _chart(
    fine: Rows, kpi: Kpi, targets: Targets, *, dark: bool, durations: Durations
) -> go.Figure:
    target = _target(fine, kpi, targets)
    return week_chart(_week(fine, kpi), kpi, target=target, dark=dark, durations=durations)


def _target(fine: Rows, kpi: Kpi, targets: Targets) -> float | None:
    """The target that all of the half-hours share, in the KPI's unit; a baseline is none."""
    if kpi.better is Better.BASELINE:
        return None
    rows = common_targets(buckets_of(fine), (), [kpi], targets)[kpi.key]
    return next((float(row.target) for row in rows if row), None)


def has_hours(fine: pd.DataFrame) -> bool:
    """Whether the buckets are short enough to tell the hours of a day apart."""
    return bool(((fine[END] - fine[START]) <= _HOUR).all())


def week_table(title: str, kpi: Kpi, week: pd.DataFrame) -> Table:
    """The hours of the week that have a value, from Monday on."""
    known = week[week["value"].notna()]
    value = kpi_column(kpi)
    rows = known.assign(
        weekday=known["weekday"].map(dict(enumerate(DAYS))),
        hour=[f"{hour:02}:00" for hour in known["hour"]],
        **{
            value.key: known["value"],
            value.marks: known["few"].map({True: "few contacts", False: ""}),
        },
    )
    weekday, hour, n = _COLUMNS
    return Table(title, (weekday, hour, value, n), rows)
