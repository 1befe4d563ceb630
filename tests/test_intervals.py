"""Intervals, buckets across clock changes, presets: expected instants are written out."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genesys.intervals import (
    Granularity,
    Interval,
    Period,
    bucket_edges,
    cut_points,
    in_minutes,
    start_of_day,
    whole_days,
)
from genesys.zones import zone_named
from tests.examples import examples
from tests.zones import BEIRUT, KATHMANDU, LONDON, LORD_HOWE, NEW_YORK, ZONES, utc, utcs

CASES = examples(50)


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


@st.composite
def intervals(draw):
    """Intervals of up to 12 days, most of them across a clock change of one of the zones."""
    changes = ["2026-03-08", "2026-03-29", "2026-04-05", "2026-10-04", "2026-10-25", "2026-11-01"]
    near = utc(draw(st.sampled_from(changes)))
    start = near + draw(st.integers(-5 * 48, 2 * 48)) * timedelta(minutes=30)
    return Interval(start, start + draw(st.integers(1, 12 * 24 * 4)) * timedelta(minutes=15))


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


def test_a_moment_is_cut_to_its_minute_not_rounded():
    assert in_minutes(utc("2026-06-10T09:15:59.999999")) == utc("2026-06-10T09:15")
