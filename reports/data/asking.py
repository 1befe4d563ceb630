"""From what is selected to figures: what is asked, and what is made of the answers.

Whoever asks brings the way to ask: a page one that keeps answers, the command line another.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from genesys.analytics.fetch import Answer
from genesys.analytics.frames import NONE
from genesys.analytics.half_hours import Holds, by_media, nothing_held
from genesys.analytics.queries import AggregateQuery
from genesys.errors import GenesysError
from genesys.insights import usual
from genesys.insights.comparison import Comparison
from genesys.insights.hotspots import TROUBLE_METRICS
from genesys.insights.reconciliation import OUTCOME_METRICS
from genesys.intervals import Granularity, Interval, whole_days
from genesys.kpis.catalogue import CATALOGUE_METRICS, KPI_BY_KEY
from genesys.organization.directory import Directory
from genesys.organization.scope import EVERYTHING, Sight
from reports.data import queries
from reports.data.figures import Figures, Rows
from reports.data.source import Source

USUAL_WEEKS: Final = 4
"""Days of the same weekday that a day is held against."""

HALF_A_YEAR: Final = 26
"""Weeks in which the last hours like some that are unlike the usual are looked for."""

OFFERED_METRICS: Final = KPI_BY_KEY["offered"].metrics


@dataclass(frozen=True)
class Asker:
    """How an organization is asked: an answer for each query; and all queues that it lists.

    `holds` tells which queries kept days answer.
    """

    ask: Callable[[Sequence[AggregateQuery]], Sequence[Answer]]
    listed: Collection[str]
    holds: Holds = nothing_held


@dataclass(frozen=True)
class Selected:
    """Which figures are wanted; no media types are all of them.

    `named` are the listed queues that are selected, and `wanted` gives these with those that
    are selected among the ids of an answer; None is all of them. It raises QueryError where
    there is none. `sight` is what of the organization the answers are cut to.
    """

    source: Source
    directory: Directory
    interval: Interval
    comparison: Comparison
    granularity: Granularity
    named: frozenset[str] | None
    wanted: Callable[[Collection[str]], frozenset[str] | None]
    media_types: tuple[str, ...] = ()
    sight: Sight = EVERYTHING


def of_queue(figures: Figures, queue_id: str) -> Selected:
    """The same figures of one queue."""
    queue = frozenset({queue_id})
    return Selected(
        figures.source,
        figures.directory,
        figures.interval,
        figures.comparison,
        figures.granularity,
        queue,
        lambda _: queue,
        figures.now.media_types,
        figures.sight,
    )


def figures_of(selected: Selected, asker: Asker) -> Figures:
    """The figures of what is selected, and of the interval that it is compared with."""
    zone, against = selected.source.zone, selected.comparison
    table = queries.table_query(
        selected.interval, selected.granularity, zone, asker.listed, selected.named
    )
    before = replace(table, interval=against.earlier)
    answers = asker.ask([table, before])
    wanted = selected.wanted(set(answers[0].frame["queue_id"].cat.categories) - {NONE})
    rows = [Rows((answer,), wanted, selected.media_types) for answer in answers]
    courses = rows
    if table.granularity is None:
        apart = [by_media(each, selected.granularity, wanted) for each in (table, before)]
        courses = [Rows((each,), wanted, selected.media_types) for each in asker.ask(apart)]
    (here, there), (course, course_before) = rows, courses
    whose = selected.source, selected.directory, against
    return Figures(*whose, here, there, course, course_before, selected.sight)


def half_hours(figures: Figures, asker: Asker) -> Rows:
    """The figures in half hours, or in hours where that is too long.

    They are by queue where that is not too much, else by media type alone.
    """
    return _fine(figures, [figures.interval], asker)


def trouble(figures: Figures, asker: Asker) -> Rows:
    """The half-hours, of what tells when contacts came, were answered late or abandoned alone.

    The figures' own buckets stand for half-hours that cannot be had.
    """
    try:
        return _fine(figures, [figures.interval], asker, (*TROUBLE_METRICS, *OFFERED_METRICS))
    except GenesysError:
        return figures.now


def day_and_usual(figures: Figures, day: date, asker: Asker) -> tuple[Rows, Rows]:
    """A day in half hours, and the days that `usual_day.usual_day` holds it against."""
    days = [
        whole_days(each, each, figures.zone)
        for each in (day - timedelta(weeks=weeks) for weeks in range(USUAL_WEEKS + 1))
    ]
    if days[0].end > figures.interval.end:
        days[0] = Interval(days[0].start, figures.interval.end)
    rows = _fine(figures, days, asker)
    today, *weeks = rows.answers
    return replace(rows, answers=(today,)), replace(rows, answers=tuple(weeks))


def weeks_before(
    figures: Figures,
    interval: Interval,
    granularity: Granularity,
    metrics: tuple[str, ...],
    asker: Asker,
    reach: int = usual.WEEKS,
) -> Rows | None:
    """What `usual.usual` tells by of an interval, by media type; None where it is not all kept.

    It reaches so many weeks back. The organization is not asked: it is many times as much as is
    looked at.
    """
    weeks = usual.weeks_before(interval, figures.zone, reach)
    asked = replace(figures.now.answers[0].query, interval=weeks, metrics=metrics)
    query = by_media(asked, granularity, figures.wanted)
    if not asker.holds(query):
        return None
    return replace(figures.now, answers=tuple(asker.ask([query])))


def offered_before(figures: Figures, asker: Asker) -> Rows | None:
    """The half-hours of what was offered before, half a year of them where that can be had."""
    for reach in (HALF_A_YEAR, usual.WEEKS):
        rows = weeks_before(
            figures, figures.interval, Granularity.HALF_HOUR, OFFERED_METRICS, asker, reach
        )
        if rows:
            return rows
    return None


def outcomes(figures: Figures, asker: Asker) -> tuple[Rows, Rows]:
    """What `reconciliation.reconcile` needs, of the interval and of the earlier one."""
    asked = [
        replace(answer.query, metrics=OUTCOME_METRICS, granularity=None)
        for rows in (figures.now, figures.before)
        for answer in rows.answers
    ]
    here, there = asker.ask(asked)
    return replace(figures.now, answers=(here,)), replace(figures.before, answers=(there,))


def _fine(
    figures: Figures,
    intervals: Sequence[Interval],
    asker: Asker,
    metrics: tuple[str, ...] = CATALOGUE_METRICS,
) -> Rows:
    asked = [
        queries.fine_query(figures, each, asker.listed, metrics, asker.holds) for each in intervals
    ]
    return replace(figures.now, answers=tuple(asker.ask(asked)))
