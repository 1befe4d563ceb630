"""The hours of the week: a KPI as a heat map, with the table behind it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import pandas as pd
import streamlit as st

from dashboard.data import verdicts
from dashboard.data.groups import kpi_column
from dashboard.data.view import View
from dashboard.drawing import tables
from genesys.analytics.frames import END, START
from genesys.insights.hotspots import FEWEST_DAYS, by_weekday_and_hour
from genesys.intervals import bucket_edges
from genesys.kpis.catalogue import Kpi, Unit
from genesys.moments import span
from reports.charts import week_chart
from reports.charts.week import DAYS
from reports.table import Column, Table

_HOUR: Final = timedelta(hours=1)
_COLUMNS: Final = (
    Column("weekday", "Weekday"),
    Column("hour", "Hour"),
    Column("n", "Number of contacts", Unit.COUNT, "What the value is over."),
)


def draw(view: View, kpi: Kpi, fine: pd.DataFrame) -> None:
    """The heat map of the view's half-hours or hours."""
    title = f"{kpi.label} by weekday and hour"
    st.header(title)
    if len(bucket_edges(view.interval, "P1D", view.zone)) <= FEWEST_DAYS:
        st.caption(f"Choose a period of {FEWEST_DAYS} days or more to compare weekdays.")
        return
    week = verdicts.kept(view, lambda: by_weekday_and_hour(fine, kpi, view.zone), "week", kpi)
    if week["value"].isna().all():
        st.caption(f"{kpi.label} has no value here.")
        return
    is_dark, durations = st.context.theme.type == "dark", view.selection.durations
    chart = verdicts.kept(
        view,
        lambda: week_chart(week, kpi, dark=is_dark, durations=durations),
        "week chart",
        kpi,
        is_dark,
    )
    alt = f"{title}, {span(view.interval, view.zone)}"
    tables.chart(view, chart, week_table(title, kpi, week), "week", alt=alt)


def has_hours(fine: pd.DataFrame) -> bool:
    """Whether the buckets are short enough to tell the hours of a day apart."""
    return bool(((fine[END] - fine[START]) <= _HOUR).all())


def week_table(title: str, kpi: Kpi, week: pd.DataFrame) -> Table:
    """The hours of the week that have a value, from Monday on."""
    known = week[week["value"].notna()]
    rows = known.assign(
        weekday=known["weekday"].map(dict(enumerate(DAYS))),
        hour=[f"{hour:02}:00" for hour in known["hour"]],
        **{
            kpi.key: known["value"],
            f"{kpi.key} mark": known["few"].map({True: "few contacts", False: ""}),
        },
    )
    weekday, hour, n = _COLUMNS
    return Table(title, (weekday, hour, kpi_column(kpi), n), rows)
