"""From a selection to figures, asked once and kept for their life."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd

from dashboard.data import keeping, organization, queries
from dashboard.data.organization import LIFE, Source
from dashboard.data.view import View
from dashboard.selecting.selection import CUSTOM, Selection
from genesys.analytics.fetch import Answer, Progress, fetch_all
from genesys.analytics.frames import ALL, NONE
from genesys.analytics.queries import AggregateQuery
from genesys.errors import QueryError
from genesys.insights.comparison import comparison
from genesys.insights.reconciliation import OUTCOME_METRICS
from genesys.intervals import (
    Interval,
    in_minutes,
    start_of_day,
    whole_days,
)
from genesys.organization.directory import Directory

RUNNING_LIFE: Final = timedelta(seconds=60)

USUAL_WEEKS: Final = 4
"""Days of the same weekday that a day is held against."""

OnProgress = Callable[[Progress], None]


def now() -> datetime:
    """The present moment; tests put another in its place."""
    return datetime.now(UTC)


def clear() -> None:
    """Forget all that is kept, the client too; the demo organization goes on."""
    keeping.KEPT.clear()
    organization.clear()


def view(selection: Selection, on_progress: OnProgress) -> View:
    """The figures of a selection; raises GenesysError, and whatever `on_progress` raises."""
    who, queues = organization.source(), organization.directory()
    interval = _interval(selection, who)
    step = selection.step_for(interval)
    table = queries.table_query(selection, interval, step, who, queues)
    preset = "" if selection.period == CUSTOM else selection.period
    against = comparison(interval, selection.compare, who.zone, now(), preset)
    before = replace(table, interval=against.earlier)
    answers = _answers([table, before], who, on_progress)
    answer = answers[0]
    wanted = _wanted(selection, queues, answer)
    if table.granularity is None:
        courses = [queries.by_media(each, step.granularity, wanted) for each in (table, before)]
        answers = [*answers, *_answers(courses, who, on_progress)]
    frames = [_selected(each.frame, wanted, selection.media_types) for each in answers]
    return View(
        selection=selection,
        source=who,
        directory=queues,
        interval=answer.query.interval,
        step=step,
        whole=answer.frame,
        frame=frames[0],
        trend=frames[-2],
        earlier=frames[1],
        trend_earlier=frames[-1],
        comparison=against,
        as_of=min(each.as_of for each in answers[::2]),  # those of the chosen interval
        refused=tuple(sorted({metric for each in answers for metric in each.refused})),
        answers=tuple(answers),
        wanted=wanted,
        key=(who, *((each.query, each.as_of) for each in answers), wanted, selection.media_types),
    )


def half_hours(view: View, on_progress: OnProgress) -> pd.DataFrame:
    """The view's figures in half hours, or in hours where that is too long.

    They are by queue where that is not too much, else by media type alone.
    """
    (frame,) = _fine(view, [view.interval], on_progress)
    return frame


def day_and_usual(
    view: View, day: date, on_progress: OnProgress
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A day in half hours, and the days that `hotspots.usual_day` holds it against."""
    days = [
        whole_days(each, each, view.zone)
        for each in (day - timedelta(weeks=weeks) for weeks in range(USUAL_WEEKS + 1))
    ]
    if days[0].end > view.interval.end:
        days[0] = Interval(days[0].start, view.interval.end)
    frames = _fine(view, days, on_progress)
    return frames[0], pd.concat(frames[1:], ignore_index=True)


def outcomes(view: View, on_progress: OnProgress) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What `reconciliation.reconcile` needs, of the view's interval and of the earlier one."""
    asked = [
        replace(answer.query, metrics=OUTCOME_METRICS, granularity=None)
        for answer in view.answers[:2]
    ]
    here, there = (
        _selected(answer.frame, view.wanted, view.selection.media_types)
        for answer in _answers(asked, view.source, on_progress)
    )
    return here, there


def _fine(view: View, intervals: Sequence[Interval], on_progress: OnProgress) -> list[pd.DataFrame]:
    asked = [queries.fine_query(view, interval) for interval in intervals]
    return [
        _selected(answer.frame, view.wanted, view.selection.media_types)
        for answer in _answers(asked, view.source, on_progress)
    ]


def refresh(interval: Interval) -> None:
    """Forget what is kept of an interval, and the directory, so that they are asked anew."""
    keeping.KEPT.forget(
        lambda key: (
            key[0] in ("directory", "queues", "targets")
            or key[:2] in (("answer", interval.start), ("running", interval.start))
        )
    )


def _wanted(selection: Selection, queues: Directory, answer: Answer) -> frozenset[str] | None:
    """The queues selected among the listed ones and those in the answer; None is all."""
    seen = set(answer.frame["queue_id"].cat.categories) - {NONE}
    wanted = selection.queues(queues, seen)
    if wanted is not None and not wanted:
        named = f"with {selection.find!r} in its name" if selection.find else "that is chosen"
        where = " in the chosen divisions" if selection.divisions else ""
        raise QueryError(f"There is no queue {named}{where}.", "Change the filters or clear them.")
    return wanted


def _interval(selection: Selection, who: Source) -> Interval:
    """The selection's interval; a running one keeps its end for its life.

    So all that is asked of it within that, the earlier interval too, is up to one moment.
    """
    interval = selection.interval(now(), who.zone)
    if not _is_running(interval, who.zone):
        return interval
    return keeping.KEPT.get(("running", interval.start, who), RUNNING_LIFE, lambda: interval)


def _is_running(interval: Interval, zone: ZoneInfo) -> bool:
    """Whether it was cut at the present moment; a day that has just ended was not."""
    moment = in_minutes(now())
    today = start_of_day(moment.astimezone(zone).date(), zone)
    return interval.end >= moment and interval.end != today


def _answers(
    queries: Sequence[AggregateQuery], who: Source, on_progress: OnProgress
) -> list[Answer]:
    """The kept answers to the queries; those that are not kept are asked in one plan."""
    of = organization.client()
    keyed: dict[Hashable, AggregateQuery] = {
        ("answer", query.interval.start, who, query): query for query in queries
    }
    asked: dict[Hashable, Answer] = {}

    def make(key: Hashable) -> Answer:
        if key not in asked:
            missing = [each for each in keyed if not keeping.KEPT.holds(each)]
            answers = fetch_all(
                of.api,
                [keyed[each] for each in missing],
                organization.budget(now),
                on_progress=on_progress,
                refusals=of.refusals,
            )
            asked.update(zip(missing, answers, strict=True))
        return asked[key]

    return [
        keeping.KEPT.get(
            key,
            RUNNING_LIFE if _is_running(query.interval, who.zone) else LIFE,
            partial(make, key),
            size=_bytes,
            on_wait=lambda: on_progress(Progress(0, 0)),
        )
        for key, query in keyed.items()
    ]


def _bytes(answer: Answer) -> int:
    return int(answer.frame.memory_usage().sum())


def _selected(
    frame: pd.DataFrame, wanted: frozenset[str] | None, media_types: tuple[str, ...]
) -> pd.DataFrame:
    """The rows of the selected queues and media types; ALL stands for queues chosen before."""
    keep = pd.Series(True, index=frame.index)
    if wanted is not None:
        keep &= frame["queue_id"].isin({*wanted, ALL})
    if media_types:
        keep &= frame["media_type"].isin(media_types)
    return frame if keep.all() else frame[keep]
