"""Waiting that somebody looks at: it is told what is waited for, and can end it at once."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest

from genesys.client.budget import Budget, Pending
from genesys.errors import BadAnswer, Cancelled, GenesysError
from reports.data.waiting import Onlooker, aside, looked_at, waits

SINCE = datetime(2026, 6, 15, 12, tzinfo=UTC)
QUEUES = Pending("GET", "/api/v2/routing/queues", SINCE)


class Somebody(Onlooker):
    """Notes what it hears; ends the wait at the time of hearing `enough` things."""

    def __init__(self, enough: int = 1000) -> None:
        self.heard: list[Pending | str | None] = []
        self.enough = enough

    def waits(self, pending: Pending | None = None) -> None:
        self.heard.append(pending)
        if len(self.heard) >= self.enough:
            raise KeyboardInterrupt

    def goes_on(self) -> None:
        self.heard.append("goes on")


def hanging(budget: Budget, end: threading.Event) -> str:
    with budget.asking(QUEUES):
        end.wait(10)
    return "answered"


def test_a_request_that_hangs_is_told_and_left_at_once():
    budget, end, somebody = Budget(60), threading.Event(), Somebody(enough=2)

    with looked_at(somebody), pytest.raises(KeyboardInterrupt):
        aside(lambda: hanging(budget, end), budget)
    end.set()

    assert somebody.heard[-1] == QUEUES
    with pytest.raises(Cancelled):
        budget.check()


def test_what_comes_is_given_and_the_wait_is_over():
    somebody = Somebody()

    with looked_at(somebody):
        assert aside(lambda: "answered", Budget(60)) == "answered"

    assert somebody.heard == ["goes on"]


def test_an_error_is_raised_where_it_is_waited_for():
    def fails() -> None:
        raise BadAnswer("No list.", "Try again.")

    somebody = Somebody()

    with looked_at(somebody), pytest.raises(BadAnswer, match="No list"):
        aside(fails, Budget(60))

    assert somebody.heard == ["goes on"]


def test_where_it_was_stopped_nothing_more_is_asked():
    budget = Budget(60)
    budget.cancel()

    with looked_at(Somebody()), pytest.raises(Cancelled):
        aside(pytest.fail, budget)


def test_where_nobody_looks_it_is_made_on_the_spot():
    assert aside(threading.current_thread, Budget(60)) is threading.current_thread()


@pytest.mark.parametrize("error", [None, Cancelled("Stopped.")])
def test_waiting_for_what_somebody_else_makes_is_told_too(error: GenesysError | None):
    somebody = Somebody()

    with looked_at(somebody):
        try:
            with waits() as wait:
                wait()
                if error:
                    raise error
        except Cancelled:
            pass
        with waits():
            pass

    assert somebody.heard == [None, "goes on"]
