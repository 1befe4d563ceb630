"""What is compared with what, in words."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from genesys.insights.comparison import Way, comparison
from genesys.intervals import PRESET_BY_KEY, Interval, whole_days
from tests.asking import LONDON
from tests.insights.test_earlier import LONG_AFTER, local


def compared(preset: str, way: Way, now: str, zone: ZoneInfo = LONDON):
    moment = local(now, zone)
    return comparison(PRESET_BY_KEY[preset].interval(moment, zone), way, zone, moment, preset)


class TestWords:
    """Both intervals are said, and wherever they are not alike in length."""

    def test_name_both_intervals(self):
        assert compared("last-week", Way.PREVIOUS, "2026-05-11T09:00").words == (
            "Mon 4 – Sun 10 May 2026 against Mon 27 Apr – Sun 3 May 2026"
        )

    def test_name_the_clock_times_of_a_running_day(self):
        found = compared("today", Way.WEEKDAYS, "2026-06-15T12:07")
        assert found.words == (
            "Mon 15 Jun 2026, 00:00 – 12:07 against Mon 8 Jun 2026, 00:00 – 12:07"
        )
        assert found.note == ""

    @pytest.mark.parametrize(
        ("preset", "now", "lengths", "missing"),
        [
            (
                "this-month",
                "2026-03-31T10:00",
                "31 days against 28 days",
                "29 to 31 February 2026 do not exist.",
            ),
            (
                "this-month",
                "2024-03-30T10:00",
                "30 days against 29 days",
                "30 February 2024 does not exist.",
            ),
            (
                "last-month",
                "2026-03-10T10:00",
                "28 days against 31 days",
                "29 to 31 February 2026 do not exist.",
            ),
        ],
    )
    def test_say_which_days_do_not_exist(self, preset, now, lengths, missing):
        note = f"They are not of one length: {lengths}. {missing}"
        assert compared(preset, Way.PREVIOUS, now).note == note

    @pytest.mark.parametrize(
        ("preset", "now", "lengths"),
        [
            ("yesterday", "2026-03-30T10:00", "23 hours against 24 hours"),
            ("yesterday", "2026-03-31T10:00", "24 hours against 23 hours"),
            ("last-week", "2026-10-27T10:00", "7 days 1 hour against 7 days"),
            ("today", "2026-10-26T08:15", "8 hours 15 minutes against 9 hours 15 minutes"),
        ],
    )
    def test_say_where_a_clock_change_makes_a_difference(self, preset, now, lengths):
        assert compared(preset, Way.PREVIOUS, now).note == (
            f"The clocks change in one of the intervals. They are not of one length: {lengths}."
        )

    @pytest.mark.parametrize(
        ("preset", "now", "note"),
        [
            (
                "today",
                "2026-03-30T01:30",
                "01:30 does not exist on Sun 29 Mar 2026: the clocks skip to 02:30.",
            ),
            (
                "today",
                "2026-10-26T01:30",
                "01:30 comes twice on Sun 25 Oct 2026: the first is taken.",
            ),
            ("this-month", "2026-06-15T12:00", ""),
        ],
    )
    def test_say_which_clock_times_do_not_exist(self, preset: str, now: str, note: str):
        assert compared(preset, Way.PREVIOUS, now).note == note

    def test_say_where_a_year_and_more_overlaps_the_one_before(self):
        year = whole_days(date(2025, 1, 1), date(2025, 12, 31), LONDON)
        assert comparison(year, Way.YEAR, LONDON, LONG_AFTER).note == "The two intervals overlap."

    def test_an_interval_that_reaches_into_the_future_ends_now(self):
        days = whole_days(date(2026, 6, 13), date(2026, 6, 20), LONDON)
        found = comparison(days, Way.PREVIOUS, LONDON, local("2026-06-15T12:07:31"))
        assert found.words == (
            "Sat 13 Jun 2026 – Mon 15 Jun 2026 12:07"
            " against Wed 10 Jun 2026 – Fri 12 Jun 2026 12:07"
        )
        assert found.current == Interval(days.start, local("2026-06-15T12:07"))
