"""Which earlier interval is compared with: expected days and clock times are written out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genesys.insights.earlier import Way, earlier_interval, wall_clock
from genesys.intervals import PRESET_BY_KEY, Interval, whole_days
from genesys.weeks import Weekday
from tests.asking import LONDON
from tests.examples import examples

NEW_YORK = ZoneInfo("America/New_York")
KATHMANDU = ZoneInfo("Asia/Kathmandu")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
BEIRUT = ZoneInfo("Asia/Beirut")
APIA = ZoneInfo("Pacific/Apia")
ZONES = (LONDON, NEW_YORK, KATHMANDU, LORD_HOWE, BEIRUT)

MONDAY_NOON = "2026-06-15T12:07"
LONG_AFTER = datetime(2027, 1, 1, tzinfo=UTC)


def local(text: str, zone: ZoneInfo = LONDON) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def shown(interval: Interval, zone: ZoneInfo) -> str:
    return "/".join(
        f"{moment.astimezone(zone):%Y-%m-%dT%H:%M}" for moment in (interval.start, interval.end)
    )


def of_preset(preset: str, way: Way, now: str, zone: ZoneInfo = LONDON) -> str:
    moment = local(now, zone)
    current = PRESET_BY_KEY[preset].interval(moment, zone)
    return shown(earlier_interval(current, way, zone, moment, preset)[0], zone)


def of_dates(text: str, way: Way, zone: ZoneInfo = LONDON) -> str:
    current = Interval(*(local(part, zone) for part in text.split("/")))
    return shown(earlier_interval(current, way, zone, LONG_AFTER)[0], zone)


class TestPrevious:
    """A finished period against the whole one before, a running one against as much of it."""

    @pytest.mark.parametrize(
        ("preset", "expected"),
        [
            ("yesterday", "2026-06-13T00:00/2026-06-14T00:00"),
            ("last-week", "2026-06-01T00:00/2026-06-08T00:00"),
            ("last-7-days", "2026-06-01T00:00/2026-06-08T00:00"),
            ("last-30-days", "2026-04-16T00:00/2026-05-16T00:00"),
            ("last-month", "2026-04-01T00:00/2026-05-01T00:00"),
            ("today", "2026-06-14T00:00/2026-06-14T12:07"),
            ("this-week", "2026-06-08T00:00/2026-06-08T12:07"),
            ("this-month", "2026-05-01T00:00/2026-05-15T12:07"),
        ],
    )
    def test_of_a_preset(self, preset: str, expected: str):
        assert of_preset(preset, Way.PREVIOUS, MONDAY_NOON) == expected

    def test_of_a_running_week_that_began_on_sunday(self):
        moment = local(MONDAY_NOON, LONDON)
        current = PRESET_BY_KEY["this-week"].interval(moment, LONDON, Weekday.SUNDAY)
        before, _ = earlier_interval(
            current, Way.PREVIOUS, LONDON, moment, "this-week", Weekday.SUNDAY
        )
        assert shown(before, LONDON) == "2026-06-07T00:00/2026-06-08T12:07"

    def test_of_january_is_december(self):
        assert of_preset("last-month", Way.PREVIOUS, "2026-02-10T09:00") == (
            "2025-12-01T00:00/2026-01-01T00:00"
        )

    def test_of_a_month_that_runs_longer_than_the_one_before_is_that_whole_month(self):
        assert of_preset("this-month", Way.PREVIOUS, "2026-03-31T10:00") == (
            "2026-02-01T00:00/2026-03-01T00:00"
        )

    def test_of_thirty_days_that_happen_to_be_a_month_is_thirty_days(self):
        assert of_preset("last-30-days", Way.PREVIOUS, "2026-07-01T10:00") == (
            "2026-05-02T00:00/2026-06-01T00:00"
        )

    @pytest.mark.parametrize(
        ("current", "expected"),
        [
            ("2026-05-11T00:00/2026-05-14T00:00", "2026-05-08T00:00/2026-05-11T00:00"),
            ("2026-03-01T00:00/2026-04-01T00:00", "2026-02-01T00:00/2026-03-01T00:00"),
            ("2026-01-01T00:00/2026-04-01T00:00", "2025-10-01T00:00/2026-01-01T00:00"),
            ("2026-05-11T00:00/2026-05-13T09:30", "2026-05-08T00:00/2026-05-10T09:30"),
            ("2026-05-11T09:00/2026-05-11T12:00", "2026-05-11T06:00/2026-05-11T09:00"),
            ("2026-03-29T03:00/2026-03-29T06:00", "2026-03-28T23:00/2026-03-29T03:00"),
        ],
    )
    def test_of_dates_is_as_many_days_months_or_hours(self, current: str, expected: str):
        assert of_dates(current, Way.PREVIOUS) == expected


class TestWeekdays:
    """Whole weeks back, as few as leave no overlap."""

    @pytest.mark.parametrize(
        ("preset", "expected"),
        [
            ("today", "2026-06-08T00:00/2026-06-08T12:07"),
            ("last-week", "2026-06-01T00:00/2026-06-08T00:00"),
            ("last-30-days", "2026-04-11T00:00/2026-05-11T00:00"),
            ("this-month", "2026-05-11T00:00/2026-05-25T12:07"),
        ],
    )
    def test_of_a_preset(self, preset: str, expected: str):
        assert of_preset(preset, Way.WEEKDAYS, MONDAY_NOON) == expected

    def test_of_hours_are_the_same_hours_a_week_before(self):
        assert of_dates("2026-05-11T09:00/2026-05-11T12:00", Way.WEEKDAYS) == (
            "2026-05-04T09:00/2026-05-04T12:00"
        )


class TestElapsed:
    """As many days and hours of the period before."""

    @pytest.mark.parametrize(
        ("preset", "now", "expected"),
        [
            ("today", MONDAY_NOON, "2026-06-14T00:00/2026-06-14T12:07"),
            ("this-month", MONDAY_NOON, "2026-05-01T00:00/2026-05-15T12:07"),
            ("last-month", "2026-03-10T08:00", "2026-01-01T00:00/2026-01-29T00:00"),
            ("last-month", "2026-06-10T08:00", "2026-04-01T00:00/2026-05-01T00:00"),
        ],
    )
    def test_of_a_preset(self, preset: str, now: str, expected: str):
        assert of_preset(preset, Way.ELAPSED, now) == expected

    def test_of_hours_are_the_same_hours_of_the_day_before(self):
        assert of_dates("2026-05-11T09:00/2026-05-11T12:00", Way.ELAPSED) == (
            "2026-05-10T09:00/2026-05-10T12:00"
        )


class TestYear:
    """364 days back, so that weekdays meet."""

    def test_of_a_week(self):
        assert of_preset("last-week", Way.YEAR, MONDAY_NOON) == (
            "2025-06-09T00:00/2025-06-16T00:00"
        )

    def test_across_a_leap_day(self):
        assert of_dates("2024-03-04T00:00/2024-03-11T00:00", Way.YEAR) == (
            "2023-03-06T00:00/2023-03-13T00:00"
        )


class TestClockChanges:
    """Days go from midnight to midnight and clock times stay, whatever the clocks do."""

    @pytest.mark.parametrize(
        ("now", "zone", "hours"),
        [
            ("2026-03-30T08:00", LONDON, (23, 24)),
            ("2026-03-31T08:00", LONDON, (24, 23)),
            ("2026-10-26T08:00", LONDON, (25, 24)),
            ("2026-10-27T08:00", LONDON, (24, 25)),
            ("2026-04-06T08:00", LORD_HOWE, (24.5, 24)),
            ("2026-04-07T08:00", LORD_HOWE, (24, 24.5)),
            ("2026-10-06T08:00", LORD_HOWE, (24, 23.5)),
            ("2026-03-31T08:00", BEIRUT, (24, 23)),
            ("2026-03-31T08:00", KATHMANDU, (24, 24)),
        ],
    )
    def test_yesterday_against_the_day_before(self, now, zone, hours):
        moment = local(now, zone)
        current = PRESET_BY_KEY["yesterday"].interval(moment, zone)
        before = earlier_interval(current, Way.PREVIOUS, zone, moment, "yesterday")[0]

        assert tuple(each.length / timedelta(hours=1) for each in (current, before)) == hours

    @pytest.mark.parametrize(
        ("now", "zone", "expected"),
        [
            ("2026-03-30T08:15", LONDON, "2026-03-29T00:00/2026-03-29T08:15"),
            ("2026-10-26T08:15", LONDON, "2026-10-25T00:00/2026-10-25T08:15"),
            ("2026-03-09T08:15", NEW_YORK, "2026-03-08T00:00/2026-03-08T08:15"),
            ("2026-11-02T08:15", NEW_YORK, "2026-11-01T00:00/2026-11-01T08:15"),
            ("2026-04-06T08:15", LORD_HOWE, "2026-04-05T00:00/2026-04-05T08:15"),
            ("2026-10-05T08:15", LORD_HOWE, "2026-10-04T00:00/2026-10-04T08:15"),
            ("2026-06-15T08:15", KATHMANDU, "2026-06-14T00:00/2026-06-14T08:15"),
            ("2026-03-30T08:15", BEIRUT, "2026-03-29T01:00/2026-03-29T08:15"),
            ("2026-03-29T08:15", BEIRUT, "2026-03-28T00:00/2026-03-28T08:15"),
        ],
    )
    def test_today_goes_up_to_the_same_clock_time(self, now, zone, expected):
        assert of_preset("today", Way.PREVIOUS, now, zone) == expected

    def test_a_clock_time_that_does_not_exist_moves_on_by_the_gap(self):
        assert of_preset("today", Way.PREVIOUS, "2026-03-30T01:30") == (
            "2026-03-29T00:00/2026-03-29T02:30"
        )

    def test_a_day_that_does_not_exist_is_stepped_over(self):
        assert of_preset("today", Way.PREVIOUS, "2011-12-31T10:00", APIA) == (
            "2011-12-29T00:00/2011-12-29T10:00"
        )


@examples(30)
@given(
    zone=st.sampled_from(ZONES),
    first=st.dates(date(2024, 1, 1), date(2026, 12, 31)),
    days=st.integers(1, 364),
    way=st.sampled_from(Way),
)
def test_whole_days_are_compared_with_whole_days_that_lie_before(zone, first, days, way):
    current = whole_days(first, first + timedelta(days=days - 1), zone)
    before = earlier_interval(current, way, zone, LONG_AFTER + timedelta(days=800))[0]

    assert before.end <= current.start
    walls = [wall_clock(moment, zone) for moment in (before.start, before.end)]
    assert [(wall.hour, wall.minute) for wall in walls] == [(0, 0), (0, 0)]
    if way in (Way.WEEKDAYS, Way.YEAR):
        assert (first - walls[0].date()).days % 7 == 0
        assert (walls[1] - walls[0]).days == days


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026-06-01T00:00/2026-07-01T00:00", "2025-06-01", "2025-07-01"),
        ("2024-02-29T00:00/2024-03-01T00:00", "2023-02-28", "2023-03-01"),
        ("2024-02-28T00:00/2024-02-29T00:00", "2023-02-28", "2023-03-01"),
    ],
)
def test_same_dates_last_year_are_whole_days_of_that_year(text: str, start: str, end: str):
    current = Interval.parse(text)
    found, _ = earlier_interval(current, Way.DATES, ZoneInfo("UTC"), current.end)
    assert found == Interval.parse(f"{start}/{end}")
