"""A faulty network under the whole fetch: the same totals, or a clear error, never a wrong one."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from genesys.analytics.fetch import Mode, Progress, fetch
from genesys.client.budget import Budget, Pending
from genesys.errors import (
    BadAnswer,
    ConnectionFailed,
    GenesysError,
    JobFailed,
    OutOfTime,
    PermissionMissing,
    RateLimited,
    SignOnError,
    Unavailable,
)
from genesys.intervals import Granularity
from tests.asking import api_on, budget, week
from tests.contacts import figures
from tests.hostile import (
    EMPTY_503,
    HTML_502,
    NOT_JSON,
    RESET,
    SILENT,
    HostileServer,
    Seen,
    Sent,
    cut,
    ok,
    refuse,
    too_many,
)

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
IN_SEVEN_SECONDS = format_datetime(NOW + timedelta(seconds=7), usegmt=True)
QUERY = week(granularity=Granularity.DAY, metrics=("nOffered", "tWait"))


def day(number: int, queue: str, offered: int, *waits: float) -> dict[str, Any]:
    """A group with one bucket."""
    stats = {"count": len(waits), "sum": sum(waits), "min": min(waits), "max": max(waits)}
    bucket = {
        "interval": f"2026-05-{number:02}T23:00:00.000Z/2026-05-{number + 1:02}T23:00:00.000Z",
        "metrics": [
            {"metric": "nOffered", "stats": {"count": offered}},
            {"metric": "tWait", "stats": stats},
        ],
    }
    return {"group": {"queueId": queue, "mediaType": "voice"}, "data": [bucket]}


RESULTS = [day(10, "q1", 3, 1000.0, 5000.0), day(11, "q1", 1, 700.0), day(11, "q2", 2, 10.0, 20.0)]
ANSWER = ok({"results": RESULTS})


def totals(frame) -> tuple[float, ...]:
    sums = frame[["nOffered_count", "tWait_count", "tWait_sum"]].sum()
    return (*sums, frame["tWait_min"].min(), frame["tWait_max"].max(), len(frame))


TOTALS = (6, 5, 6730, 10, 5000, 3)


@dataclass
class Waits:
    """A budget's clock and its way to wait: time goes on by waiting alone."""

    seconds: list[float] = field(default_factory=list)

    def budget(self, seconds: float = 600) -> Budget:
        return Budget(
            seconds,
            wait=self.seconds.append,
            monotonic=lambda: sum(self.seconds),
            now=lambda: NOW + timedelta(seconds=sum(self.seconds)),
        )


PASSING = {
    "429 with a number": ([too_many("3")], [3.0]),
    "429 with a date": ([too_many(IN_SEVEN_SECONDS)], [7.0]),
    "429 without": ([too_many(None)] * 2, [3.0, 3.0]),
    "401 once": ([refuse(401, "bad.credentials")], []),
    "500 once": ([refuse(500, "internal.server.error")], [1.0]),
    "502 as HTML": ([HTML_502] * 3, [1.0, 2.0, 4.0]),
    "503 without a body": ([EMPTY_503] * 2, [1.0, 2.0]),
    "408": ([refuse(408, "client.timeout")], [1.0]),
    "504": ([refuse(504, "request.timeout")], [1.0]),
    "cut off": ([cut({"results": RESULTS})] * 3, [1.0, 2.0, 4.0]),
    "reset": ([RESET] * 2, [1.0, 2.0]),
    "no JSON": ([NOT_JSON], [1.0]),
    "half a JSON": ([Sent(200, json.dumps({"results": RESULTS}).encode()[:-20])], [1.0]),
    "one of each": ([HTML_502, too_many("9"), RESET, EMPTY_503], [1.0, 9.0, 2.0, 4.0]),
}


@pytest.mark.parametrize(("faults", "waits"), PASSING.values(), ids=PASSING)
def test_a_passing_fault_changes_no_figure(faults, waits):
    clock = Waits()
    with HostileServer([*faults, ANSWER]) as server, api_on(server) as api:
        answer = fetch(api, QUERY, clock.budget())

    assert totals(answer.frame) == TOTALS
    assert clock.seconds == waits
    assert answer.as_of == NOW


def test_an_answer_that_never_comes_is_asked_for_again():
    with HostileServer([SILENT, ANSWER]) as server, api_on(server, timeout=(5.0, 0.1)) as api:
        assert totals(fetch(api, QUERY, budget()).frame) == TOTALS
        assert len(server.requests) == 2


LASTING = {
    "401": (refuse(401, "bad.credentials"), SignOnError, 2),
    "403": (refuse(403, "missing.permissions", permissions="a:b:c"), PermissionMissing, 1),
    "429 for hours": (too_many("7200"), RateLimited, 1),
    "500": (refuse(500, "internal.server.error"), Unavailable, 2),
    "502": (HTML_502, Unavailable, 4),
    "503": (EMPTY_503, Unavailable, 4),
    "cut off": (cut({"results": RESULTS}), ConnectionFailed, 4),
    "reset": (RESET, ConnectionFailed, 4),
    "no JSON": (NOT_JSON, BadAnswer, 4),
    "no figures": (
        ok({"results": [{"data": [{"interval": "today", "metrics": []}]}]}),
        BadAnswer,
        1,
    ),
    "a word for a number": (
        ok({"results": [{"data": [{"interval": "a/b", "metrics": [{"metric": 7}]}]}]}),
        BadAnswer,
        1,
    ),
}


@pytest.mark.parametrize(("fault", "kind", "tries"), LASTING.values(), ids=LASTING)
def test_a_lasting_fault_is_an_error_of_its_kind_with_the_piece(
    fault: Sent, kind: type[GenesysError], tries: int
):
    with (
        HostileServer(itertools.repeat(fault)) as server,
        api_on(server) as api,
        pytest.raises(kind) as caught,
    ):
        fetch(api, QUERY, Waits().budget())
    assert len(server.requests) == tries
    assert type(caught.value) is kind
    assert caught.value.piece.startswith("Mon 11 – Sun 17 May 2026 (")


def test_a_host_that_keeps_silent_is_a_failed_connection():
    with (
        HostileServer(itertools.repeat(SILENT)) as server,
        api_on(server, timeout=(5.0, 0.05)) as api,
        pytest.raises(ConnectionFailed),
    ):
        fetch(api, QUERY, budget())
    assert len(server.requests) == 4


def test_one_fault_among_many_pieces_gives_no_partial_total():
    year = week(metrics=tuple(f"n{name}" for name in ("Offered", "Error", "Connected")))
    quarter = week(interval=type(year.interval)(NOW - timedelta(days=200), NOW))

    def answer(seen: Seen) -> Sent:
        return EMPTY_503 if '"2026-02' in seen.body.decode() else ok({"results": []})

    with (
        HostileServer(answer) as server,
        api_on(server) as api,
        pytest.raises(Unavailable) as caught,
    ):
        fetch(api, quarter, budget())
    assert "Feb 2026" in caught.value.piece


def test_waiting_longer_than_the_budget_ends_with_the_time_to_come_back():
    with (
        HostileServer(itertools.repeat(too_many("100"))) as server,
        api_on(server) as api,
        pytest.raises((RateLimited, OutOfTime)) as caught,
    ):
        fetch(api, QUERY, Waits().budget(150))
    assert len(server.requests) == 2
    assert caught.value.facts.retry_at == NOW + timedelta(seconds=200)


Steps = Callable[[Seen], Sent]
GONE = Sent(204)


def job(states: list[str], pages: list[Sent], delete: Sent = GONE) -> Steps:
    """A job's answers: its states one after the other, then its pages."""
    polls, rest = iter(states), iter(pages)

    def answer(seen: Seen) -> Sent:
        if seen.method == "POST":
            return ok({"jobId": "job-1"}, 202)
        if seen.method == "DELETE":
            return delete
        if seen.path.endswith("/results"):
            return next(rest)
        return ok({"state": next(polls), "errorMessage": "Too old."})

    return answer


def run(answer: Steps, clock: Waits | None = None) -> tuple[Any, list[Seen]]:
    with HostileServer(answer) as server, api_on(server) as api:
        try:
            found: Any = fetch(api, QUERY, (clock or Waits()).budget(), mode=Mode.JOB).frame
        except GenesysError as error:
            found = error
        return found, server.requests


class TestJobs:
    """Asynchronous queries that do not go as planned."""

    def test_pages_are_put_together_also_where_they_split_a_group(self):
        pages = [
            ok({"results": RESULTS[:1], "cursor": "one"}),
            ok({"results": [], "cursor": "two"}),
            ok({"results": RESULTS[1:]}),
        ]
        clock = Waits()
        found, seen = run(job(["QUEUED", "PENDING", "PENDING", "FULFILLED"], pages), clock)
        with HostileServer([ANSWER]) as server, api_on(server) as api:
            at_once = fetch(api, QUERY, budget()).frame

        assert totals(found) == TOTALS
        assert figures(found) == figures(at_once)
        assert [each.params.get("cursor") for each in seen[5:-1]] == [None, "one", "two"]
        assert seen[-1].method == "DELETE"
        assert clock.seconds == [0.5, 1.0, 2.0]

    def test_pauses_grow_to_a_quarter_of_a_minute(self):
        clock = Waits()
        run(job(["PENDING"] * 8 + ["FULFILLED"], [ANSWER]), clock)
        assert clock.seconds == [0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 15.0, 15.0]

    @pytest.mark.parametrize("state", ["FAILED", "CANCELLED", "EXPIRED"])
    def test_an_end_without_figures_is_an_error_and_the_job_is_deleted(self, state: str):
        error, seen = run(job(["QUEUED", state], []))
        assert type(error) is JobFailed
        assert error.what == f"The asynchronous query ended as {state}. Too old."
        assert error.piece
        assert seen[-1].method == "DELETE"

    @pytest.mark.parametrize("cursors", [["a", "a"], ["a", "b", "a"]])
    def test_a_cursor_that_comes_again_is_an_error_and_no_endless_loop(self, cursors: list[str]):
        pages = [ok({"results": RESULTS, "cursor": cursor}) for cursor in cursors]
        error, seen = run(job(["FULFILLED"], pages))
        assert type(error) is BadAnswer
        assert "cursor" in error.what
        assert (len(seen), seen[-1].method) == (3 + len(pages), "DELETE")

    @pytest.mark.parametrize("delete", [refuse(403, "not.authorized"), refuse(500, "x"), RESET])
    def test_figures_stand_where_only_the_deletion_fails(self, delete: Sent):
        found, _ = run(job(["FULFILLED"], [ANSWER], delete))
        assert totals(found) == TOTALS

    def test_a_fault_on_a_page_changes_no_figure(self):
        pages: Iterator[Sent] = iter(
            [
                HTML_502,
                ok({"results": RESULTS[:2], "cursor": "c"}),
                RESET,
                ok({"results": RESULTS[2:]}),
            ]
        )
        found, _ = run(job(["FULFILLED"], list(pages)))
        assert totals(found) == TOTALS

    def test_a_job_that_never_ends_runs_out_of_time(self):
        error, _ = run(job(["PENDING"] * 200, []))
        assert type(error) is OutOfTime


def test_a_request_that_hangs_is_named_and_who_stops_waits_for_nothing():
    class Stopped(Exception):
        pass

    told: list[Pending] = []

    def stop(progress: Progress) -> None:
        if progress.waiting:
            told.append(progress.waiting)
            raise Stopped

    undertaking = Budget(600, now=lambda: NOW)
    began = time.monotonic()
    with HostileServer(itertools.repeat(SILENT)) as server, api_on(server) as api:
        with pytest.raises(Stopped):
            fetch(api, QUERY, undertaking, on_progress=stop)
        passed = time.monotonic() - began

    path = "/api/v2/analytics/conversations/aggregates/query"
    assert told[0] in (Pending("POST", "/oauth/token", NOW), Pending("POST", path, NOW))
    assert passed < 5  # the server is silent for ten seconds
