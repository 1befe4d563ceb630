"""The operations of the API over the organization, each a plain function of what came."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from cachetools import LRUCache
from msgspec import Raw, Struct, json

from . import listings
from .aggregation import Figures, aggregate
from .answer import Answer, buckets, results
from .body import Body, JobBody, read
from .checks import Query, checked
from .faults import Fault, bad_request
from .history import RETENTION_DAYS, History
from .jobs import Jobs, JobStarted, JobStatus
from .listings import Paging, Parameters
from .options import DemoOptions
from .organization import Queue, build
from .people import People, Person
from .workload import Workload

MOST_ROWS_AT_ONCE = 100_000
MOST_ROWS_OF_A_JOB = 1_000_000
ROOM_BYTES = 64 * 1024 * 1024
"""For answers of intervals that are past."""


class Retention(Struct, rename="camel"):
    retention_days: int = RETENTION_DAYS


@dataclass(frozen=True)
class Call:
    """What a request brings, apart from its headers."""

    parameters: Parameters
    body: bytes
    job_id: str = ""
    person: Person | None = None


class Api:
    """The organization and its history behind the operations."""

    def __init__(self, options: DemoOptions) -> None:
        self.options = options
        self.organization = build(options.queues, options.seed)
        self.people = People(
            self.organization, options.redirect_uris, options.scopes, options.clock
        )
        self._history = History(Workload(self.organization), corrected=options.corrected)
        self._jobs = Jobs(lambda query: self._figures(query, MOST_ROWS_OF_A_JOB), options.clock)
        self._ready: LRUCache[tuple[bytes, int], Raw] = LRUCache(ROOM_BYTES, getsizeof=len)
        self._lock = Lock()

    def _figures(self, query: Query, most_rows: int) -> Figures:
        now = self.options.clock()
        return aggregate(self.organization, self._history, query, now, most_rows)

    def query(self, call: Call) -> Raw:
        """The answer; ready for the next to ask where its interval is past and cannot change."""
        query = checked(read(call.body, Body), self.options.refuse, at_once=True)
        first, now = self._history.span(self.options.clock())
        if query.edges[-1] > now:
            return self._answer(query)
        key = call.body, max(first, int(query.edges[0]))
        with self._lock:
            ready = self._ready.get(key)
        if ready is None:
            ready = self._answer(query)
            with self._lock:
                if len(ready) <= ROOM_BYTES:
                    self._ready[key] = ready
        return ready

    def _answer(self, query: Query) -> Raw:
        figures = self._figures(query, self.options.result_limit or MOST_ROWS_AT_ONCE)
        rows = buckets(figures, query.metrics)
        return Raw(json.encode(Answer(results(figures, rows, range(len(rows))))))

    def start_job(self, call: Call) -> JobStarted:
        body = read(call.body, JobBody)
        return self._jobs.start(checked(body, self.options.refuse, at_once=False), body.page_size)

    def job(self, call: Call) -> JobStatus:
        return self._jobs.poll(call.job_id)

    def job_results(self, call: Call) -> Answer:
        return self._jobs.page(call.job_id, call.parameters.get("cursor", [""])[-1])

    def drop_job(self, call: Call) -> None:
        self._jobs.drop(call.job_id)

    def queues(self, call: Call) -> Any:
        return self._queues(call, listings.QUEUES, listings.entity)

    def queue_views(self, call: Call) -> Any:
        return self._queues(call, listings.VIEWS, listings.view)

    def all_queue_views(self, call: Call) -> Any:
        return self._queues(call, listings.ALL_VIEWS, listings.view)

    def _queues(self, call: Call, paging: Paging, entity: Callable[[Queue], Any]) -> Any:
        queues = listings.chosen(self.organization, paging, call.parameters)
        return paging.page(queues, call.parameters, entity)

    def divisions(self, call: Call) -> Any:
        divisions = listings.divisions(self.organization, call.parameters)
        return listings.DIVISIONS.page(divisions, call.parameters, listings.authorized)

    def me(self, call: Call) -> Struct:
        return listings.user(_person(call), self.organization)

    def permitted(self, call: Call) -> Struct:
        found, is_all = self.people.divisions(_person(call))
        page = listings.PERMITTED.page(found, call.parameters, listings.authorized)
        return listings.permitted(page, is_all=is_all)

    def about(self, _: Call) -> Struct:
        return listings.about(self.organization)

    def retention(self, _: Call) -> Struct:
        return Retention()


def _person(call: Call) -> Person:
    if call.person is None:
        raise bad_request("This request needs the token of a person.")
    return call.person


@dataclass(frozen=True)
class Operation:
    """One row of the API: address, permission (of `any` listed, or all), what it does, status.

    One with a `scope` is for people alone, whose OAuth client needs that scope.
    """

    method: str
    path: str
    run: Callable[[Api, Call], Any]
    permission: str = ""
    any_of: bool = True
    status: int = 200
    scope: str = ""

    def permit(self, denied: tuple[str, ...]) -> None:
        """Raises Fault where the client lacks the permission."""
        if self.permission in denied:
            code = "missing.any.permissions" if self.any_of else "missing.permissions"
            message = f"The client needs the permission {self.permission}."
            raise Fault(403, code, message, {"permissions": self.permission})


AGGREGATES = "/api/v2/analytics/conversations/aggregates"
VIEW = "analytics:conversationAggregate:view"
SEARCH = "routing:queue:search"

OPERATIONS = (
    Operation("POST", f"{AGGREGATES}/query", Api.query, VIEW),
    Operation("POST", f"{AGGREGATES}/jobs", Api.start_job, VIEW, status=202),
    Operation("GET", f"{AGGREGATES}/jobs/{{job_id}}", Api.job, VIEW),
    Operation("DELETE", f"{AGGREGATES}/jobs/{{job_id}}", Api.drop_job, VIEW, status=204),
    Operation("GET", f"{AGGREGATES}/jobs/{{job_id}}/results", Api.job_results, VIEW),
    Operation("GET", listings.QUEUES.path, Api.queues, "routing:queue:view"),
    Operation("GET", listings.VIEWS.path, Api.queue_views, SEARCH, any_of=False),
    Operation("GET", listings.ALL_VIEWS.path, Api.all_queue_views, SEARCH, any_of=False),
    Operation("GET", listings.DIVISIONS.path, Api.divisions),
    Operation("GET", "/api/v2/organizations/me", Api.about),
    Operation("GET", "/api/v2/users/me", Api.me, scope="user-basic-info"),
    Operation("GET", listings.PERMITTED.path, Api.permitted, scope="authorization:readonly"),
    Operation(
        "GET",
        "/api/v2/analytics/dataretention/settings",
        Api.retention,
        "analytics:dataRetention:view",
    ),
)
