"""Jobs whose server fails, repeats itself or never ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from genesys.analytics.fetch import Mode, fetch
from genesys.errors import (
    BadAnswer,
    GenesysError,
    JobFailed,
    OutOfTime,
)
from tests.analytics.faulty import ANSWER, QUERY, RESULTS, TOTALS, Waits, totals
from tests.asking import api_on, budget
from tests.contacts import figures
from tests.hostile import (
    HTML_502,
    RESET,
    HostileServer,
    Seen,
    Sent,
    ok,
    refuse,
)

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
