"""The interval report: the chosen KPIs in each day, hour or half-hour that has any figures."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard.data import organization
from dashboard.data.view import View
from dashboard.drawing import tables
from dashboard.selecting.page_words import REPORT_STEPS
from genesys.analytics.frames import END, START
from genesys.kpis.catalogue import Kpi
from genesys.kpis.parts import Parts
from genesys.kpis.trend import TWO_DAYS, Step
from genesys.targets import JUDGED, Targets, standing
from reports.begins import BEGINS, begun
from reports.data.figures import Figures, Rows
from reports.data.groups import kpi_column
from reports.data.kept import kept
from reports.data.parts import course_of, parts_of
from reports.table import Table

HALF_HOUR: Final = timedelta(minutes=30)


def draw(view: View, fine: Rows) -> None:
    """The report in the steps that somebody chooses; `fine` is the half-hours of the view.

    What its marks mean stands below the media types of the same page.
    """
    st.header("Interval report")
    steps = {
        step.label: step
        for step in REPORT_STEPS
        if step is not REPORT_STEPS[-1] or _is_of_half_hours(fine.frame)
    }
    chosen = st.segmented_control(
        "Steps of the report",
        list(steps),
        default=REPORT_STEPS[0 if view.figures.interval.length > TWO_DAYS else 1].label,
        required=True,
        label_visibility="collapsed",
        key="report",
        bind="query-params",
    )
    table = report(
        view.figures,
        fine,
        steps.get(chosen, REPORT_STEPS[0]),
        view.selection.kpi_rows(),
        organization.targets(),
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
    figures: Figures,
    fine: Rows,
    step: Step,
    kpis: tuple[Kpi, ...],
    targets: Targets,
    *,
    blended: bool,
) -> Table:
    """The total, then the KPIs of each bucket in order of time; empty buckets have no row.

    Each is marked by how it stands to the target that all of it shares, or why it is not judged.
    """
    before = parts_of(figures.before)

    def values(parts: Parts, by: tuple[str, ...]) -> pd.DataFrame:
        marks = _marks(parts, before, by, kpis, targets, blended=blended)
        return parts.by(by, blended=blended).values(kpis).assign(**marks)

    rows = begun(values(course_of(fine, figures.interval, step), (START,)), fine.zone)
    whole = values(parts_of(fine), ()).assign(bucket="Total")
    columns = (BEGINS, *map(kpi_column, kpis))
    every = pd.concat([whole, rows], ignore_index=True)
    return Table(f"Interval report, {step.label.lower()}", columns, every, totals=1)


def _marks(
    parts: Parts,
    before: Parts,
    by: tuple[str, ...],
    kpis: tuple[Kpi, ...],
    targets: Targets,
    *,
    blended: bool,
) -> dict[str, Any]:
    return {
        kpi_column(kpi).marks: pd.array(standing(parts, by, kpi, targets, before).status, dtype=str)
        for kpi in kpis
        # Targets of times are for media types that wait alike.
        if kpi.key in JUDGED and not (blended and kpi.is_time)
    }


def _is_of_half_hours(fine: pd.DataFrame) -> bool:
    """Whether buckets are half-hours rather than hours, as those of a whole year are."""
    return bool((fine[END] - fine[START]).max() <= HALF_HOUR)
