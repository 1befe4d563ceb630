"""The transport: faults of the network and of servers, over real connections on loopback."""

from __future__ import annotations

import gzip
import itertools
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from requests import PreparedRequest
from requests.auth import AuthBase

from genesys.client.budget import Budget
from genesys.client.exchange import Call
from genesys.client.transport import Transport
from genesys.errors import (
    ApiError,
    BadAnswer,
    Cancelled,
    ConnectionFailed,
    OutOfTime,
    PermissionMissing,
    RateLimited,
    TooLarge,
    Unavailable,
)
from tests.hostile import (
    EMPTY_503,
    HTML_502,
    RESET,
    SILENT,
    HostileServer,
    Sent,
    cut,
    ok,
    refuse,
    too_many,
)

NOW = datetime(2026, 6, 15, 12, 0, 0, tzinfo=UTC)
TOKEN = "t0ken-of-the-tests"


class Bearer(AuthBase):
    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        request.headers["Authorization"] = f"Bearer {TOKEN}"
        return request


@pytest.fixture
def transport() -> Iterator[Transport]:
    transport = Transport(random=lambda: 0.0, timeout=(5.0, 5.0))
    yield transport
    transport.close()


@pytest.fixture
def waits() -> list[float]:
    """The seconds that somebody would have waited."""
    return []


@pytest.fixture
def budget(waits: list[float]) -> Budget:
    return Budget(600, wait=waits.append, now=lambda: NOW)


@pytest.fixture
def ask(transport: Transport, budget: Budget) -> Callable[[HostileServer], bytes]:
    return lambda server: transport.send(call(server), budget, Bearer(), bytes)


def call(server: HostileServer) -> Call:
    return Call("POST", f"{server.url}/api/v2/x", {"cursor": "a/b c"}, b'{"a":1}')


def test_a_call_arrives_whole_and_its_answer_comes_back(ask):
    with HostileServer([ok({"results": []})]) as server:
        assert ask(server) == b'{"results": []}'

    (seen,) = server.requests
    assert (seen.method, seen.path, seen.params) == ("POST", "/api/v2/x", {"cursor": "a/b c"})
    assert seen.json == {"a": 1}
    assert seen.headers["authorization"] == f"Bearer {TOKEN}"
    assert seen.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    "fault",
    [
        HTML_502,
        EMPTY_503,
        refuse(408, "client.timeout"),
        refuse(504, "request.timeout"),
        cut({"results": ["x"] * 100}),
        RESET,
    ],
    ids=["502 html", "503 empty", "408", "504", "cut off", "reset"],
)
def test_passing_faults_are_asked_again_until_the_answer_is_whole(ask, waits, fault: Sent):
    with HostileServer([fault, fault, fault, ok({})]) as server:
        assert ask(server) == b"{}"

    assert len(server.requests) == 4
    assert waits == [1.0, 2.0, 4.0]


@pytest.mark.parametrize(
    ("fault", "kind", "text"),
    [
        (HTML_502, Unavailable, "status: 502; correlation id: corr-1"),
        (EMPTY_503, Unavailable, "status: 503"),
        (cut({"results": ["x"] * 100}), ConnectionFailed, "broke off"),
        (RESET, ConnectionFailed, "broke the connection"),
    ],
    ids=["502 html", "503 empty", "cut off", "reset"],
)
def test_faults_that_stay_are_given_up_after_four_tries(ask, fault: Sent, kind: type, text: str):
    with (
        HostileServer(itertools.repeat(fault)) as server,
        pytest.raises(kind, match=text) as caught,
    ):
        ask(server)

    assert len(server.requests) == 4
    assert caught.value.facts.tries == 4
    assert caught.value.facts.request == "POST /api/v2/x"


def test_a_server_error_is_asked_once_more(ask):
    with HostileServer([refuse(500, "internal.server.error"), ok({})]) as server:
        assert ask(server) == b"{}"

    with HostileServer(itertools.repeat(refuse(500, "internal.server.error"))) as server:
        with pytest.raises(Unavailable):
            ask(server)
        assert len(server.requests) == 2


def test_a_silent_server_is_a_time_out_of_its_own_words(budget: Budget):
    transport = Transport(random=lambda: 0.0, timeout=(5.0, 0.05))
    with (
        HostileServer(itertools.repeat(SILENT)) as server,
        pytest.raises(ConnectionFailed, match="did not answer in time"),
    ):
        transport.send(call(server), budget, Bearer(), bytes)
    transport.close()

    assert [record.status for record in budget.records] == [None] * 4


def test_a_read_never_outlasts_the_budget(transport: Transport):
    with HostileServer([SILENT]) as server, pytest.raises((OutOfTime, ConnectionFailed)):
        transport.send(call(server), Budget(0.05), Bearer(), bytes)

    assert len(server.requests) == 1


def test_a_refused_connection_says_so(ask, budget: Budget):
    server = HostileServer()
    server.close()

    with pytest.raises(ConnectionFailed, match=r"127\.0\.0\.1 refused the connection"):
        ask(server)


@pytest.mark.parametrize("named", ["7", format_datetime(NOW.replace(second=7), usegmt=True)])
def test_a_rate_limit_waits_as_told_in_seconds_or_until_a_date(ask, waits, named: str):
    with HostileServer([too_many(named), ok({})]) as server:
        assert ask(server) == b"{}"

    assert waits == [7.0]


def test_rate_limits_do_not_use_up_the_tries(ask):
    script = [*[too_many("1")] * 9, HTML_502, HTML_502, HTML_502, ok({})]
    with HostileServer(script) as server:
        assert ask(server) == b"{}"


def test_a_long_rate_limit_is_given_up_with_the_time_to_come_back(ask, waits):
    with HostileServer([too_many("7200")]) as server, pytest.raises(RateLimited) as caught:
        ask(server)

    assert waits == []
    assert caught.value.facts.retry_at == datetime(2026, 6, 15, 14, 0, 0, tzinfo=UTC)
    assert "Try again at 14:00:00 UTC on Mon 15 Jun 2026." in caught.value.todo


def test_a_rate_limit_beyond_the_budget_is_given_up_too(transport: Transport, waits):
    budget = Budget(30, wait=waits.append, now=lambda: NOW)
    with HostileServer([too_many("60")]) as server, pytest.raises(RateLimited) as caught:
        transport.send(call(server), budget, Bearer(), bytes)

    assert caught.value.facts.retry_at == datetime(2026, 6, 15, 12, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "fault", [refuse(413, "request.entity.too.large"), refuse(400, "response.entity.too.large")]
)
def test_too_large_is_told_at_once(ask, fault: Sent):
    with HostileServer([fault]) as server, pytest.raises(TooLarge):
        ask(server)


def test_a_forbidden_call_names_the_permission(ask):
    permission = "analytics:conversationAggregate:view"
    fault = refuse(403, "missing.any.permissions", permissions=permission)
    with HostileServer([fault]) as server, pytest.raises(PermissionMissing) as caught:
        ask(server)

    assert caught.value.facts.permissions == (permission,)
    assert "Analytics > Conversation Aggregate > View" in caught.value.what


@pytest.mark.parametrize("location", ["https://elsewhere.example/", "http://[", ""])
def test_redirects_are_not_followed(ask, location: str):
    fault = Sent(302, headers={"Location": location})
    with HostileServer([fault]) as server, pytest.raises(ApiError, match="another address"):
        ask(server)

    assert len(server.requests) == 1


def test_a_compressed_body_comes_back_whole_or_not_at_all(ask):
    packed = gzip.compress(b"{}" * 999)
    whole = Sent(200, packed, {"Content-Encoding": "gzip"})
    broken = replace(whole, body=packed[:20], length=len(packed))
    with HostileServer([broken, whole]) as server:
        assert ask(server) == b"{}" * 999


def test_cookies_are_not_sent_back(ask):
    with HostileServer([ok({}, Set_Cookie="spy=1"), ok({})]) as server:
        ask(server)
        ask(server)

    assert "cookie" not in server.requests[1].headers


def test_a_body_that_cannot_be_decoded_is_asked_for_again_and_then_a_bad_answer(transport, budget):
    def refusing(body: bytes) -> bytes:
        return body.decode("ascii").encode()

    with HostileServer([Sent(200, b"\xff"), ok({})]) as server:
        assert transport.send(call(server), budget, Bearer(), refusing) == b"{}"
    with HostileServer(itertools.repeat(Sent(200, b"\xff"))) as server:
        with pytest.raises(BadAnswer, match="cannot be read") as caught:
            transport.send(call(server), budget, Bearer(), refusing)
        assert len(server.requests) == 4
    assert caught.value.facts.correlation_id == "corr-1"


class TestBudget:
    """What a stop and the budget do to a call."""

    def test_nothing_is_sent_once_it_is_stopped(self, ask, budget: Budget):
        budget.cancel()
        with HostileServer([ok({})]) as server, pytest.raises(Cancelled):
            ask(server)

        assert server.requests == []

    def test_no_further_try_after_a_stop(self, transport: Transport):
        budget = Budget(600, wait=lambda seconds: budget.cancel())
        with HostileServer(itertools.repeat(HTML_502)) as server, pytest.raises(Cancelled):
            transport.send(call(server), budget, Bearer(), bytes)

        assert len(server.requests) == 1

    def test_every_try_is_recorded_and_logged_without_query_body_or_token(
        self, ask, budget: Budget, caplog: pytest.LogCaptureFixture
    ):
        caplog.set_level(logging.DEBUG, "genesys")
        with HostileServer([RESET, ok({"answer": "private"})]) as server:
            ask(server)

        assert [(r.method, r.path, r.status, r.tries) for r in budget.records] == [
            ("POST", "/api/v2/x", None, 1),
            ("POST", "/api/v2/x", 200, 2),
        ]
        assert [r.correlation_id for r in budget.records] == ["", "corr-1"]
        assert all(r.at == NOW for r in budget.records)
        assert len(caplog.messages) == 2
        for hidden in (TOKEN, "private", "cursor", '"a"'):
            assert hidden not in caplog.text


def test_a_long_wait_is_told_even_where_little_is(ask, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.WARNING, "genesys")
    with HostileServer([too_many("90"), too_many("2"), ok({})]) as server:
        ask(server)
    assert caplog.messages == ["127.0.0.1: waiting 90 s before it is asked again."]
