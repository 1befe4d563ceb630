"""Asking: kept days answer what they can, the API the rest, and what it tells of days is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from genesys.analytics.fetch import Answer, Mode, Progress, fetch_all
from genesys.analytics.queries import BY_QUEUE_AND_MEDIA, AggregateQuery
from genesys.analytics.refusals import RefusedMetrics
from genesys.client.api import Api
from genesys.client.budget import Budget
from genesys.days.asked import AskedDay
from genesys.days.calendar import begin, is_closed, on_half_hours, touched, whole
from genesys.days.layout import METRICS
from genesys.days.rows import of_day
from genesys.days.store import Days
from genesys.intervals import Granularity
from genesys.organization.retention import SHORTEST_RETENTION


def ask(
    days: Days | None,
    api: Api,
    queries: Sequence[AggregateQuery],
    budget: Budget,
    *,
    mode: Mode = Mode.AUTO,
    on_progress: Callable[[Progress], None] = lambda _: None,
    refusals: RefusedMetrics | None = None,
    known: datetime | None = None,
) -> tuple[Answer, ...]:
    """`fetch_all`, but what is kept is not asked; without days all is.

    Of what is kept the figures are those that were `known` at a moment; None is now.
    """
    held = [days.held(query, known) for query in queries] if days else []
    return fetch_all(
        api, queries, budget, mode=mode, on_progress=on_progress, refusals=refusals, held=held
    )


def to_keep(answer: Answer, *, however_old: bool = False) -> Iterator[AskedDay]:
    """The closed days that an answer in half-hours, by queue and media type, has the whole of.

    One of some queues or media types is kept by nobody, nor a day that came from kept ones.
    Old days are kept where that is wanted, and then none without any figure: those may be gone.
    """
    query = answer.query
    if (
        query.granularity is not Granularity.HALF_HOUR
        or query.group_by != BY_QUEUE_AND_MEDIA
        or query.queue_ids
        or query.media_types
        or answer.within is not None
        or not on_half_hours(query.interval.start)
    ):
        return
    refused = frozenset(answer.refused)
    metrics = frozenset(query.metrics) & frozenset(METRICS) - refused
    held = {day for span in answer.held for day in touched(span)}
    for day in whole(query.interval) if metrics else ():
        is_old = answer.as_of - begin(day) > SHORTEST_RETENTION
        if day in held or not is_closed(day, answer.as_of) or (is_old and not however_old):
            continue
        if not is_old or len(of_day(answer.frame, day)):
            yield AskedDay(day, answer.as_of, metrics, refused & frozenset(METRICS))


def keep(days: Days, answers: Sequence[Answer]) -> int:
    """Keep what answers tell of days that are not kept with as much; how many days that were."""
    kept = 0
    for answer in answers:
        for day in to_keep(answer):
            before = days.asked().get(day.day)
            if before is None or (before.says_no_more_than(day) and before.metrics < day.metrics):
                kept += days.keep(answer.frame, day)
    return kept
