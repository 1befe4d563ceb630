"""Asynchronous queries: started, polled until fulfilled, read page by page, dropped."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from uuid import uuid4

from msgspec import Struct

from .aggregation import Figures
from .answer import Answer, Bucket, buckets, results, time_text
from .checks import Query
from .faults import Fault, bad_request, not_found
from .history import milliseconds

LIFE = timedelta(days=1)
MOST_JOBS = 32
STATES = ("QUEUED", "PENDING", "FULFILLED")
"""The state that each poll finds; the last one stays."""
CURSOR = "row-"


class JobStarted(Struct, rename="camel"):
    job_id: str


class JobStatus(Struct, rename="camel", omit_defaults=True):
    state: str
    submission_date: str = ""
    expiration_date: str = ""
    completion_date: str = ""
    error_message: str = ""


@dataclass
class Job:
    """One asynchronous query and how far it is."""

    query: Query
    page_size: int
    submitted: datetime
    polls: int = 0
    completed: datetime | None = None
    error: str = ""
    figures: Figures | None = None
    rows: tuple[Bucket, ...] = ()

    def state(self, now: datetime) -> str:
        if now >= self.submitted + LIFE:
            return "EXPIRED"
        return "FAILED" if self.error else STATES[min(self.polls, len(STATES)) - 1]


class Jobs:
    """The jobs of the organization; the oldest are forgotten when there are many."""

    def __init__(self, run: Callable[[Query], Figures], clock: Callable[[], datetime]) -> None:
        self._run = run
        self._clock = clock
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = Lock()

    def start(self, query: Query, page_size: int) -> JobStarted:
        if page_size < 1:
            raise bad_request(f"The pageSize {page_size} is less than 1.")
        job_id = str(uuid4())
        with self._lock:
            self._jobs[job_id] = Job(query, page_size, self._clock())
            while len(self._jobs) > MOST_JOBS:
                self._jobs.popitem(last=False)
        return JobStarted(job_id)

    def poll(self, job_id: str) -> JobStatus:
        """One step on; the figures are made on the step that fulfils the job."""
        with self._lock:
            job = self._job(job_id)
            job.polls += 1
            if job.state(self._clock()) == "FULFILLED" and job.completed is None:
                self._fulfil(job)
        state = job.state(self._clock())
        return JobStatus(
            state,
            submission_date=_text(job.submitted),
            expiration_date=_text(job.submitted + LIFE),
            completion_date=_text(job.completed) if job.completed else "",
            error_message=job.error if state == "FAILED" else "",
        )

    def page(self, job_id: str, cursor: str) -> Answer:
        """The rows from the cursor on; one group may go on over the next page."""
        job = self._job(job_id)
        if job.state(self._clock()) == "EXPIRED":
            raise not_found(f"result of the job {job_id} any more")
        if job.figures is None:
            raise bad_request("The job is not fulfilled.")
        start = _row(cursor, len(job.rows))
        end = min(start + job.page_size, len(job.rows))
        more = end < len(job.rows)
        answered = results(job.figures, job.rows, range(start, end))
        return Answer(answered, f"{CURSOR}{end}" if more else None)

    def drop(self, job_id: str) -> None:
        with self._lock:
            self._job(job_id)
            del self._jobs[job_id]

    def _job(self, job_id: str) -> Job:
        if job_id not in self._jobs:
            raise not_found(f"job {job_id}")
        return self._jobs[job_id]

    def _fulfil(self, job: Job) -> None:
        try:
            job.figures = self._run(job.query)
            job.rows = tuple(buckets(job.figures, job.query.metrics))
        except Fault as fault:
            job.error = fault.message
        job.completed = self._clock()


def _text(moment: datetime) -> str:
    return time_text(milliseconds(moment))


def _row(cursor: str, rows: int) -> int:
    if not cursor:
        return 0
    number = cursor.removeprefix(CURSOR)
    if not (cursor.startswith(CURSOR) and number.isdecimal() and int(number) < rows):
        raise bad_request("The cursor is not one of this job.")
    return int(number)
