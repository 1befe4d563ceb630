"""Running a query: its pieces in parallel, halved where too large, to one whole answer."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

import pandas as pd

from genesys import plan
from genesys.api import Api
from genesys.errand import Errand, RequestRecord
from genesys.errors import BadAnswer, GenesysError, JobFailed, TooLarge
from genesys.queries import AggregateQuery
from genesys.results import merge, to_frame

WORKERS: Final = 4
HIGH_PRESSURE: Final = 0.9
"""Share of the rate limit above which pieces go one at a time."""

PAGE_SIZE: Final = 500
LONGEST_PAUSE: Final = 15.0

_LOG: Final = logging.getLogger("genesys")


class Mode(StrEnum):
    """How pieces are asked: at once, as a job, or as a job where at once is too large."""

    AUTO = "auto"
    SYNC = "sync"
    JOB = "job"


@dataclass(frozen=True)
class Progress:
    """Pieces answered, of all known so far; halving adds to them."""

    done: int
    total: int


@dataclass(frozen=True)
class Answer:
    """A whole answer: every piece of `query` is in `frame`, as of the moment it was asked."""

    query: AggregateQuery
    frame: pd.DataFrame
    as_of: datetime
    requests: tuple[RequestRecord, ...]


def fetch(
    api: Api,
    query: AggregateQuery,
    errand: Errand,
    *,
    mode: Mode = Mode.AUTO,
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> Answer:
    """Ask all pieces of a query and put them together.

    `on_progress` is called in the caller's thread, several times a second. Whatever ends
    the fetch early, an error of a piece or one raised by `on_progress`, stops the errand:
    no further piece is sent. Raises GenesysError with `piece` named.
    """
    as_of = errand.now()
    todo = deque(plan.pieces(query))
    running: dict[Future[pd.DataFrame], AggregateQuery] = {}
    frames: list[pd.DataFrame] = []
    with _pool(errand) as pool:
        while todo or running:
            errand.check()
            while todo and len(running) < _width(api):
                piece = todo.popleft()
                running[pool.submit(_ask, api, piece, errand, mode)] = piece
            for future in wait(running, timeout=0.1, return_when=FIRST_COMPLETED).done:
                piece = running.pop(future)
                with _named(piece):
                    frames += _outcome(future, piece, mode, todo)
            on_progress(Progress(len(frames), len(frames) + len(todo) + len(running)))
    return Answer(query, merge(frames, query), as_of, errand.records)


@contextmanager
def _pool(errand: Errand) -> Iterator[ThreadPoolExecutor]:
    """Threads that are not waited for when the errand fails: their requests run out alone."""
    pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="genesys")
    try:
        yield pool
    except BaseException:
        errand.stop()
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


def _ask(api: Api, piece: AggregateQuery, errand: Errand, mode: Mode) -> pd.DataFrame:
    if mode is Mode.JOB:
        return _job(api, piece, errand)
    try:
        return to_frame(api.aggregate(piece.body(), errand), piece)
    except TooLarge:
        if mode is Mode.SYNC or plan.halve(piece):
            raise
        return _job(api, piece, errand)


def _outcome(
    future: Future[pd.DataFrame], piece: AggregateQuery, mode: Mode, todo: deque[AggregateQuery]
) -> list[pd.DataFrame]:
    """The frame of a piece; where it was too large, none, and its halves are next to ask."""
    try:
        return [future.result()]
    except TooLarge:
        halves = None if mode is Mode.JOB else plan.halve(piece)
        if halves is None:
            raise
        todo.extendleft(reversed(halves))
        return []


def _job(api: Api, piece: AggregateQuery, errand: Errand) -> pd.DataFrame:
    job_id = api.start_job(piece.body(), PAGE_SIZE, errand)
    try:
        _until_fulfilled(api, job_id, errand)
        return merge([to_frame(body, piece) for body in _pages(api, job_id, errand)], piece)
    finally:
        _drop(api, job_id, errand)


def _until_fulfilled(api: Api, job_id: str, errand: Errand) -> None:
    pause = 0.5
    while (job := api.job_state(job_id, errand)).state != "FULFILLED":
        if job.state in ("FAILED", "CANCELLED", "EXPIRED"):
            raise JobFailed(
                f"The asynchronous query ended as {job.state}. {job.error_message}".strip(),
                "Try again; ask for a shorter interval if it happens again.",
            )
        errand.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


def _pages(api: Api, job_id: str, errand: Errand) -> Iterator[bytes]:
    cursor: str | None = None
    seen: set[str | None] = set()
    while cursor not in seen:
        seen.add(cursor)
        body, cursor = api.job_page(job_id, cursor, errand)
        yield body
        if not cursor:
            return
    raise BadAnswer(
        "The pages of an asynchronous query repeat: a cursor came twice.",
        "Try again later; the figures would be wrong if they were added up.",
    )


def _drop(api: Api, job_id: str, errand: Errand) -> None:
    """Tidy up; a job that cannot be deleted runs out by itself."""
    try:
        api.delete_job(job_id, errand)
    except GenesysError as error:
        _LOG.info("The asynchronous query was not deleted: %s", error.what)
