"""The hours of the week: a KPI as a heat map, with the table behind it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from genesys.analytics.frames import END, START
from genesys.insights.hotspots import by_weekday_and_hour
from genesys.kpis.catalogue import Kpi, Unit
from genesys.kpis.formats import Durations
from genesys.targets import Targets
from genesys.targets.goals import goals
from genesys.weeks import Weekday
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


@kept
def week_of(fine: Rows, kpi: Kpi, week_begins: Weekday) -> pd.DataFrame:
    return by_weekday_and_hour(buckets_of(fine), kpi, fine.zone, week_begins)


@kept
def chart(
    fine: Rows,
    kpi: Kpi,
    targets: Targets,
    week_begins: Weekday,
    *,
    dark: bool,
    durations: Durations,
) -> go.Figure:
    (goal,) = goals(buckets_of(fine), (), kpi, targets)
    return week_chart(
        week_of(fine, kpi, week_begins),
        kpi,
        target=goal.line(kpi),
        several=goal.several,
        dark=dark,
        durations=durations,
    )


def has_hours(fine: pd.DataFrame) -> bool:
    """Whether the buckets are short enough to tell the hours of a day apart."""
    return bool(((fine[END] - fine[START]) <= _HOUR).all())


def week_table(title: str, kpi: Kpi, week: pd.DataFrame, twice: str = "") -> Table:
    """The hours of the week that have a value, in the order of `week`.

    `twice` says which hours come twice in the interval, as `day_clock.twice_words` does.
    """
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
    return Table(title, (weekday, replace(hour, help=twice), value, n), rows)
