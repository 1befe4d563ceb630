"""The clock of a day: hours that come twice or are skipped, and how they are told apart."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from genesys.day_clock import DayClock, twice_words
from genesys.intervals import whole_days

BERLIN = ZoneInfo("Europe/Berlin")
LONG, SHORT, USUAL = (
    DayClock.of(date(2026, month, day), BERLIN) for month, day in ((10, 25), (3, 29), (6, 1))
)


def test_an_hour_that_comes_twice_stands_twice_with_its_offsets():
    assert [LONG.time(place) for place in range(60, 300, 60)] == [
        "01:00",
        "02:00 UTC+02:00",
        "02:00 UTC+01:00",
        "03:00",
    ]
    assert LONG.time(25 * 60 - 30) == "23:30"


def test_times_find_their_places_and_places_their_times():
    minutes, again = np.array([90, 150, 150, 180]), np.array([False, False, True, False])

    places = LONG.places(minutes, again)

    assert list(places) == [90, 150, 210, 240]
    assert [LONG.minute(place) for place in places] == [90, 150, 150, 180]


def test_any_other_day_has_each_time_once():
    assert DayClock() == USUAL
    assert [USUAL.time(place) for place in (0, 150, 1410)] == ["00:00", "02:30", "23:30"]
    assert list(USUAL.places(np.array([0, 150]), np.array([False, False]))) == [0, 150]


def test_what_is_skipped_is_known():
    assert SHORT.skipped == range(120, 180)
    assert DayClock.of(date(2026, 3, 29), ZoneInfo("Asia/Beirut")).skipped == range(60)


@pytest.mark.parametrize(
    ("zone", "day", "words"),
    [
        ("Europe/Berlin", date(2026, 10, 25), "02:00 to 03:00"),
        ("Asia/Beirut", date(2026, 10, 24), "23:00 to 24:00"),
        ("Australia/Lord_Howe", date(2026, 4, 5), "01:30 to 02:00"),
        ("America/Havana", date(2026, 11, 1), "00:00 to 01:00"),
        ("Antarctica/Troll", date(2026, 10, 25), "01:00 to 03:00"),
        ("Asia/Kathmandu", date(2026, 10, 25), ""),
    ],
)
def test_what_comes_twice_is_said(zone: str, day: date, words: str):
    assert DayClock.of(day, ZoneInfo(zone)).words == words


def test_an_interval_says_what_is_added_up_in_it():
    october = whole_days(date(2026, 10, 1), date(2026, 10, 31), BERLIN)
    september = whole_days(date(2026, 9, 1), date(2026, 9, 30), BERLIN)

    assert twice_words(october, BERLIN) == (
        "02:00 to 03:00 comes twice on Sun 25 Oct 2026: both are added."
    )
    assert twice_words(september, BERLIN) == ""
