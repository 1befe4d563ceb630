"""What is usual of figures that were fetched, by the weeks before that kept days hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from genesys.analytics.frames import START
from genesys.day_clock import DayClock
from genesys.insights.running_day import DayCourse, day_course, usual_of_day, whole_day
from genesys.insights.stretches import Stretch, stretch_of
from genesys.insights.usual import HIGH, LOW, WITHIN, Counted, counted, made_of, usual
from genesys.intervals import Granularity
from genesys.kpis.catalogue import KPI_BY_KEY, Applies, Kpi, Unit
from genesys.kpis.trend import STEP_BY_KEY, Step, trend
from genesys.moments import dated, weekday
from genesys.unusual import UnusualDays
from reports.data.figures import Figures, Rows
from reports.data.kept import kept
from reports.data.parts import course_of
from reports.table import Column

OFFERED: Final = KPI_BY_KEY["offered"]
(_METRIC,) = OFFERED.metrics

HALF_HOURS: Final = STEP_BY_KEY["half-hour"]
STEPS: Final = frozenset({"half-hour", "hour", "day"})
"""The steps of which anything is usual: others hold several weekdays."""

_BY_MEDIA: Final = ("media_type",)


@dataclass(frozen=True, eq=False)
class Bands:
    """What is usual in the buckets and media types of a course, and how many days tell it."""

    rows: pd.DataFrame
    days: int
    words: str


def has_usual(kpi: Kpi, step: Step) -> bool:
    """Whether it can be told what is usual: of counts, in buckets that are alike each week."""
    is_counted = kpi.unit is Unit.COUNT and kpi.applies is not Applies.SENT
    return is_counted and step.key in STEPS


@kept
def bands(figures: Figures, weeks: Rows, kpi: Kpi, step: Step) -> Bands:
    """What is usual of a KPI in each bucket and media type of the figures' course."""
    now, before = (
        trend(course_of(rows, interval, step), (kpi,), _BY_MEDIA)
        for rows, interval in (
            (figures.course, figures.interval),
            (weeks, weeks.answers[0].query.interval),
        )
    )
    rows = now[[START, *_BY_MEDIA]].assign(**{LOW: np.nan, HIGH: np.nan})
    days: set[date] = set()
    left_out: set[tuple[date, str]] = set()
    for media in now["media_type"].unique():
        here = now[now["media_type"] == media]
        there = pd.concat([before[before["media_type"] == media], here])
        found = usual(
            counted(here, kpi, figures.zone),
            counted(there, kpi, figures.zone).since_first,
            figures.source.unusual,
        )
        rows.loc[here.index, [LOW, HIGH]] = np.column_stack([found.low, found.high])
        days |= {*found.days}
        left_out |= {*found.left_out}
    return Bands(rows, len(days), made_of(sorted(days), sorted(left_out)))


@kept
def bands_of_day(today: Rows, weeks: Rows, kpi: Kpi, unusual: UnusualDays) -> Bands:
    """What is usual in each half-hour of a day, in those to come at the day's level so far.

    The columns are `minute`, a place on the day's `DayClock`, `usual` and the band's. There are
    rows of those in which anything is usual.
    """
    came, before = (half_hours_of(rows, kpi) for rows in (today, weeks))
    whole = whole_day(came)
    found = usual_of_day(whole, before.since_first, unusual)
    places = DayClock.of(date.fromordinal(int(whole.days[0])), whole.zone).places
    again = np.array([bool(each.fold) for each in whole.starts.tz_convert(whole.zone)])
    rows = pd.DataFrame(
        {
            "minute": places(whole.minutes, again),
            "usual": found.middle,
            LOW: found.low,
            HIGH: found.high,
        }
    )
    return Bands(rows[rows[HIGH] > 0], len(found.days), made_of(found.days, found.left_out))


@kept
def unlike(figures: Figures, fine: Rows, weeks: Rows) -> Stretch | None:
    """The stretch in which far more or less was offered than usual, where `fine` can tell it."""
    (query, *_) = (answer.query for answer in fine.answers)
    if query.granularity is not Granularity.HALF_HOUR or _METRIC not in query.metrics:
        return None
    now, before = half_hours_of(fine, OFFERED), half_hours_of(weeks, OFFERED).since_first
    return stretch_of(now, before.then(now), figures.source.unusual)


@kept
def running(figures: Figures, weeks: Rows) -> DayCourse | None:
    """What a running day is on course for; None where the figures are not of half-hours of one."""
    first, last = figures.interval.local_days(figures.zone)
    if not figures.is_running or first != last or figures.granularity is not Granularity.HALF_HOUR:
        return None
    now, before = half_hours_of(figures.course, OFFERED), half_hours_of(weeks, OFFERED)
    return day_course(now, before.since_first, figures.source.unusual)


def with_band(course: pd.DataFrame, band: Bands) -> pd.DataFrame:
    """A course of `usual_day.usual_day`, held against a band where there is one."""
    if not band.days:
        return course
    both = course.drop(columns="usual").merge(band.rows, "outer", "minute")
    counts = {name: both[name].fillna(0) for name in ("n", "usual_n")}
    return both.assign(**counts, days=band.days)


def band_columns(kpi: Kpi, rows: pd.DataFrame) -> tuple[tuple[Column, ...], pd.DataFrame]:
    """The columns of a table that say a band, where the rows have one, and the rows in whole."""
    if HIGH not in rows:
        return (), rows
    labels = ((LOW, "Usual from"), (HIGH, "Usual to"))
    words = f"{WITHIN} % of values are expected between the two."
    columns = tuple(Column(name, label, kpi.unit, words) for name, label in labels)
    return columns, rows.assign(**{name: rows[name].round() for name, _ in labels})


def unlike_others(day: date, unusual: UnusualDays) -> str:
    """Why a day is like no other of its weekday, in a sentence; empty where it is."""
    why = unusual.why(day)
    return f"{dated(day)} is unlike other {weekday(day)}s: {why}." if why else ""


def half_hours_of(rows: Rows, kpi: Kpi) -> Counted:
    """How many came in each half-hour of rows, over all media types."""
    interval = rows.answers[0].query.interval
    return counted(trend(course_of(rows, interval, HALF_HOURS), (kpi,)), kpi, rows.zone)
