"""The budget of time: what is left of it, how it is cancelled, and its log."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime

import pytest

from genesys.client.budget import Budget, RequestRecord
from genesys.errors import Cancelled, OutOfTime

RECORD = RequestRecord(
    method="POST",
    path="/api/v2/x",
    status=200,
    ms=12,
    tries=1,
    correlation_id="corr-1",
    at=datetime(2026, 6, 15, tzinfo=UTC),
)


class Clock:
    """A clock that moves only when somebody waits."""

    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        return self.time

    def wait(self, seconds: float) -> None:
        self.time += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_what_is_left_runs_down_to_zero_and_not_below(clock: Clock):
    budget = Budget(120, monotonic=clock, wait=clock.wait)

    budget.sleep(50)
    assert budget.left() == 70

    clock.time += 1000
    assert budget.left() == 0


def test_a_spent_budget_is_out_of_time(clock: Clock):
    budget = Budget(120, monotonic=clock, wait=clock.wait)
    budget.check()

    clock.time += 120

    with pytest.raises(OutOfTime, match="within its 120 seconds"):
        budget.check()


def test_a_wait_that_does_not_fit_is_out_of_time_at_once(clock: Clock):
    budget = Budget(10, monotonic=clock, wait=clock.wait)

    with pytest.raises(OutOfTime):
        budget.sleep(11)

    assert clock.time == 1000


def test_a_cancelled_budget_says_so_before_and_after_waiting(clock: Clock):
    budget = Budget(10, monotonic=clock, wait=lambda seconds: budget.cancel())

    with pytest.raises(Cancelled):
        budget.sleep(1)
    with pytest.raises(Cancelled):
        budget.check()


def test_cancelling_ends_a_wait_in_another_thread():
    budget = Budget(600)
    waiting = threading.Event()
    ended: list[BaseException] = []

    def sleeper() -> None:
        waiting.set()
        try:
            budget.sleep(500)
        except Cancelled as error:
            ended.append(error)

    thread = threading.Thread(target=sleeper)
    thread.start()
    waiting.wait(5)
    budget.cancel()
    thread.join(5)

    assert len(ended) == 1


def test_records_are_kept_logged_and_handed_on(caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.INFO, "genesys")
    handed: list[RequestRecord] = []
    budget = Budget(10, on_request=handed.append)

    budget.record(RECORD)

    assert budget.records == (RECORD,)
    assert handed == [RECORD]
    assert caplog.messages == ["POST /api/v2/x 200 12 ms, try 1, correlation id corr-1"]


def test_now_is_aware_by_default():
    assert Budget(1).now().tzinfo is UTC
