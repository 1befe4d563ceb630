"""The API: one method for each endpoint in use."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Final, TypeVar
from urllib.parse import quote

import msgspec

from genesys.client.answers import Job, Page, Retention, as_a, figures, page_of_figures
from genesys.client.auth import Tokens
from genesys.client.budget import Budget
from genesys.client.entities import Division, JobState, Organization, Queue
from genesys.client.exchange import WHOLE, Call
from genesys.client.failures import ADDRESS_REJECTED
from genesys.client.lists import Listed, read_list
from genesys.client.transport import Transport
from genesys.errors import ApiError, SignOnError
from genesys.settings import Connection

T = TypeVar("T")
E = TypeVar("E", Queue, Division)

_STARTED: Final = frozenset({200, 201, 202})
_DELETED: Final = frozenset(range(200, 300))
_AGGREGATES: Final = "/api/v2/analytics/conversations/aggregates"


class Api:
    """The API of one organization; safe to use from several threads.

    Every method raises the errors of `genesys.errors`, and Cancelled or OutOfTime of its budget.
    """

    def __init__(
        self,
        connection: Connection,
        transport: Transport | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.url: Final = connection.api_url
        self._transport = transport or Transport(largest=connection.largest)
        self._tokens = Tokens(connection, self._transport, monotonic)
        self.heard = 0.0
        """The share of the rate limit that all of the same client have used, as others know."""

    @property
    def told(self) -> float:
        """The share of the rate limit that was used up at the last answer; 0 while unknown."""
        return self._transport.pressure

    @property
    def allowed(self) -> int:
        """The requests that the rate limit allows in a minute."""
        return self._transport.allowed

    @property
    def pressure(self) -> float:
        """The share of the rate limit that is used up, as far as anybody knows."""
        return max(self.told, self.heard)

    def close(self) -> None:
        """Close the connections that are kept for the next request."""
        self._transport.close()

    def sign_on(self, budget: Budget) -> None:
        """See to a token, so that wrong credentials show before anything else."""
        self._tokens.get(budget)

    def organization(self, budget: Budget) -> Organization:
        """The organization that the OAuth client belongs to; needs no permission."""
        return self._get("/api/v2/organizations/me", budget, as_a(Organization))

    def aggregate(self, body: Mapping[str, object], budget: Budget) -> bytes:
        """The answer to an aggregate query: a whole JSON object, not looked into."""
        call = self._post(f"{_AGGREGATES}/query", body)
        return self._send(call, budget, figures)

    def start_job(self, body: Mapping[str, object], page_size: int, budget: Budget) -> str:
        """Start an aggregate query as a job; the id of the job.

        Where the answer gets lost it is started anew, and the lost job expires by itself.
        """
        call = self._post(f"{_AGGREGATES}/jobs", {**body, "pageSize": page_size}, _STARTED)
        return self._send(call, budget, as_a(Job)).job_id

    def job_state(self, job_id: str, budget: Budget) -> JobState:
        """How far a job is."""
        return self._get(_job(job_id), budget, as_a(JobState))

    def job_page(self, job_id: str, cursor: str | None, budget: Budget) -> tuple[bytes, str | None]:
        """A page of a job's results, and the cursor of the next one or None on the last."""
        params = {"cursor": cursor} if cursor else {}
        return self._get(f"{_job(job_id)}/results", budget, page_of_figures, params)

    def delete_job(self, job_id: str, budget: Budget) -> None:
        """Drop a job; one that is gone already is no error."""
        try:
            call = Call("DELETE", self.url + _job(job_id), whole=_DELETED)
            self._send(call, budget, bytes)
        except ApiError as error:
            if error.facts.status != 404:
                raise

    def division_view_queues(self, budget: Budget) -> Listed[Queue]:
        """All queues by id, name and division; needs routing:queue:search."""
        return self._list("/api/v2/routing/queues/divisionviews/all", 500, budget, Queue)

    def queues(self, budget: Budget) -> Listed[Queue]:
        """All queues with their service-level targets; needs routing:queue:view."""
        return self._list("/api/v2/routing/queues", 100, budget, Queue)

    def divisions(self, budget: Budget) -> Listed[Division]:
        """All divisions; needs no permission."""
        return self._list("/api/v2/authorization/divisions", 100, budget, Division)

    def retention_days(self, budget: Budget) -> int | None:
        """For how many days the organization keeps figures; needs analytics:dataRetention:view."""
        path = "/api/v2/analytics/dataretention/settings"
        return self._get(path, budget, as_a(Retention)).retention_days

    def _list(self, path: str, size: int, budget: Budget, kind: type[E]) -> Listed[E]:
        def page(number: int) -> Page:
            params = {"pageSize": size, "pageNumber": number}
            return self._get(path, budget, as_a(Page), params)

        return read_list(page, msgspec.json.Decoder(kind).decode)

    def _get(
        self,
        path: str,
        budget: Budget,
        decode: Callable[[bytes], T],
        params: Mapping[str, str | int] | None = None,
    ) -> T:
        return self._send(Call("GET", self.url + path, params or {}), budget, decode)

    def _post(self, path: str, body: Mapping[str, object], whole: frozenset[int] = WHOLE) -> Call:
        return Call("POST", self.url + path, content=msgspec.json.encode(body), whole=whole)

    def _send(self, call: Call, budget: Budget, decode: Callable[[bytes], T]) -> T:
        """Send with the token; where it is rejected, once more with a new one."""
        token = self._tokens.get(budget)
        try:
            return self._transport.send(call, budget, token, decode)
        except SignOnError as rejected:
            if rejected.facts.code == ADDRESS_REJECTED:
                raise
            self._tokens.drop(token)
        return self._transport.send(call, budget, self._tokens.get(budget), decode)


def _job(job_id: str) -> str:
    return f"{_AGGREGATES}/jobs/{quote(job_id, safe='')}"
