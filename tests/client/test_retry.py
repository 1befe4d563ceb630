"""Whether to ask again: the table, row by row."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from genesys.client.exchange import (
    CERTIFICATE,
    CUT,
    NAME,
    PROXY_SIGN_ON,
    RESET,
    UNREADABLE,
    NoReply,
    Reply,
)
from genesys.client.retry import decide, retry_after

NOW = datetime(2026, 6, 15, 12, 0, 0, tzinfo=UTC)


def waits(outcome: Reply | NoReply, jitter: float = 0.0) -> list[float | None]:
    """The waits after the first, second, ... failed try."""
    return [decide(outcome, tries, lambda: jitter, NOW) for tries in (1, 2, 3, 4, 5)]


def reply(status: int, **headers: str) -> Reply:
    return Reply(status, {k.replace("_", "-"): v for k, v in headers.items()}, b"")


@pytest.mark.parametrize(
    "outcome",
    [
        reply(408),
        reply(502),
        reply(503),
        reply(504),
        NoReply(RESET),
        NoReply(CUT),
        NoReply(NAME),
        NoReply(UNREADABLE),
    ],
    ids=repr,
)
def test_passing_faults_get_four_tries_with_growing_waits(outcome: Reply | NoReply):
    assert waits(outcome) == [1.0, 2.0, 4.0, None, None]
    assert waits(outcome, jitter=0.5) == [1.5, 2.5, 4.5, None, None]


def test_a_server_error_is_asked_once_more():
    assert waits(reply(500)) == [1.0, None, None, None, None]


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 413, 415, 501])
def test_other_statuses_are_final(status: int):
    assert waits(reply(status)) == [None] * 5


@pytest.mark.parametrize("fault", [CERTIFICATE, PROXY_SIGN_ON], ids=["certificate", "proxy"])
def test_faults_that_stay_are_final(fault):
    assert waits(NoReply(fault)) == [None] * 5


def test_a_rate_limit_waits_as_it_is_told_plus_jitter():
    assert decide(reply(429, retry_after="7"), 1, lambda: 0.25, NOW) == 7.25


def test_a_rate_limit_never_asks_again_at_once():
    assert decide(reply(429, retry_after="0"), 1, lambda: 0.0, NOW) == 1.0


@pytest.mark.parametrize(("named", "expected"), [("180", 180.0), ("181", None), ("7200", None)])
def test_a_rate_limit_above_three_minutes_is_given_up(named: str, expected: float | None):
    assert decide(reply(429, retry_after=named), 1, lambda: 0.0, NOW) == expected


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("42", 42.0),
        (" 1.5 ", 1.5),
        ("Mon, 15 Jun 2026 12:01:30 GMT", 90.0),
        ("Mon, 15 Jun 2026 12:01:30 -0000", 90.0),
        ("Mon, 15 Jun 2026 14:01:30 +0200", 90.0),
        ("Mon, 15 Jun 2026 11:00:00 GMT", 0.0),
        ("soon", 3.0),
        ("-5", 3.0),
        ("nan", 3.0),
        ("inf", 3.0),
        ("٣", 3.0),
        ("Mon, 99 Jun 2026 12:01:30 GMT", 3.0),
        ("9" * 400, 30 * 86400.0),
    ],
)
def test_retry_after_is_a_number_or_a_date_and_three_seconds_else(text: str, seconds: float):
    assert retry_after({"retry-after": text}, NOW) == seconds


def test_without_retry_after_it_is_three_seconds():
    assert retry_after({}, NOW) == 3.0
