"""Intervals, buckets across clock changes, presets: expected instants are written out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genesys.intervals import (
    PRESET_BY_KEY,
    PRESETS,
    Granularity,
    Interval,
    Period,
    automatic_granularity,
    bucket_edges,
    cut_points,
    days_back,
    in_minutes,
    start_of_day,
    whole_days,
)
from genesys.weeks import Weekday
from genesys.zones import zone_named
from tests.examples import examples

LONDON = ZoneInfo("Europe/London")
NEW_YORK = ZoneInfo("America/New_York")
KATHMANDU = ZoneInfo("Asia/Kathmandu")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
BEIRUT = ZoneInfo("Asia/Beirut")
ZONES = (LONDON, NEW_YORK, KATHMANDU, LORD_HOWE, BEIRUT)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def utcs(*texts: str) -> tuple[datetime, ...]:
    return tuple(map(utc, texts))


class TestZone:
    @pytest.mark.parametrize("name", ["UTC", "Asia/Calcutta", "Europe/London"])
    def test_goes_by_its_iana_name(self, name):
        assert zone_named(name) == ZoneInfo(name)

    def test_of_another_name_is_refused_with_the_nearest_in_any_case(self):
        with pytest.raises(ValueError, match="Did you mean") as refusal:
            zone_named("ASIA/KATMANDOO")

        assert str(refusal.value).startswith(
            "'ASIA/KATMANDOO' is no IANA time zone such as Europe/London, America/New_York or UTC."
            " Did you mean Asia/Katmandu, "
        )

    @pytest.mark.parametrize(
        "name",
        ["right/UTC", "posix/UTC", "posixrules", "localtime", "Factory", "Europe", "utc", ""],
    )
    def test_is_none_that_only_a_machines_own_files_hold(self, name):
        with pytest.raises(ValueError, match="is no IANA time zone"):
            zone_named(name)


class TestInterval:
    def test_is_held_in_utc(self):
        start = datetime(2026, 6, 10, 9, tzinfo=LONDON)

        interval = Interval(start, start + timedelta(hours=2))

        assert interval.start.isoformat() == "2026-06-10T08:00:00+00:00"
        assert interval.end.isoformat() == "2026-06-10T10:00:00+00:00"
        assert interval.length == timedelta(hours=2)

    def test_takes_the_second_of_two_equal_wall_clock_times_for_what_it_is(self):
        first = datetime(2026, 10, 25, 1, 30, tzinfo=LONDON)

        assert Interval(first, first.replace(fold=1)).length == timedelta(hours=1)

    @pytest.mark.parametrize("name", ["start", "end"])
    def test_refuses_a_moment_without_a_zone(self, name):
        moments = {"start": utc("2026-06-10"), "end": utc("2026-06-11")}
        moments[name] = moments[name].replace(tzinfo=None)

        with pytest.raises(ValueError, match=f"The {name} .* has no time zone"):
            Interval(**moments)

    @pytest.mark.parametrize("end", ["2026-06-10", "2026-06-09T23:59"])
    def test_refuses_to_be_empty_or_backwards(self, end):
        with pytest.raises(ValueError, match="The interval is empty"):
            Interval(utc("2026-06-10"), utc(end))

    @pytest.mark.parametrize(
        ("zone", "text"),
        [
            (LONDON, "2026-03-28T00:00:00.000+00:00/2026-03-30T00:00:00.000+01:00"),
            (NEW_YORK, "2026-03-27T20:00:00.000-04:00/2026-03-29T19:00:00.000-04:00"),
            (KATHMANDU, "2026-03-28T05:45:00.000+05:45/2026-03-30T04:45:00.000+05:45"),
            (ZoneInfo("UTC"), "2026-03-28T00:00:00.000+00:00/2026-03-29T23:00:00.000+00:00"),
        ],
    )
    def test_is_written_with_the_offsets_of_the_zone_and_read_again(self, zone, text):
        interval = Interval(utc("2026-03-28"), utc("2026-03-29T23:00"))

        assert interval.text(zone) == text
        assert Interval.parse(text) == interval

    @pytest.mark.parametrize(
        "text",
        [
            "2026-05-17T14:00:00.000Z/2026-05-24T14:00:00.000Z",
            "2026-05-17T14:00/2026-05-24T14:00",
            "2026-05-18T00:00+10:00/2026-05-25T00:00+10:00",
        ],
    )
    def test_reads_what_the_api_writes(self, text):
        assert Interval.parse(text) == Interval(utc("2026-05-17T14:00"), utc("2026-05-24T14:00"))

    @pytest.mark.parametrize(
        "text", ["", "2026-05-17", "2026-05-17/", "/2026-05-17", "a/b", "2026-05-18/2026-05-17"]
    )
    def test_refuses_other_text(self, text):
        with pytest.raises(ValueError):  # noqa: PT011 each has a message of its own
            Interval.parse(text)


class TestPeriod:
    @pytest.mark.parametrize(
        ("text", "months", "days", "elapsed"),
        [
            ("PT30M", 0, 0, timedelta(minutes=30)),
            ("PT1H", 0, 0, timedelta(hours=1)),
            ("PT90S", 0, 0, timedelta(seconds=90)),
            ("P1D", 0, 1, timedelta()),
            ("P2W", 0, 14, timedelta()),
            ("P1M", 1, 0, timedelta()),
            ("P1Y2M", 14, 0, timedelta()),
            ("P1DT12H", 0, 1, timedelta(hours=12)),
        ],
    )
    def test_is_calendar_months_calendar_days_and_elapsed_time(self, text, months, days, elapsed):
        assert Period.parse(text) == Period(months, days, elapsed)

    @pytest.mark.parametrize(
        "text", ["", "P", "PT", "P1DT", "1D", "P1H", "PT1D", "P-1D", "p1d", "P1.5D", "P1D "]
    )
    def test_refuses_what_is_no_period(self, text):
        with pytest.raises(ValueError, match="is not an ISO 8601 period"):
            Period.parse(text)

    @pytest.mark.parametrize("text", ["P0D", "PT0M", "P0Y0M0DT0S"])
    def test_refuses_a_period_of_no_length(self, text):
        with pytest.raises(ValueError, match="has no length"):
            Period.parse(text)


class TestDays:
    @pytest.mark.parametrize(
        ("zone", "day", "start", "end", "hours"),
        [
            (LONDON, date(2026, 3, 29), "2026-03-29T00:00", "2026-03-29T23:00", 23),
            (LONDON, date(2026, 10, 25), "2026-10-24T23:00", "2026-10-26T00:00", 25),
            (NEW_YORK, date(2026, 3, 8), "2026-03-08T05:00", "2026-03-09T04:00", 23),
            (NEW_YORK, date(2026, 11, 1), "2026-11-01T04:00", "2026-11-02T05:00", 25),
            (KATHMANDU, date(2026, 3, 29), "2026-03-28T18:15", "2026-03-29T18:15", 24),
            (LORD_HOWE, date(2026, 4, 5), "2026-04-04T13:00", "2026-04-05T13:30", 24.5),
            (LORD_HOWE, date(2026, 10, 4), "2026-10-03T13:30", "2026-10-04T13:00", 23.5),
            (BEIRUT, date(2026, 3, 29), "2026-03-28T22:00", "2026-03-29T21:00", 23),
            (BEIRUT, date(2026, 10, 24), "2026-10-23T21:00", "2026-10-24T22:00", 25),
        ],
    )
    def test_are_as_long_as_the_zone_says(self, zone, day, start, end, hours):
        interval = whole_days(day, day, zone)

        assert interval == Interval(utc(start), utc(end))
        assert interval.length == timedelta(hours=hours)

    def test_a_day_without_midnight_begins_at_its_first_instant(self):
        first = start_of_day(date(2026, 3, 29), BEIRUT)

        assert first == utc("2026-03-28T22:00")
        assert first.astimezone(BEIRUT).isoformat() == "2026-03-29T01:00:00+03:00"

    @pytest.mark.parametrize(
        ("zone", "first", "last", "edges"),
        [
            (LONDON, date(2026, 3, 28), date(2026, 3, 30),
             utcs("2026-03-28T00:00", "2026-03-29T00:00", "2026-03-29T23:00", "2026-03-30T23:00")),
            (LONDON, date(2026, 10, 24), date(2026, 10, 26),
             utcs("2026-10-23T23:00", "2026-10-24T23:00", "2026-10-26T00:00", "2026-10-27T00:00")),
            (NEW_YORK, date(2026, 3, 7), date(2026, 3, 9),
             utcs("2026-03-07T05:00", "2026-03-08T05:00", "2026-03-09T04:00", "2026-03-10T04:00")),
            (NEW_YORK, date(2026, 10, 31), date(2026, 11, 2),
             utcs("2026-10-31T04:00", "2026-11-01T04:00", "2026-11-02T05:00", "2026-11-03T05:00")),
            (KATHMANDU, date(2026, 3, 28), date(2026, 3, 29),
             utcs("2026-03-27T18:15", "2026-03-28T18:15", "2026-03-29T18:15")),
            (LORD_HOWE, date(2026, 4, 4), date(2026, 4, 6),
             utcs("2026-04-03T13:00", "2026-04-04T13:00", "2026-04-05T13:30", "2026-04-06T13:30")),
            (LORD_HOWE, date(2026, 10, 3), date(2026, 10, 5),
             utcs("2026-10-02T13:30", "2026-10-03T13:30", "2026-10-04T13:00", "2026-10-05T13:00")),
            (BEIRUT, date(2026, 3, 28), date(2026, 3, 30),
             utcs("2026-03-27T22:00", "2026-03-28T22:00", "2026-03-29T21:00", "2026-03-30T21:00")),
            (BEIRUT, date(2026, 3, 29), date(2026, 3, 31),
             utcs("2026-03-28T22:00", "2026-03-29T21:00", "2026-03-30T21:00", "2026-03-31T21:00")),
            (BEIRUT, date(2026, 10, 23), date(2026, 10, 25),
             utcs("2026-10-22T21:00", "2026-10-23T21:00", "2026-10-24T22:00", "2026-10-25T22:00")),
        ],
    )  # fmt: skip
    def test_are_the_buckets_of_a_span_across_a_clock_change(self, zone, first, last, edges):
        interval = whole_days(first, last, zone)

        assert bucket_edges(interval, "P1D", zone) == edges
        assert cut_points(interval, Granularity.DAY, zone) == edges[1:-1]


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


@st.composite
def intervals(draw):
    """Intervals of up to 12 days, most of them across a clock change of one of the zones."""
    changes = ["2026-03-08", "2026-03-29", "2026-04-05", "2026-10-04", "2026-10-25", "2026-11-01"]
    near = utc(draw(st.sampled_from(changes)))
    start = near + draw(st.integers(-5 * 48, 2 * 48)) * timedelta(minutes=30)
    return Interval(start, start + draw(st.integers(1, 12 * 24 * 4)) * timedelta(minutes=15))


CASES = examples(50)


class TestInvariants:
    @CASES
    @given(intervals(), st.sampled_from(["PT30M", "PT1H", "P1D", "P1DT12H", "P1W", "P1M"]),
           st.sampled_from(ZONES))  # fmt: skip
    def test_edges_increase_from_the_start_of_the_interval_to_its_end(self, interval, period, zone):
        edges = bucket_edges(interval, period, zone)

        assert edges[0] == interval.start
        assert edges[-1] == interval.end
        assert all(a < b for a, b in pairwise(edges))

    @CASES
    @given(intervals(), st.sampled_from(list(Granularity)), st.sampled_from(ZONES), st.data())
    def test_a_cut_moves_no_other_edge(self, interval, granularity, zone, data):
        edges = bucket_edges(interval, granularity, zone)
        if points := cut_points(interval, granularity, zone):
            cut = data.draw(st.sampled_from(points))

            left = bucket_edges(Interval(interval.start, cut), granularity, zone)
            right = bucket_edges(Interval(cut, interval.end), granularity, zone)

            assert left + right[1:] == edges

    @CASES
    @given(st.dates(date(2000, 1, 1), date(2037, 12, 30)), st.sampled_from(ZONES))
    def test_days_follow_upon_each_other_and_hold_their_own_date_alone(self, day, zone):
        start, end = start_of_day(day, zone), start_of_day(day + timedelta(days=1), zone)

        assert start.astimezone(zone).date() == day
        assert (start - timedelta(microseconds=1)).astimezone(zone).date() < day
        assert timedelta(hours=23) <= end - start <= timedelta(hours=25)


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


def test_a_moment_is_cut_to_its_minute_not_rounded():
    assert in_minutes(utc("2026-06-10T09:15:59.999999")) == utc("2026-06-10T09:15")
