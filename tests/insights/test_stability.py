"""What can still move: every moment is written out."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from genesys.insights.stability import State, stability
from genesys.intervals import Granularity, Interval, bucket_edges, whole_days
from tests.asking import LONDON
from tests.examples import examples
from tests.insights.test_earlier import local, shown

KATHMANDU = ZoneInfo("Asia/Kathmandu")
NOON = "2026-06-15T12:07:20"


def spans(since: str, until: str, as_of: str, granularity=None, zone=LONDON) -> list[str | None]:
    """The running, provisional and young span in the zone's clock times."""
    found = stability(
        Interval(local(since, zone), local(until, zone)), local(as_of, zone), zone, granularity
    )
    each = (found.running, found.provisional, found.young)
    return [shown(interval, zone) if interval else None for interval in each]


class TestSpans:
    """Running, provisional and younger than 72 hours, in whole buckets where there are some."""

    def test_of_a_running_day_in_half_hours(self):
        assert spans("2026-06-15T00:00", "2026-06-15T12:07", NOON, Granularity.HALF_HOUR) == [
            "2026-06-15T12:00/2026-06-15T12:07",
            "2026-06-15T11:30/2026-06-15T12:07",
            "2026-06-15T00:00/2026-06-15T12:07",
        ]

    def test_of_a_running_month_in_days(self):
        assert spans("2026-06-01T00:00", "2026-06-15T12:07", NOON, Granularity.DAY) == [
            "2026-06-15T00:00/2026-06-15T12:07",
            "2026-06-15T00:00/2026-06-15T12:07",
            "2026-06-12T00:00/2026-06-15T12:07",
        ]

    def test_of_an_interval_that_reaches_into_the_future(self):
        assert spans("2026-06-15T00:00", "2026-06-16T00:00", NOON, Granularity.HOUR) == [
            "2026-06-15T12:00/2026-06-15T13:00",
            "2026-06-15T11:00/2026-06-15T13:00",
            "2026-06-15T00:00/2026-06-15T13:00",
        ]

    def test_of_a_day_that_has_just_ended(self):
        as_of = "2026-06-16T00:10:00"
        assert spans("2026-06-15T00:00", "2026-06-16T00:00", as_of, Granularity.HOUR) == [
            None,
            "2026-06-15T23:00/2026-06-16T00:00",
            "2026-06-15T00:00/2026-06-16T00:00",
        ]

    def test_end_when_their_time_is_over(self):
        day = ("2026-06-15T00:00", "2026-06-16T00:00")
        assert spans(*day, "2026-06-16T00:29", Granularity.HOUR)[1] is not None
        assert spans(*day, "2026-06-16T00:30", Granularity.HOUR)[1] is None
        assert spans(*day, "2026-06-18T23:59", Granularity.HOUR)[2] is not None
        assert spans(*day, "2026-06-19T00:00", Granularity.HOUR) == [None, None, None]

    def test_of_one_bucket_over_all_are_no_more_of_it_than_can_move(self):
        assert spans("2026-06-01T00:00", "2026-06-15T12:07", NOON) == [
            "2026-06-01T00:00/2026-06-15T12:07",
            "2026-06-15T11:37/2026-06-15T12:07",
            "2026-06-12T12:07/2026-06-15T12:07",
        ]
        assert spans("2026-06-01T00:00", "2026-06-15T00:00", NOON) == [
            None,
            None,
            "2026-06-12T12:07/2026-06-15T00:00",
        ]
        assert spans("2026-06-14T00:00", "2026-06-15T00:00", NOON) == [
            None,
            None,
            "2026-06-14T00:00/2026-06-15T00:00",
        ]

    def test_count_elapsed_hours_over_a_clock_change(self):
        as_of = "2026-03-31T12:00:00"
        assert spans("2026-03-20T00:00", "2026-03-31T00:00", as_of, Granularity.HOUR)[2] == (
            "2026-03-28T11:00/2026-03-31T00:00"
        )

    def test_of_days_in_a_zone_off_the_full_hour(self):
        found = spans("2026-06-14T00:00", "2026-06-15T12:07", NOON, Granularity.DAY, zone=KATHMANDU)
        assert found[0] == "2026-06-15T00:00/2026-06-15T12:07"


def test_any_bucket_has_the_state_of_its_least_firm_part():
    day = Interval(local("2026-06-01T00:00"), local("2026-06-15T12:07"))
    found = stability(day, local(NOON), LONDON, Granularity.HALF_HOUR)

    def state(since: str, until: str) -> State:
        return found.state(Interval(local(f"2026-06-{since}"), local(f"2026-06-{until}")))

    assert state("15T12:00", "15T12:07") is State.RUNNING
    assert state("15T11:30", "15T12:00") is State.PROVISIONAL
    assert state("15T11:00", "15T11:30") is State.YOUNG
    assert state("12T12:00", "12T12:30") is State.YOUNG
    assert state("12T11:30", "12T12:00") is State.FINAL
    assert state("08T00:00", "15T00:00") is State.YOUNG
    assert state("15T00:00", "15T12:07") is State.RUNNING


def test_sentences_say_when_and_what_can_still_move():
    day = Interval(local("2026-06-15T00:00"), local("2026-06-15T12:07"))
    sentences = stability(day, local(NOON), LONDON, Granularity.HOUR).sentences(LONDON)
    assert " ".join(sentences) == (
        "As of Mon 15 Jun 2026, 12:07 (Europe/London)."
        " Still running: Mon 15 Jun 2026, 12:00 – 12:07."
        " Provisional, as the last 30 minutes may still change: Mon 15 Jun 2026, 11:00 – 12:07."
        " Younger than 72 hours, so the nightly correction has not passed yet:"
        " Mon 15 Jun 2026, 00:00 – 12:07."
    )
    old = stability(whole_days(date(2026, 5, 1), date(2026, 5, 31), LONDON), local(NOON), LONDON)
    assert old.is_final
    assert old.sentences(LONDON) == (
        "As of Mon 15 Jun 2026, 12:07 (Europe/London).",
        "All figures are older than 72 hours.",
    )


@examples(20)
@given(
    hours=st.integers(-100, 100),
    granularity=st.sampled_from([None, *Granularity]),
    zone=st.sampled_from([LONDON, KATHMANDU, ZoneInfo("Australia/Lord_Howe")]),
)
def test_every_bucket_is_as_firm_as_its_age(hours, granularity, zone):
    interval = whole_days(date(2026, 3, 27), date(2026, 3, 30), zone)
    as_of = interval.end + timedelta(hours=hours, minutes=7)
    found = stability(interval, as_of, zone, granularity)
    edges = (
        bucket_edges(interval, granularity, zone) if granularity else [interval.start, interval.end]
    )
    for start, end in pairwise(edges):
        if start > as_of:
            continue
        age = as_of - end
        expected = (
            State.RUNNING
            if age < timedelta(0)
            else State.PROVISIONAL
            if age < timedelta(minutes=30)
            else State.YOUNG
            if age < timedelta(hours=72)
            else State.FINAL
        )
        assert found.state(Interval(start, end)) is expected
