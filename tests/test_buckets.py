"""Buckets of an interval, in any zone and across clock changes."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from genesys.intervals import (
    Granularity,
    Interval,
    bucket_edges,
    cut_points,
    whole_days,
)
from tests.zones import BEIRUT, KATHMANDU, LONDON, LORD_HOWE, NEW_YORK, utc, utcs


class TestBuckets:
    @pytest.mark.parametrize(
        ("zone", "day", "hours"),
        [
            (LONDON, date(2026, 3, 29), 23),
            (LONDON, date(2026, 10, 25), 25),
            (NEW_YORK, date(2026, 3, 8), 23),
            (NEW_YORK, date(2026, 11, 1), 25),
            (KATHMANDU, date(2026, 6, 10), 24),
            (BEIRUT, date(2026, 3, 29), 23),
            (BEIRUT, date(2026, 10, 24), 25),
        ],
    )
    def test_of_an_hour_are_elapsed_time(self, zone, day, hours):
        interval = whole_days(day, day, zone)

        edges = bucket_edges(interval, "PT1H", zone)

        assert edges == tuple(interval.start + timedelta(hours=n) for n in range(hours + 1))

    def test_of_an_hour_are_cut_short_where_the_clock_moves_by_half_an_hour(self):
        interval = whole_days(date(2026, 10, 4), date(2026, 10, 4), LORD_HOWE)

        edges = bucket_edges(interval, "PT1H", LORD_HOWE)

        assert len(edges) == 25
        assert edges[:2] == utcs("2026-10-03T13:30", "2026-10-03T14:30")
        assert edges[-2:] == utcs("2026-10-04T12:30", "2026-10-04T13:00")

    def test_begin_at_the_start_of_the_interval_and_end_with_it(self):
        interval = Interval(utc("2026-06-10T09:10"), utc("2026-06-10T10:20"))

        assert bucket_edges(interval, "PT30M", LONDON) == utcs(
            "2026-06-10T09:10", "2026-06-10T09:40", "2026-06-10T10:10", "2026-06-10T10:20"
        )

    def test_one_holds_an_interval_that_is_shorter(self):
        interval = Interval(utc("2026-06-10T09:10"), utc("2026-06-10T10:20"))

        assert bucket_edges(interval, "P1D", LONDON) == (interval.start, interval.end)
        assert cut_points(interval, Granularity.DAY, LONDON) == ()

    def test_of_a_day_keep_the_wall_clock_time_they_begin_at(self):
        interval = Interval(utc("2026-10-23T08:00"), utc("2026-10-26T20:00"))

        assert bucket_edges(interval, "P1D", LONDON) == utcs(
            "2026-10-23T08:00", "2026-10-24T08:00", "2026-10-25T09:00", "2026-10-26T09:00",
            "2026-10-26T20:00",
        )  # fmt: skip

    def test_are_not_cut_where_a_clock_change_has_moved_an_edge(self):
        interval = Interval(utc("2026-03-27T01:30"), utc("2026-03-31T00:30"))

        assert bucket_edges(interval, "P1D", LONDON)[1:-1] == utcs(
            "2026-03-28T01:30", "2026-03-29T01:30", "2026-03-30T00:30"
        )
        assert cut_points(interval, Granularity.DAY, LONDON) == utcs(
            "2026-03-28T01:30", "2026-03-30T00:30"
        )

    def test_of_a_month_end_with_short_months(self):
        interval = whole_days(date(2026, 1, 31), date(2026, 5, 1), ZoneInfo("UTC"))

        assert bucket_edges(interval, "P1M", ZoneInfo("UTC")) == utcs(
            "2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-02"
        )

    def test_of_a_week_count_calendar_days(self):
        interval = whole_days(date(2026, 3, 23), date(2026, 4, 5), LONDON)

        assert bucket_edges(interval, "P1W", LONDON) == utcs(
            "2026-03-23T00:00", "2026-03-29T23:00", "2026-04-05T23:00"
        )

    @pytest.mark.parametrize("period", ["daily", "PT0M", ""])
    def test_need_a_period(self, period):
        with pytest.raises(ValueError, match="period"):
            bucket_edges(Interval(utc("2026-06-10"), utc("2026-06-11")), period, LONDON)
