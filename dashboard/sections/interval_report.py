"""The interval report: the chosen KPIs in each day, hour or half-hour that has any figures."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import pandas as pd
import streamlit as st

from dashboard.data.figures import Rows
from dashboard.data.groups import kpi_column
from dashboard.data.kept import kept
from dashboard.data.parts import course_of, parts_of
from dashboard.data.view import TWO_DAYS, View
from dashboard.drawing import tables
from genesys.analytics.frames import END, START
from genesys.intervals import Interval
from genesys.kpis.catalogue import Kpi
from genesys.kpis.trend import STEP_BY_KEY, Step
from genesys.moments import bucket
from reports.table import Column, Table

STEPS: Final = tuple(STEP_BY_KEY[key] for key in ("day", "hour", "half-hour"))

HALF_HOUR: Final = timedelta(minutes=30)


def draw(view: View, fine: Rows) -> None:
    """The report in the steps that somebody chooses; `fine` is the half-hours of the view."""
    st.header("Interval report")
    steps = {
        step.label: step for step in STEPS if step is not STEPS[-1] or _is_of_half_hours(fine.frame)
    }
    chosen = st.segmented_control(
        "Steps of the report",
        list(steps),
        default=STEPS[0 if view.figures.interval.length > TWO_DAYS else 1].label,
        required=True,
        label_visibility="collapsed",
        key="report",
        bind="query-params",
    )
    table = report(
        fine,
        view.figures.interval,
        steps.get(chosen, STEPS[0]),
        view.selection.kpi_rows(),
        blended=view.selection.blended,
    )
    tables.draw(
        view,
        table,
        "report",
        alt="The chosen KPIs over time, the total first",
    )
    tables.downloads(view, [table], "report")


@kept
def report(
    fine: Rows, interval: Interval, step: Step, kpis: tuple[Kpi, ...], *, blended: bool
) -> Table:
    """The total, then the KPIs of each bucket in order of time; empty buckets have no row."""
    rows = course_of(fine, interval, step).by([START], blended=blended).values(kpis)
    rows["bucket"] = [
        bucket(start, end - start, fine.zone)
        for start, end in zip(rows[START], rows[END], strict=True)
    ]
    whole = parts_of(fine).by(blended=blended).values(kpis).assign(bucket="Total")
    columns = (Column("bucket", "Begins", order=START), *map(kpi_column, kpis))
    every = pd.concat([whole, rows], ignore_index=True)
    return Table(f"Interval report, {step.label.lower()}", columns, every, totals=1)


def _is_of_half_hours(fine: pd.DataFrame) -> bool:
    """Whether buckets are half-hours rather than hours, as those of a whole year are."""
    return bool((fine[END] - fine[START]).max() <= HALF_HOUR)
