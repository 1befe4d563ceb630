"""Running queries: their pieces in parallel, halved where too large, to whole answers."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

import pandas as pd

from genesys.analytics import jobs, plan
from genesys.analytics.frames import dimension_columns, measure_columns, merge, to_frame
from genesys.analytics.queries import AggregateQuery
from genesys.analytics.refusals import RefusedMetrics, first_named, is_refused_value
from genesys.client.api import Api
from genesys.client.budget import Budget, Pending, RequestRecord
from genesys.errors import ApiError, GenesysError, TooLarge
from genesys.intervals import Interval

WORKERS: Final = 4
HIGH_PRESSURE: Final = 0.9
"""Share of the rate limit above which pieces go one at a time."""


class Mode(StrEnum):
    """How pieces are asked: at once, as a job, or as a job where at once is too large."""

    AUTO = "auto"
    SYNC = "sync"
    JOB = "job"


@dataclass(frozen=True)
class Progress:
    """Pieces answered, of all known so far; halving adds to them.

    `waiting` is the request that has been under way longest, if there is one.
    """

    done: int
    total: int
    waiting: Pending | None = None


@dataclass(frozen=True)
class Held:
    """What is there of an answer before anything is asked, and the queries that ask the rest.

    `spans` are the parts of the interval that the frames are of.
    """

    frames: tuple[pd.DataFrame, ...]
    rest: tuple[AggregateQuery, ...]
    spans: tuple[Interval, ...] = ()


@dataclass(frozen=True)
class Answer:
    """A whole answer: every piece of `query` is in `frame`, as of the moment it was asked.

    `source` is the URL of the API that gave it; interval and zone are the query's.
    Metrics that the organization `refused` have no columns in the frame. One that was cut to
    some queues holds nothing but those `within`; None is whole. Of the `held` spans figures
    were there before; the `asked` queries are those that asked for the rest.
    """

    query: AggregateQuery
    frame: pd.DataFrame
    as_of: datetime
    source: str
    requests: tuple[RequestRecord, ...]
    refused: tuple[str, ...] = ()
    within: tuple[str, ...] | None = None
    held: tuple[Interval, ...] = ()
    asked: tuple[AggregateQuery, ...] = ()

    @property
    def equivalent(self) -> AggregateQuery:
        """The query that gives what the frame holds, where it was cut too."""
        return self.query if self.within is None else replace(self.query, queue_ids=self.within)


def fetch(
    api: Api,
    query: AggregateQuery,
    budget: Budget,
    *,
    mode: Mode = Mode.AUTO,
    on_progress: Callable[[Progress], None] = lambda _: None,
    refusals: RefusedMetrics | None = None,
) -> Answer:
    """Ask all pieces of a query and put them together: `fetch_all` with one query."""
    (answer,) = fetch_all(
        api, [query], budget, mode=mode, on_progress=on_progress, refusals=refusals
    )
    return answer


def fetch_all(
    api: Api,
    queries: Sequence[AggregateQuery],
    budget: Budget,
    *,
    mode: Mode = Mode.AUTO,
    on_progress: Callable[[Progress], None] = lambda _: None,
    refusals: RefusedMetrics | None = None,
    held: Sequence[Held] = (),
) -> tuple[Answer, ...]:
    """Ask the pieces of all queries together; an answer for each query, in their order.

    What is `held` of each query is not asked, and put together with the rest.
    `on_progress` is called in the caller's thread, several times a second. Whatever ends
    the fetch early, an error of a piece or one raised by `on_progress`, cancels the budget:
    no further piece is sent. A metric that the organization refuses is left out and, with
    `refusals`, not asked again; the error stands where a query has no other metric.
    Raises GenesysError with `piece` named.
    """
    as_of = budget.now()
    refusals = refusals or RefusedMetrics()
    held = held or [Held((), (query,)) for query in queries]
    work = _Work(queries, held, mode, refusals.known_for(queries))
    running: dict[Future[pd.DataFrame], _Task] = {}
    with _pool(budget) as pool:
        while work.todo or running:
            budget.check()
            while len(running) < _width(api) and (task := work.next()):
                running[pool.submit(_ask, api, task.piece, budget, mode)] = task
            for future in wait(running, timeout=0.1, return_when=FIRST_COMPLETED).done:
                task = running.pop(future)
                with _named(task.piece):
                    work.take(task, future)
            total = work.done + len(work.todo) + len(running)
            on_progress(Progress(work.done, total, next(iter(budget.pending), None)))
    refusals.add(work.refused)
    return tuple(
        Answer(
            query,
            work.frame(at),
            as_of,
            api.url,
            budget.records,
            work.refused_of(query),
            held=held[at].spans,
            asked=held[at].rest,
        )
        for at, query in enumerate(queries)
    )


@dataclass(frozen=True)
class _Task:
    """A piece, and the place of its query among all."""

    at: int
    piece: AggregateQuery


class _Work:
    """What is left to ask, what was answered, and which metrics were refused."""

    def __init__(
        self,
        queries: Sequence[AggregateQuery],
        held: Sequence[Held],
        mode: Mode,
        refused: Collection[str],
    ) -> None:
        self._queries = queries
        self._mode = mode
        self._frames = [[*each.frames] for each in held]
        self._held = sum(map(len, self._frames))
        self.refused = set(refused)
        self.todo = deque(
            _Task(at, piece)
            for at, each in enumerate(held)
            for query in each.rest
            for piece in plan.pieces(query)
        )

    @property
    def done(self) -> int:
        return sum(map(len, self._frames)) - self._held

    def next(self) -> _Task | None:
        """The next task, without what is refused by now; None where nothing is left."""
        while self.todo:
            task = self.todo.popleft()
            if piece := plan.without(task.piece, self.refused):
                return _Task(task.at, piece)
        return None

    def take(self, task: _Task, future: Future[pd.DataFrame]) -> None:
        """Keep the frame of a piece; where it was too large or refused, its parts are next."""
        try:
            self._frames[task.at].append(future.result())
        except ApiError as error:
            parts = self._parts(task.piece, error)
            self.todo.extendleft(_Task(task.at, part) for part in reversed(parts))

    def _parts(self, piece: AggregateQuery, error: ApiError) -> tuple[AggregateQuery, ...]:
        if isinstance(error, TooLarge) and self._mode is not Mode.JOB:
            if halves := plan.halve(piece):
                return halves
        elif is_refused_value(error):
            return self._without_refused(piece, error)
        raise error

    def _without_refused(
        self, piece: AggregateQuery, error: ApiError
    ) -> tuple[AggregateQuery, ...]:
        """What to ask in place of a refused piece, until the refused metrics stand alone."""
        if self.refused.intersection(piece.metrics):
            return (piece,)
        if parts := plan.apart(piece, first_named(error, piece.metrics)):
            return parts
        self.refused.update(piece.metrics)
        if any(self.refused.issuperset(query.metrics) for query in self._queries):
            raise error
        return ()

    def refused_of(self, query: AggregateQuery) -> tuple[str, ...]:
        return tuple(metric for metric in query.metrics if metric in self.refused)

    def frame(self, at: int) -> pd.DataFrame:
        answered = plan.without(self._queries[at], self.refused)
        if answered is None:
            raise AssertionError("a query without any metric left is an error before")
        return merge([_without(frame, self.refused) for frame in self._frames[at]], answered)


def _without(frame: pd.DataFrame, metrics: Collection[str]) -> pd.DataFrame:
    """A frame without these metrics, and rows of nothing else: they may be answered elsewhere."""
    gone = [name for name in measure_columns(frame) if name.rpartition("_")[0] in metrics]
    if not gone:
        return frame
    left = frame.drop(columns=gone)
    left = left.dropna(how="all", subset=measure_columns(left))
    named = dimension_columns(left)
    return left.assign(**{name: left[name].cat.remove_unused_categories() for name in named})


@contextmanager
def _pool(budget: Budget) -> Iterator[ThreadPoolExecutor]:
    """Threads that are not waited for when the fetch fails: their requests run out alone."""
    pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="genesys")
    try:
        yield pool
    except BaseException:
        budget.cancel()
        raise
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def _named(piece: AggregateQuery) -> Iterator[None]:
    try:
        yield
    except GenesysError as error:
        error.piece = plan.name(piece)
        raise


def _width(api: Api) -> int:
    return 1 if api.pressure > HIGH_PRESSURE else WORKERS


def _ask(api: Api, piece: AggregateQuery, budget: Budget, mode: Mode) -> pd.DataFrame:
    if mode is Mode.JOB:
        return jobs.ask(api, piece, budget)
    try:
        return to_frame(api.aggregate(piece.body(), budget), piece)
    except TooLarge:
        if mode is Mode.SYNC or plan.halve(piece):
            raise
        return jobs.ask(api, piece, budget)
