"""Presets and days back: which days a word means."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genesys.intervals import (
    PRESET_BY_KEY,
    PRESETS,
    Granularity,
    Interval,
    automatic_granularity,
    days_back,
    in_minutes,
    whole_days,
)
from genesys.weeks import Weekday
from tests.examples import examples
from tests.zones import BEIRUT, KATHMANDU, LONDON, NEW_YORK, ZONES, utc

CASES = examples(50)


class TestPresets:
    NOW = utc("2026-06-10T09:15:42.123456")  # a Wednesday, 10:15:42 in London

    @pytest.mark.parametrize(
        ("key", "start", "end"),
        [
            ("today", "2026-06-09T23:00", "2026-06-10T09:15"),
            ("yesterday", "2026-06-08T23:00", "2026-06-09T23:00"),
            ("this-week", "2026-06-07T23:00", "2026-06-10T09:15"),
            ("last-week", "2026-05-31T23:00", "2026-06-07T23:00"),
            ("last-7-days", "2026-06-02T23:00", "2026-06-09T23:00"),
            ("last-30-days", "2026-05-10T23:00", "2026-06-09T23:00"),
            ("this-month", "2026-05-31T23:00", "2026-06-10T09:15"),
            ("last-month", "2026-04-30T23:00", "2026-05-31T23:00"),
        ],
    )
    def test_are_local_days_and_running_ones_end_now(self, key, start, end):
        interval = PRESET_BY_KEY[key].interval(self.NOW, LONDON)

        assert interval == Interval(utc(start), utc(end))

    def test_are_the_eight_of_the_filter_in_its_order(self):
        assert [preset.label for preset in PRESETS] == [
            "Today", "Yesterday", "This week", "Last week",
            "Last 7 days", "Last 30 days", "This month", "Last month",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("now", "key", "start", "end"),
        [
            ("2026-06-08T00:30", "this-week", "2026-06-08", "2026-06-08T00:30"),
            ("2026-06-08T00:30", "last-week", "2026-06-01", "2026-06-08"),
            ("2026-06-07T23:59", "this-week", "2026-06-01", "2026-06-07T23:59"),
            ("2026-06-07T23:59", "last-week", "2026-05-25", "2026-06-01"),
        ],
    )
    def test_weeks_begin_on_monday(self, now, key, start, end):
        interval = PRESET_BY_KEY[key].interval(utc(now), ZoneInfo("UTC"))

        assert interval == Interval(utc(start), utc(end))

    @pytest.mark.parametrize(
        ("key", "start", "end"),
        [
            ("this-week", "2026-06-07", "2026-06-10T09:15"),
            ("last-week", "2026-05-31", "2026-06-07"),
        ],
    )
    def test_weeks_begin_on_another_day_where_they_are_to(self, key, start, end):
        interval = PRESET_BY_KEY[key].interval(self.NOW, ZoneInfo("UTC"), Weekday.SUNDAY)

        assert interval == Interval(utc(start), utc(end))

    @pytest.mark.parametrize(
        ("now", "key", "start", "end"),
        [
            ("2026-01-15T12:00", "last-month", "2025-12-01", "2026-01-01"),
            ("2026-01-01T12:00", "last-month", "2025-12-01", "2026-01-01"),
            ("2026-12-31T12:00", "this-month", "2026-12-01", "2026-12-31T12:00"),
            ("2028-03-31T12:00", "last-month", "2028-02-01", "2028-03-01"),
            ("2026-01-01T12:00", "this-week", "2025-12-29", "2026-01-01T12:00"),
        ],
    )
    def test_months_and_weeks_cross_the_year(self, now, key, start, end):
        interval = PRESET_BY_KEY[key].interval(utc(now), ZoneInfo("UTC"))

        assert interval == Interval(utc(start), utc(end))

    @pytest.mark.parametrize("now", ["2026-05-31T23:00", "2026-05-31T23:00:59"])
    @pytest.mark.parametrize("key", ["today", "this-week", "this-month"])
    def test_in_the_first_minute_of_a_day_that_minute_is_what_runs(self, now, key):
        interval = PRESET_BY_KEY[key].interval(utc(now), LONDON)  # Monday 1 June begins

        assert interval == Interval(utc("2026-05-31T23:00"), utc("2026-05-31T23:01"))

    def test_today_is_the_zones_today(self):
        now = utc("2026-06-10T20:00")

        assert PRESET_BY_KEY["today"].interval(now, KATHMANDU).start == utc("2026-06-10T18:15")
        assert PRESET_BY_KEY["today"].interval(now, NEW_YORK).start == utc("2026-06-10T04:00")

    def test_a_day_without_midnight_can_be_today(self):
        interval = PRESET_BY_KEY["today"].interval(utc("2026-03-28T22:00:30"), BEIRUT)

        assert interval == Interval(utc("2026-03-28T22:00"), utc("2026-03-28T22:01"))

    @given(
        st.datetimes(datetime(2020, 1, 1), datetime(2036, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
        st.sampled_from(ZONES),
    )
    @CASES
    def test_none_reaches_into_the_future_by_more_than_a_first_minute(self, now, zone):
        for preset in PRESETS:
            interval = preset.interval(now, zone)

            assert interval.end <= in_minutes(now) + timedelta(minutes=1)
            assert interval.start <= now


class TestDaysBack:
    def test_are_whole_local_days_before_today(self):
        now = utc("2026-03-30T22:30")  # 23:30 in London, a week in which the clock changed

        assert days_back(7, now, LONDON) == Interval(
            utc("2026-03-23T00:00"), utc("2026-03-29T23:00")
        )
        assert days_back(7, now, LONDON).length == timedelta(hours=7 * 24 - 1)

    @pytest.mark.parametrize("days", [0, -1])
    def test_are_one_or_more(self, days):
        with pytest.raises(ValueError, match="1 or more"):
            days_back(days, utc("2026-06-10"), LONDON)


@pytest.mark.parametrize(
    ("first", "last", "granularity"),
    [
        (date(2026, 6, 10), date(2026, 6, 10), Granularity.HALF_HOUR),
        (date(2026, 6, 10), date(2026, 6, 11), Granularity.HALF_HOUR),
        (date(2026, 10, 24), date(2026, 10, 25), Granularity.HALF_HOUR),  # 49 hours
        (date(2026, 6, 10), date(2026, 6, 12), Granularity.HOUR),
        (date(2026, 3, 27), date(2026, 3, 29), Granularity.HOUR),  # 71 hours
        (date(2026, 6, 10), date(2026, 6, 16), Granularity.HOUR),
        (date(2026, 10, 19), date(2026, 10, 25), Granularity.HOUR),  # 169 hours
        (date(2026, 6, 10), date(2026, 6, 17), Granularity.DAY),
        (date(2026, 3, 23), date(2026, 3, 30), Granularity.DAY),  # 191 hours
    ],
)
def test_automatic_granularity_counts_local_days(first, last, granularity):
    assert automatic_granularity(whole_days(first, last, LONDON)) is granularity
