"""Filling: closed days that are not kept yet are asked, a few at a time, oldest first.

It leaves more than half of the rate limit to others. A day stands as soon as it is there, so
that one who is stopped goes on where they were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final

from genesys.analytics.fetch import Answer, fetch
from genesys.analytics.half_hours import MOST_ROWS
from genesys.analytics.plan import MAX_DAYS
from genesys.analytics.queries import AggregateQuery
from genesys.analytics.refusals import RefusedMetrics
from genesys.client.api import Api
from genesys.client.budget import Budget
from genesys.days.asked import AskedDay
from genesys.days.asking import to_keep
from genesys.days.calendar import DAY, begin, last_closed, month
from genesys.days.layout import METRICS
from genesys.days.rows import fits, of_day
from genesys.days.store import Days
from genesys.errors import GenesysError
from genesys.intervals import Granularity, Interval

MOST_PRESSURE: Final = 0.4
"""Share of the rate limit from which on it waits; what is on its way stays below the half."""

PAUSE: Final = 60.0
"""Seconds in which the rate limit is counted anew."""

AGAIN: Final = timedelta(days=10)
"""So many of the youngest closed days are asked again."""

SECONDS_EACH: Final = 15 * 60
"""Of the days that are asked together."""


class NotKept(GenesysError):
    """Days cannot be kept."""


@dataclass(frozen=True)
class Filled:
    """How far it is: days done of all that were missing, and the seconds that are left."""

    done: int
    total: int
    seconds_left: float


def missing(days: Days, first: date, last: date, budget: Budget) -> tuple[date, ...]:
    """The closed days from `first` to `last` that are not kept with all metrics."""
    kept, wanted = days.asked(), frozenset(METRICS)
    last = min(last, last_closed(budget.now()))
    each = (first + timedelta(days=after) for after in range((last - first).days + 1))
    return tuple(
        day
        for day in each
        if not (known := kept.get(day)) or not wanted <= known.metrics | known.refused
    )


def fill(
    days: Days,
    api: Api,
    wanted: Sequence[date],
    budget: Budget,
    on_progress: Callable[[Filled], None] = lambda _: None,
) -> tuple[date, ...]:
    """Ask the days and keep them; those that cannot be kept are given back.

    Old ones came without any figure, as where an organization keeps them no longer; others have
    values that are of no use. Raises GenesysError where the API or
    the keeping fails; all days before that are kept.
    """
    refusals, empty = RefusedMetrics(), list[date]()
    began, done, together = budget.left(), 0, 1
    left = [*wanted]
    while left:
        some = _next(left, together)
        answer = _asked(api, some, budget, refusals)
        empty += _kept(days, answer, some)
        together = _together(answer, len(some))
        left, done = left[len(some) :], done + len(some)
        each = (began - budget.left()) / done
        on_progress(Filled(done, len(wanted), each * len(left)))
        if left and month(left[0]) != month(some[-1]):
            days.tidy()
    days.tidy()
    return tuple(empty)


def ask_again(days: Days, api: Api, budget: Budget, before: datetime) -> tuple[AskedDay, ...]:
    """Ask the youngest kept days anew that were asked before a moment; those that moved.

    What was known of them stays readable. Raises GenesysError as `fill` does.
    """
    kept = days.asked()
    last = last_closed(budget.now())
    some = sorted(
        day
        for day, each in kept.items()
        if last - AGAIN < day <= last and each.asked < before and not each.queue_ids
    )
    refusals, together = RefusedMetrics(), 1
    while some:
        now = _next(some, together)
        answer = _asked(api, now, budget, refusals)
        list(_kept(days, answer, now))
        together = _together(answer, len(now))
        some = some[len(now) :]
    found = days.asked()
    return tuple(each for day, each in found.items() if each.changed and each != kept.get(day))


def _next(left: Sequence[date], most: int) -> list[date]:
    """The first days, as far as they follow one another within a month."""
    some = [left[0]]
    for day, after in pairwise(left[:most]):
        if after != day + DAY or month(after) != month(day):
            break
        some.append(after)
    return some


def _asked(api: Api, some: Sequence[date], budget: Budget, refusals: RefusedMetrics) -> Answer:
    while api.pressure >= MOST_PRESSURE:
        budget.sleep(PAUSE)
        api.organization(budget)  # whose answer tells the pressure by now
    query = AggregateQuery(
        interval=Interval(begin(some[0]), begin(some[-1]) + DAY),
        metrics=METRICS,
        granularity=Granularity.HALF_HOUR,
    )
    return fetch(api, query, budget.part(SECONDS_EACH), refusals=refusals)


def _kept(days: Days, answer: Answer, some: Sequence[date]) -> Iterator[date]:
    """Keep the days of the answer; gives those that cannot be."""
    found = {each.day: each for each in to_keep(answer, however_old=True)}
    for day in some:
        if day not in found or not fits(of_day(answer.frame, day)):
            yield day
        elif not days.keep(answer.frame, found[day]):
            raise NotKept(
                days.trouble[-1], "Days that were kept before are still there: see to it and go on."
            )


def _together(answer: Answer, days: int) -> int:
    """How many days to ask together, so that their rows stay a fair number."""
    each = max(1, len(answer.frame) // days)
    return max(1, min(MAX_DAYS, MOST_ROWS // each))
