"""Asynchronous jobs of the demo organization: states, pages, expiry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from genesys.demo import DemoOptions, DemoServer, serve
from tests.contract import validate
from tests.demo.calls import BY_QUEUE_AND_MEDIA, JOBS, QUERY, Caller, rows, totals

WEEK = "2026-05-11T00:00:00Z/2026-05-18T00:00:00Z"
BODY = {
    "interval": WEEK,
    "metrics": ["nOffered", "tWait"],
    "groupBy": BY_QUEUE_AND_MEDIA,
    "granularity": "P1D",
}


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 6, 15, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="module")
def caller(demo: DemoServer) -> Caller:
    return Caller(demo)


@pytest.fixture
def timed() -> Iterator[tuple[Caller, Clock]]:
    clock = Clock()
    with serve(DemoOptions(queues=1, clock=clock)) as server:
        yield Caller(server), clock


def test_a_job_is_queued_then_pending_then_fulfilled(caller) -> None:
    started = caller.send("POST", JOBS, json=BODY)
    assert started.status_code == 202
    validate("AsyncQueryResponse", started.json())
    path = f"{JOBS}/{started.json()['jobId']}"
    states = [caller.get(path) for _ in range(4)]
    for state in states:
        validate("AsyncQueryStatus", state)
    assert [state["state"] for state in states] == ["QUEUED", "PENDING", "FULFILLED", "FULFILLED"]
    assert "completionDate" not in states[1]
    assert states[2]["completionDate"] == "2026-06-15T12:00:00.000Z"
    assert states[2]["expirationDate"] == "2026-06-16T12:00:00.000Z"


def test_results_are_refused_before_the_job_is_fulfilled(caller) -> None:
    job_id = caller.send("POST", JOBS, json=BODY).json()["jobId"]
    assert caller.refused("GET", f"{JOBS}/{job_id}/results") == (400, "bad.request")


@pytest.mark.parametrize("page_size", [1, 7, 100_000])
def test_pages_hold_the_same_rows_as_the_synchronous_answer(caller, page_size) -> None:
    body = {**BODY, "interval": "2026-05-11T00:00:00Z/2026-05-13T00:00:00Z"}
    whole = caller.send("POST", QUERY, json=body).json()
    pages = list(caller.pages(caller.fulfilled({**body, "pageSize": page_size})))
    joined: dict[tuple[str, ...], object] = {}
    for page in pages:
        validate("ConversationAsyncAggregateQueryResponse", page)
        part = rows(page, *BY_QUEUE_AND_MEDIA)
        assert 0 < len(part) <= page_size
        assert not joined.keys() & part.keys()
        joined |= part
    assert joined == rows(whole, *BY_QUEUE_AND_MEDIA)


def test_a_group_may_go_on_over_the_next_page(caller) -> None:
    pages = caller.pages(caller.fulfilled({**BODY, "pageSize": 10}))
    on_pages = Counter(
        (group["group"].get("queueId"), group["group"]["mediaType"])
        for page in pages
        for group in page["results"]
    )
    assert max(on_pages.values()) > 1


def test_a_job_takes_longer_intervals_than_the_query(timed) -> None:
    caller, _ = timed
    body = {"interval": "2025-05-01T00:00:00Z/2026-06-01T00:00:00Z", "metrics": ["nOffered"]}
    assert caller.refused("POST", QUERY, json=body) == (400, "bad.request")
    (page,) = caller.pages(caller.fulfilled(body))
    assert totals(page)["nOffered"]["count"] > 100_000


def test_an_empty_job_has_one_empty_page(caller) -> None:
    body = {**BODY, "interval": "2027-01-01T00:00:00Z/2027-01-02T00:00:00Z"}
    assert list(caller.pages(caller.fulfilled(body))) == [{"results": []}]


def test_a_job_body_is_checked_as_strictly_as_a_query(caller) -> None:
    assert caller.refused("POST", JOBS, json={**BODY, "metrics": ["x"]}) == (400, "invalid.value")
    assert caller.refused("POST", JOBS, json={**BODY, "cursor": "x"}) == (400, "bad.request")
    assert caller.refused("POST", JOBS, json={**BODY, "pageSize": 0}) == (400, "bad.request")


@pytest.mark.parametrize("cursor", ["x", "row-", "row--1", "row-999999", "row-²"])
def test_a_cursor_of_another_kind_is_refused(caller, cursor) -> None:
    path = f"{JOBS}/{caller.fulfilled(BODY)}/results"
    assert caller.refused("GET", path, params={"cursor": cursor}) == (400, "bad.request")


def test_a_dropped_job_is_gone(caller) -> None:
    path = f"{JOBS}/{caller.fulfilled(BODY)}"
    dropped = caller.send("DELETE", path)
    assert (dropped.status_code, dropped.content) == (204, b"")
    for method, gone in (("GET", path), ("GET", f"{path}/results"), ("DELETE", path)):
        assert caller.refused(method, gone) == (404, "not.found")


def test_a_job_that_grows_too_large_fails_with_a_message(caller, monkeypatch) -> None:
    monkeypatch.setattr("genesys.demo.api.MOST_ROWS_OF_A_JOB", 5)
    job_id = caller.send("POST", JOBS, json=BODY).json()["jobId"]
    status = [caller.get(f"{JOBS}/{job_id}") for _ in range(3)][-1]
    validate("AsyncQueryStatus", status)
    assert status["state"] == "FAILED"
    assert "rows" in status["errorMessage"]
    assert caller.refused("GET", f"{JOBS}/{job_id}/results") == (400, "bad.request")


def test_a_job_expires_after_a_day(timed) -> None:
    caller, clock = timed
    job_id = caller.fulfilled(BODY)
    clock.now += timedelta(days=1)
    caller = Caller(caller.server)
    assert caller.get(f"{JOBS}/{job_id}")["state"] == "EXPIRED"
    assert caller.refused("GET", f"{JOBS}/{job_id}/results") == (404, "not.found")


def test_only_the_latest_jobs_are_kept(timed) -> None:
    caller, _ = timed
    ids = [caller.send("POST", JOBS, json=BODY).json()["jobId"] for _ in range(33)]
    assert caller.refused("GET", f"{JOBS}/{ids[0]}") == (404, "not.found")
    assert caller.get(f"{JOBS}/{ids[1]}")["state"] == "QUEUED"
