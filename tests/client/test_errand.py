"""The errand: its budget, the way to stop it, and its log."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime

import pytest

from genesys.client.errand import Errand, RequestRecord
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
    errand = Errand(120, monotonic=clock, wait=clock.wait)

    errand.sleep(50)
    assert errand.left() == 70

    clock.time += 1000
    assert errand.left() == 0


def test_a_spent_budget_is_out_of_time(clock: Clock):
    errand = Errand(120, monotonic=clock, wait=clock.wait)
    errand.check()

    clock.time += 120

    with pytest.raises(OutOfTime, match="within its 120 seconds"):
        errand.check()


def test_a_wait_that_does_not_fit_ends_the_errand_at_once(clock: Clock):
    errand = Errand(10, monotonic=clock, wait=clock.wait)

    with pytest.raises(OutOfTime):
        errand.sleep(11)

    assert clock.time == 1000


def test_a_stopped_errand_is_cancelled_before_and_after_waiting(clock: Clock):
    errand = Errand(10, monotonic=clock, wait=lambda seconds: errand.stop())

    with pytest.raises(Cancelled):
        errand.sleep(1)
    with pytest.raises(Cancelled):
        errand.check()


def test_stopping_ends_a_wait_in_another_thread():
    errand = Errand(600)
    waiting = threading.Event()
    ended: list[BaseException] = []

    def sleeper() -> None:
        waiting.set()
        try:
            errand.sleep(500)
        except Cancelled as error:
            ended.append(error)

    thread = threading.Thread(target=sleeper)
    thread.start()
    waiting.wait(5)
    errand.stop()
    thread.join(5)

    assert len(ended) == 1


def test_records_are_kept_logged_and_handed_on(caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.INFO, "genesys")
    handed: list[RequestRecord] = []
    errand = Errand(10, on_request=handed.append)

    errand.record(RECORD)

    assert errand.records == (RECORD,)
    assert handed == [RECORD]
    assert caplog.messages == ["POST /api/v2/x 200 12 ms, try 1, correlation id corr-1"]


def test_now_is_aware_by_default():
    assert Errand(1).now().tzinfo is UTC
