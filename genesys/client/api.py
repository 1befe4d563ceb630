"""The API: one method for each endpoint in use."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from typing import Annotated, Final, Generic, TypeVar
from urllib.parse import quote

import msgspec

from genesys.client.auth import Tokens
from genesys.client.budget import Budget
from genesys.client.entities import Division, JobState, Organization, Queue
from genesys.client.exchange import Call
from genesys.client.failures import ADDRESS_REJECTED
from genesys.client.transport import Transport
from genesys.errors import ApiError, BadAnswer, SignOnError
from genesys.settings import Connection

T = TypeVar("T")
E = TypeVar("E", Queue, Division)

_AGGREGATES: Final = "/api/v2/analytics/conversations/aggregates"


class _Object(msgspec.Struct):
    """Any JSON object: decoding into it reads to the end and keeps nothing."""


class _Job(msgspec.Struct, rename="camel"):
    job_id: Annotated[str, msgspec.Meta(pattern=r"\w")]


class _JobPage(msgspec.Struct):
    cursor: str | None = None


class _Retention(msgspec.Struct, rename="camel"):
    retention_days: int | None = None


class _Listing(msgspec.Struct, Generic[E], rename="camel"):
    entities: list[E] | None = None
    page_count: int | None = None


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
        self._transport = transport or Transport()
        self._tokens = Tokens(connection, self._transport, monotonic)

    @property
    def pressure(self) -> float:
        """The share of the rate limit that is used up; 0 while unknown."""
        return self._transport.pressure

    def close(self) -> None:
        """Close the connections that are kept for the next request."""
        self._transport.close()

    def sign_on(self, budget: Budget) -> None:
        """See to a token, so that wrong credentials show before anything else."""
        self._tokens.get(budget)

    def organization(self, budget: Budget) -> Organization:
        """The organization that the OAuth client belongs to; needs no permission."""
        return self._get("/api/v2/organizations/me", budget, _as(Organization))

    def aggregate(self, body: Mapping[str, object], budget: Budget) -> bytes:
        """The answer to an aggregate query: a whole JSON object, not looked into."""
        return self._post(f"{_AGGREGATES}/query", body, budget, _whole)

    def start_job(self, body: Mapping[str, object], page_size: int, budget: Budget) -> str:
        """Start an aggregate query as a job; the id of the job.

        Where the answer gets lost it is started anew, and the lost job expires by itself.
        """
        body = {**body, "pageSize": page_size}
        return self._post(f"{_AGGREGATES}/jobs", body, budget, _as(_Job)).job_id

    def job_state(self, job_id: str, budget: Budget) -> JobState:
        """How far a job is."""
        return self._get(_job(job_id), budget, _as(JobState))

    def job_page(self, job_id: str, cursor: str | None, budget: Budget) -> tuple[bytes, str | None]:
        """A page of a job's results, and the cursor of the next one or None on the last."""
        params = {"cursor": cursor} if cursor else {}
        return self._get(f"{_job(job_id)}/results", budget, _page, params)

    def delete_job(self, job_id: str, budget: Budget) -> None:
        """Drop a job; one that is gone already is no error."""
        try:
            self._send(Call("DELETE", self.url + _job(job_id)), budget, bytes)
        except ApiError as error:
            if error.facts.status != 404:
                raise

    def division_view_queues(self, budget: Budget) -> tuple[Queue, ...]:
        """All queues by id, name and division; needs routing:queue:search."""
        path = "/api/v2/routing/queues/divisionviews/all"
        return tuple(self._pages(path, 500, budget, _Listing[Queue]))

    def queues(self, budget: Budget) -> tuple[Queue, ...]:
        """All queues with their service-level targets; needs routing:queue:view."""
        return tuple(self._pages("/api/v2/routing/queues", 100, budget, _Listing[Queue]))

    def divisions(self, budget: Budget) -> tuple[Division, ...]:
        """All divisions; needs no permission."""
        path = "/api/v2/authorization/divisions"
        return tuple(self._pages(path, 100, budget, _Listing[Division]))

    def retention_days(self, budget: Budget) -> int | None:
        """For how many days the organization keeps figures; needs analytics:dataRetention:view."""
        path = "/api/v2/analytics/dataretention/settings"
        return self._get(path, budget, _as(_Retention)).retention_days

    def _pages(self, path: str, size: int, budget: Budget, kind: type[_Listing[E]]) -> Iterator[E]:
        """The entities of all pages. A page with nothing new would be the first of endless ones."""
        seen: set[str | None] = set()
        for number in count(1):
            params = {"pageSize": size, "pageNumber": number}
            listing = self._get(path, budget, _as(kind), params)
            fresh = [entity for entity in listing.entities or () if entity.id not in seen]
            yield from fresh
            seen.update(entity.id for entity in fresh)
            if not listing.entities or number >= (listing.page_count or number + 1):
                return
            if not fresh:
                raise BadAnswer(
                    f"The list {path} does not end: page {number} repeats what came before.",
                    "Try again later; if it stays so, tell Genesys support.",
                )

    def _get(
        self,
        path: str,
        budget: Budget,
        decode: Callable[[bytes], T],
        params: Mapping[str, str | int] | None = None,
    ) -> T:
        return self._send(Call("GET", self.url + path, params or {}), budget, decode)

    def _post(
        self, path: str, body: Mapping[str, object], budget: Budget, decode: Callable[[bytes], T]
    ) -> T:
        call = Call("POST", self.url + path, content=msgspec.json.encode(body))
        return self._send(call, budget, decode)

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


def _as(kind: type[T]) -> Callable[[bytes], T]:
    return msgspec.json.Decoder(kind).decode


def _whole(body: bytes) -> bytes:
    msgspec.json.decode(body, type=_Object)
    return body


def _page(body: bytes) -> tuple[bytes, str | None]:
    return body, msgspec.json.decode(body, type=_JobPage).cursor or None
