"""Moments and intervals as people read them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from genesys.intervals import Interval, whole_days
from genesys.moments import bucket, clock, dated, month, span, timed, weekday
from tests.asking import LONDON

BEIRUT = ZoneInfo("Asia/Beirut")


def test_days_have_a_weekday_and_no_leading_zero():
    assert dated(date(2026, 6, 1)) == "Mon 1 Jun 2026"
    assert dated(date(2026, 6, 1), with_year=False) == "Mon 1 Jun"
    assert weekday(date(2026, 6, 1)) == "Monday"
    assert month(date(2026, 6, 1)) == "June 2026"


def test_a_clock_time_that_comes_twice_has_its_offset():
    twice, once = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 2))
    assert timed(twice, LONDON) == "Sun 25 Oct 2026, 01:30 UTC+01:00"
    assert timed(twice + timedelta(hours=1), LONDON) == "Sun 25 Oct 2026, 01:30 UTC+00:00"
    assert timed(once, LONDON) == "Sun 25 Oct 2026, 02:30"


def test_moments_are_those_of_the_zone_s_clocks():
    assert timed(datetime(2026, 6, 1, 23, 5, tzinfo=UTC), LONDON) == "Tue 2 Jun 2026, 00:05"
    assert timed(datetime(2026, 1, 1, 9, tzinfo=UTC), LONDON, with_year=False) == "Thu 1 Jan, 09:00"


def test_times_of_the_day_have_two_digits_each():
    assert [clock(9), clock(9, 5), clock(24)] == ["09:00", "09:05", "24:00"]


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ((2026, 5, 11), (2026, 5, 11), "Mon 11 May 2026"),
        ((2026, 5, 11), (2026, 5, 17), "Mon 11 – Sun 17 May 2026"),
        ((2026, 4, 27), (2026, 5, 3), "Mon 27 Apr – Sun 3 May 2026"),
        ((2025, 12, 29), (2026, 1, 4), "Mon 29 Dec 2025 – Sun 4 Jan 2026"),
        ((2025, 5, 1), (2026, 5, 1), "Thu 1 May 2025 – Fri 1 May 2026"),
        ((2026, 3, 29), (2026, 3, 29), "Sun 29 Mar 2026"),
        ((2026, 10, 24), (2026, 10, 25), "Sat 24 – Sun 25 Oct 2026"),
    ],
)
def test_whole_days_go_by_their_dates(first, last, text: str):
    assert span(whole_days(date(*first), date(*last), LONDON), LONDON) == text


def test_days_up_to_one_without_midnight_are_whole_days():
    days = whole_days(date(2026, 3, 27), date(2026, 3, 28), BEIRUT)
    assert span(days, BEIRUT) == "Fri 27 – Sat 28 Mar 2026"
    assert span(whole_days(date(2026, 3, 29), date(2026, 3, 29), BEIRUT), BEIRUT) == (
        "Sun 29 Mar 2026"
    )


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ((2026, 6, 15), (2026, 6, 15, 13, 5), "Mon 15 Jun 2026, 00:00 – 13:05"),
        ((2026, 6, 15, 9), (2026, 6, 16), "Mon 15 Jun 2026, 09:00 – 24:00"),
        ((2026, 6, 1), (2026, 6, 15, 13, 5), "Mon 1 Jun 2026 – Mon 15 Jun 2026 13:05"),
        ((2026, 6, 1, 9), (2026, 6, 3), "Mon 1 Jun 2026 09:00 – Tue 2 Jun 2026 24:00"),
        ((2026, 6, 1, 9), (2026, 6, 2, 17), "Mon 1 Jun 2026 09:00 – Tue 2 Jun 2026 17:00"),
        ((2025, 12, 31, 22), (2026, 1, 1, 6), "Wed 31 Dec 2025 22:00 – Thu 1 Jan 2026 06:00"),
    ],
)
def test_other_intervals_go_to_the_minute(start, end, text: str):
    interval = Interval(datetime(*start, tzinfo=LONDON), datetime(*end, tzinfo=LONDON))
    assert span(interval, LONDON) == text


def test_the_same_interval_in_another_zone_is_no_whole_day():
    day = whole_days(date(2026, 5, 11), date(2026, 5, 11), LONDON)
    assert span(day, ZoneInfo("UTC")) == "Sun 10 May 2026 23:00 – Mon 11 May 2026 23:00"


@pytest.mark.parametrize(
    ("hours", "text"),
    [
        (0.5, "Mon 15 Jun 2026, 09:00"),
        (1, "Mon 15 Jun 2026, 09:00"),
        (23, "Mon 15 Jun 2026"),
        (24, "Mon 15 Jun 2026"),
        (25, "Mon 15 Jun 2026"),
        (168, "Mon 15 Jun 2026"),
    ],
)
def test_buckets_carry_the_time_where_they_are_shorter_than_a_day(hours: float, text: str):
    assert bucket(datetime(2026, 6, 15, 8, tzinfo=UTC), timedelta(hours=hours), LONDON) == text


def test_buckets_on_an_axis_go_without_their_year():
    start = datetime(2026, 6, 15, 8, tzinfo=UTC)
    assert bucket(start, timedelta(hours=1), LONDON, with_year=False) == "Mon 15 Jun, 09:00"
    assert bucket(start, timedelta(days=1), LONDON, with_year=False) == "Mon 15 Jun"


def test_an_interval_that_begins_or_ends_within_an_hour_that_comes_twice_says_which():
    def from_to(start: str, end: str) -> str:
        first, last = (datetime.fromisoformat(f"2026-10-{each}Z") for each in (start, end))
        return span(Interval(first, last), LONDON)

    assert from_to("24T23:00", "25T00:30") == "Sun 25 Oct 2026, 00:00 – 01:30 UTC+01:00"
    assert from_to("25T00:30", "25T01:30") == ("Sun 25 Oct 2026, 01:30 UTC+01:00 – 01:30 UTC+00:00")
    assert from_to("25T01:30", "26T09:00") == (
        "Sun 25 Oct 2026 01:30 UTC+00:00 – Mon 26 Oct 2026 09:00"
    )
