"""The period before and the one after."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.selecting.selection import CUSTOM, DEFAULT, Selection
from dashboard.selecting.stepping import stepped
from genesys.weeks import Weekday

TODAY = date(2026, 11, 25)
"""A Wednesday."""


def days(first: tuple[int, int, int], last: tuple[int, int, int]) -> Selection:
    return Selection(period=CUSTOM, first=date(*first), last=date(*last))


@pytest.mark.parametrize(
    ("chosen", "earlier"),
    [
        (DEFAULT, days((2026, 11, 11), (2026, 11, 17))),
        (Selection(period="today"), Selection(period="yesterday")),
        (Selection(period="this-week"), Selection(period="last-week")),
        (Selection(period="this-month"), Selection(period="last-month")),
        (Selection(period="last-month"), days((2026, 9, 1), (2026, 9, 30))),
        (days((2026, 1, 1), (2026, 3, 31)), days((2025, 10, 1), (2025, 12, 31))),
        (days((2026, 6, 5), (2026, 6, 7)), days((2026, 6, 2), (2026, 6, 4))),
    ],
)
def test_the_period_before_and_back_again(chosen: Selection, earlier: Selection):
    assert stepped(chosen, TODAY, -1) == earlier
    assert stepped(earlier, TODAY, 1) == chosen


@pytest.mark.parametrize("period", ["today", "this-week", "this-month"])
def test_nothing_comes_after_a_running_period(period: str):
    assert stepped(Selection(period=period), TODAY, 1) is None


def test_what_else_is_chosen_stays():
    chosen = Selection(period="today", media_types=("voice",))

    assert stepped(chosen, TODAY, -1) == Selection(period="yesterday", media_types=("voice",))


def test_there_is_a_first_day():
    assert stepped(days((2000, 1, 1), (2000, 1, 5)), TODAY, -1) is None


def test_weeks_before_this_one_begin_on_the_same_day():
    chosen = days((2026, 11, 22), (2026, 11, 28))

    assert stepped(chosen, TODAY, -1, Weekday.SUNDAY) == Selection(period="last-week")
    assert stepped(chosen, TODAY, -1) == days((2026, 11, 15), (2026, 11, 21))
