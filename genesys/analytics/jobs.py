"""Asynchronous queries: start a job, wait until it is fulfilled, read its pages."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Final

import pandas as pd

from genesys.analytics.frames import pages_to_frame
from genesys.analytics.queries import AggregateQuery
from genesys.client.api import Api
from genesys.client.budget import Budget
from genesys.errors import BadAnswer, GenesysError, JobFailed
from genesys.words import one_line

PAGE_SIZE: Final = 500
LONGEST_PAUSE: Final = 15.0

_LOG: Final = logging.getLogger("genesys")


def ask(api: Api, piece: AggregateQuery, budget: Budget) -> pd.DataFrame:
    """The frame of a piece, from the pages of a job that is deleted in the end."""
    job_id = api.start_job(piece.body(), PAGE_SIZE, budget)
    try:
        _until_fulfilled(api, job_id, budget)
        return pages_to_frame(_pages(api, job_id, budget), piece)
    finally:
        _drop(api, job_id, budget)


def _until_fulfilled(api: Api, job_id: str, budget: Budget) -> None:
    pause = 0.5
    while (job := api.job_state(job_id, budget)).state != "FULFILLED":
        if job.state in ("FAILED", "CANCELLED", "EXPIRED"):
            raise JobFailed(
                f"The asynchronous query ended as {job.state}."
                f" {one_line(job.error_message or '')}".strip(),
                "Try again; ask for a shorter interval if it happens again.",
            )
        if job.state not in ("QUEUED", "PENDING"):
            raise BadAnswer(
                f"The asynchronous query is in the state {one_line(job.state)!r}, which is none.",
                "Try again; if it stays so, ask with --mode sync.",
            )
        budget.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


def _pages(api: Api, job_id: str, budget: Budget) -> Iterator[bytes]:
    cursor: str | None = None
    seen: set[str | None] = set()
    while cursor not in seen:
        seen.add(cursor)
        body, cursor = api.job_page(job_id, cursor, budget)
        yield body
        if not cursor:
            return
    raise BadAnswer(
        "The pages of an asynchronous query repeat: a cursor came twice.",
        "Try again later; the figures would be wrong if they were added up.",
    )


def _drop(api: Api, job_id: str, budget: Budget) -> None:
    """Tidy up; a job that cannot be deleted runs out by itself."""
    try:
        api.delete_job(job_id, budget)
    except GenesysError as error:
        _LOG.info("The asynchronous query was not deleted: %s", error.what)
