"""A day's course against the usual one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard.data import fetching, organization, progress
from dashboard.data.usual import weeks_before
from dashboard.data.view import View
from dashboard.drawing import charts
from genesys.analytics.frames import START
from genesys.day_clock import DayClock
from genesys.insights.hotspots import worst_buckets
from genesys.insights.usual_day import WEEKS, usual_day
from genesys.intervals import Granularity
from genesys.kpis.catalogue import Kpi, Unit
from genesys.kpis.formats import FEW, FEW_WORDS, Durations
from genesys.kpis.trend import STEP_BY_KEY
from genesys.moments import dated, weekday
from genesys.targets import Targets
from genesys.targets.goals import Goal, goals
from genesys.unusual import UnusualDays
from reports.charts import day_chart
from reports.data.figures import Figures, Rows
from reports.data.groups import media_types
from reports.data.kept import kept
from reports.data.parts import buckets_of, course_of
from reports.data.usual import HALF_HOURS, band_columns, bands_of_day, unlike_others, with_band
from reports.sections.trend import NO_LINE
from reports.table import Column, Table
from reports.theme import PALETTE, media_colour

WORST: Final = ": most answered late or abandoned"

_DAY: Final = STEP_BY_KEY["day"]


def draw(view: View, kpi: Kpi, fine: Rows) -> None:
    """A choice of the interval's days, and the course of the chosen one: first the worst."""
    st.header(f"{kpi.label} over a day")
    days = days_of(view.figures)
    worst = worst_day(view.figures, fine)
    day = st.selectbox(
        "Day",
        days,
        index=days.index(worst) if worst in days else 0,
        format_func=lambda day: f"{dated(day)}{WORST if day == worst else ''}",
        label_visibility="collapsed",
        key=f"day-{days[-1]}-{days[0]}",
        width=420,
    )
    rows = progress.more(
        view, lambda figures, on_progress: fetching.day_and_usual(figures, day, on_progress)
    )
    made_of = *rows, _weeks_before(view, kpi, rows[0]), kpi, view.figures.source.unusual
    course = _course(*made_of)
    if course.empty or course["value"].isna().all():
        st.caption(f"{kpi.label} has no value on {dated(day)}.")
        return
    medias = media_types(view.figures)
    colour = media_colour(medias[0]) if len(medias) == 1 else PALETTE[0]
    shown = told(course, kpi)
    of_days = _usual_words(*made_of, day)
    goal = _goal(rows[0], kpi, organization.targets())
    charts.draw(
        view,
        _chart(*made_of, day, colour, goal.line(kpi), view.selection.durations),
        day_table(kpi, day, course, DayClock.of(day, view.figures.zone)),
        "day",
        alt=f"{kpi.label} on {dated(day)} against the usual day",
        caption=" ".join(
            filter(
                None,
                (
                    unlike_others(day, view.figures.source.unusual),
                    of_days,
                    _few_words(course, shown),
                    NO_LINE if goal.several else "",
                ),
            )
        ),
    )


def _weeks_before(view: View, kpi: Kpi, today: Rows) -> Rows | None:
    """The half-hours that tell what is usual of the day; None where they are not kept."""
    asked = today.answers[0].query
    if asked.granularity is not Granularity.HALF_HOUR:
        return None
    return weeks_before(view, kpi, HALF_HOURS, asked.interval)


@kept
def worst_day(figures: Figures, fine: Rows) -> date | None:
    """The day on which most contacts were answered late or abandoned, if any were."""
    buckets = worst_buckets(course_of(fine, figures.interval, _DAY), fine.zone)
    if not buckets["trouble"].sum():
        return None
    first: date = buckets[START].iloc[0].date()
    return first


@kept
def _course(
    today: Rows, weeks: Rows, before: Rows | None, kpi: Kpi, unusual: UnusualDays
) -> pd.DataFrame:
    """`usual_day.usual_day`, with a band where more weeks are kept; empty without rows."""
    if today.frame.empty:
        return pd.DataFrame()
    course = usual_day(buckets_of(today), buckets_of(weeks), kpi, today.zone)
    if before is None:
        return course
    return with_band(course, bands_of_day(today, before, kpi, unusual))


@kept
def _goal(today: Rows, kpi: Kpi, targets: Targets) -> Goal:
    """What the day is held to."""
    (goal,) = goals(buckets_of(today), (), kpi, targets)
    return goal


@kept
def _chart(
    today: Rows,
    weeks: Rows,
    before: Rows | None,
    kpi: Kpi,
    unusual: UnusualDays,
    day: date,
    colour: str,
    target: float | None,
    durations: Durations,
) -> go.Figure:
    course = told(_course(today, weeks, before, kpi, unusual), kpi)
    clock = DayClock.of(day, today.zone)
    return day_chart(course, kpi, colour=colour, target=target, clock=clock, durations=durations)


def _usual_words(
    today: Rows, weeks: Rows, before: Rows | None, kpi: Kpi, unusual: UnusualDays, day: date
) -> str:
    """Which days the usual is made of, and what becomes of times that come twice."""
    band = bands_of_day(today, before, kpi, unusual) if before else None
    if band and band.days:
        twice = DayClock.of(day, today.zone).words
        again = f" {twice} comes twice; both are held against the one of other days."
        return f"{band.words}{again if twice else ''}"
    days = int(_course(today, weeks, before, kpi, unusual)["days"].max())
    return " ".join(filter(None, (usual_words(day, days), clock_words(day, today.zone))))


def _few_words(course: pd.DataFrame, shown: pd.DataFrame) -> str:
    if shown["value"].notna().sum() < course["value"].notna().sum():
        return f"Values of {FEW_WORDS} are in the table alone."
    return ""


def told(course: pd.DataFrame, kpi: Kpi) -> pd.DataFrame:
    """The course without shares and means of few contacts, unless it has no others."""
    if not kpi.denominator or (course["n"] < FEW).all():
        return course
    return course.assign(
        value=course["value"].mask(course["n"] < FEW),
        usual=course["usual"].mask(course["usual_n"] < FEW),
    )


def days_of(figures: Figures) -> list[date]:
    """The days of the interval, the newest first."""
    first = figures.interval.start.astimezone(figures.zone).date()
    last = (figures.interval.end - timedelta.resolution).astimezone(figures.zone).date()
    return [last - timedelta(days=back) for back in range((last - first).days + 1)]


def usual_words(day: date, days: int) -> str:
    """Which days the usual one is made of."""
    if not days:
        return f"There is no usual day: no {weekday(day)} of the {WEEKS} weeks before has figures."
    if days == 1:
        return f"Usual: the one {weekday(day)} of the {WEEKS} weeks before that has figures."
    if days < WEEKS:
        return f"Usual: the {days} {weekday(day)}s of the {WEEKS} weeks before that have figures."
    return f"Usual: the {days} {weekday(day)}s before."


def clock_words(day: date, zone: ZoneInfo) -> str:
    """What comes twice on the day or on those of the usual, and what becomes of it."""
    shown = DayClock.of(day, zone)
    own = f"{shown.words} comes twice; the second has no usual." if shown.back else ""
    before = (day - timedelta(weeks=weeks) for weeks in range(1, WEEKS + 1))
    added = (
        f"{words} comes twice on {dated(each)}: both are added."
        for each in before
        if (words := DayClock.of(each, zone).words)
    )
    return " ".join(filter(None, (own, *added)))


def day_table(kpi: Kpi, day: date, course: pd.DataFrame, clock: DayClock) -> Table:
    """The day's buckets with the value and the usual one."""
    band, course = band_columns(kpi, course)
    rows = course.assign(
        time=[*map(clock.time, course["minute"])],
        usual=course["usual"].round() if kpi.unit is Unit.COUNT else course["usual"],
    )
    columns = (
        Column("time", "Begins", order="minute"),
        Column("value", dated(day), kpi.unit, kpi.help),
        Column("n", "Number of contacts", Unit.COUNT, "What the value is over."),
        Column("usual", "Usual", kpi.unit, "The same weekday in the weeks before."),
        *band,
    )
    return Table(f"{kpi.label} on {dated(day)}", columns, rows)
