"""A faulty network under the whole fetch: the same totals, or a clear error, never a wrong one."""

from __future__ import annotations

import itertools
import json
import time
from datetime import timedelta
from email.utils import format_datetime

import pytest

from genesys.analytics.fetch import Progress, fetch
from genesys.client.budget import Budget, Pending
from genesys.errors import (
    BadAnswer,
    ConnectionFailed,
    GenesysError,
    OutOfTime,
    PermissionMissing,
    RateLimited,
    SignOnError,
    Unavailable,
)
from tests.analytics.faulty import ANSWER, NOW, QUERY, RESULTS, TOTALS, Waits, totals
from tests.asking import api_on, budget, week
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

IN_SEVEN_SECONDS = format_datetime(NOW + timedelta(seconds=7), usegmt=True)


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
