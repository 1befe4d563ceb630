"""The courses of queues side by side, with that of the average of all of them."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard.data import organization
from dashboard.data.view import View
from dashboard.drawing import charts
from dashboard.sections.queue_average import alike, per_queue
from dashboard.sections.trend import earlier_too
from genesys.analytics.frames import END, START
from genesys.kpis.catalogue import Kpi
from genesys.kpis.formats import Durations
from genesys.kpis.trend import Step, trend
from genesys.moments import span
from reports.charts import AVERAGE, trend_chart
from reports.charts.axes import in_lines
from reports.data.figures import Figures
from reports.data.groups import with_contacts
from reports.data.kept import kept
from reports.data.parts import course_of
from reports.sections.trend import (
    MOST_LINES,
    caption,
    contacts_of,
    course,
    course_table,
    fullest,
    goals_of,
    no_line,
    targets_of,
)
from reports.table import Column, Table


def draw(view: View, seen: View, kpi: Kpi) -> None:
    """The course of a KPI in each queue of `seen`, on demand against the earlier period."""
    every, step = view.figures, view.shown_step
    blended, durations = seen.selection.blended, seen.selection.durations
    rows = courses(every, seen.figures, kpi, step, blended=blended)
    if rows[kpi.key].isna().all():
        st.caption(f"{kpi.label} has no value for these queues.")
        return
    title = f"{kpi.label} over time, side by side"
    drawn = rows[rows[kpi.key].notna()]
    names = dict(zip(drawn["queue_id"], drawn["series"], strict=True))
    contacts = dict(contacts_of(seen.figures, "queue_id")) | {"": math.inf}
    shown = fullest(list(names), contacts, MOST_LINES)
    levels = targets_of(seen.figures, kpi, "queue_id", organization.targets())
    held = goals_of(seen.figures, kpi, "queue_id", organization.targets())
    earlier = earlier_too()
    charts.draw(
        seen,
        _chart(
            every,
            seen.figures,
            kpi,
            step,
            tuple((names[each], target) for each, target in levels if each in names),
            series=tuple(names[each] for each in shown),
            earlier=earlier,
            blended=blended,
            durations=durations,
        ),
        _table(every, seen.figures, title, kpi, step, blended=blended),
        "trend-chart",
        alt=f"{title}, {span(seen.figures.interval, seen.figures.zone)}",
        caption=caption(
            seen.figures,
            list(names.values()),
            [names[each] for each in shown],
            earlier=earlier,
            why_no_line=no_line([goal for name, goal in held if name in shown], kpi, apart=False),
        ),
    )


@kept
def _chart(
    every: Figures,
    seen: Figures,
    kpi: Kpi,
    step: Step,
    targets: tuple[tuple[str, float], ...],
    *,
    series: tuple[str, ...],
    earlier: bool,
    blended: bool,
    durations: Durations,
) -> go.Figure:
    """The course of these series, with the target that all share, and the earlier one if wanted."""
    rows = courses(every, seen, kpi, step, blended=blended)
    before = courses(every, seen, kpi, step, blended=blended, earlier=True) if earlier else None
    return trend_chart(
        rows[rows["series"].isin(series)],
        kpi,
        seen.zone,
        earlier=before,
        targets=dict(targets),
        by="series",
        durations=durations,
    )


@kept
def _table(
    every: Figures, seen: Figures, title: str, kpi: Kpi, step: Step, *, blended: bool
) -> Table:
    rows = courses(every, seen, kpi, step, blended=blended)
    return course_table(seen, title, kpi, rows, Column("queue_name", "Queue"))


@kept
def courses(
    every: Figures, seen: Figures, kpi: Kpi, step: Step, *, blended: bool, earlier: bool = False
) -> pd.DataFrame:
    """The course of each queue and of the average; `series` names the lines.

    Lines of the earlier interval are named as those of this one.
    """
    by = ("queue_id",)
    known = course(seen, (kpi,), step, by, blended=blended)["queue_id"].astype(str).unique()
    series = _told_apart([every.directory.label(each) for each in known])
    rows = course(seen, (kpi,), step, by, blended=blended, earlier=earlier)
    rows = rows.assign(queue_id=rows["queue_id"].astype(str))
    rows = rows.assign(queue_name=rows["queue_id"].map(every.directory.label))
    rows = rows.assign(series=rows["queue_name"].map(series)).dropna(subset=["series"])
    whole = every.course_before if earlier else every.course
    interval = every.comparison.earlier if earlier else every.interval
    mean = trend(alike(course_of(whole, interval, step), seen), [kpi], blended=blended)
    mean[kpi.key] = per_queue(mean[kpi.key], kpi, len(with_contacts(every, earlier=earlier)))
    columns = [START, END, "queue_id", "queue_name", "series", kpi.key]
    mean = mean.assign(queue_id="", queue_name=AVERAGE, series=AVERAGE)
    return pd.concat([rows, mean])[columns]


def _told_apart(names: Sequence[str]) -> dict[str, str]:
    """Names for the ends of lines; those that are alike where they end get a number in front."""
    short = [in_lines(name) for name in names]
    return {
        name: name if short.count(each) == 1 else f"{number}. {name}"
        for number, (name, each) in enumerate(zip(names, short, strict=True), 1)
    }
