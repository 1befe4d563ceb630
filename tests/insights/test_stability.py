"""What can still move, and why there is nothing: every moment is written out."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genesys.analytics.fetch import fetch
from genesys.demo import DemoOptions, DemoServer, serve
from genesys.insights.stability import (
    Emptiness,
    State,
    emptiness,
    emptiness_sentence,
    read_retention_days,
    stability,
)
from genesys.intervals import Granularity, Interval, bucket_edges, whole_days
from tests.asking import LONDON, api_on, errand, week
from tests.conftest import DEMO_NOW
from tests.insights.test_comparison import frame
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
    """Running, provisional and younger than 72 hours, in whole buckets."""

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

    def test_of_one_bucket_over_all(self):
        assert (
            spans("2026-06-01T00:00", "2026-06-15T12:07", NOON)
            == ["2026-06-01T00:00/2026-06-15T12:07"] * 3
        )
        assert spans("2026-06-01T00:00", "2026-06-15T00:00", NOON) == [
            None,
            None,
            "2026-06-01T00:00/2026-06-15T00:00",
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


@settings(deadline=None, max_examples=40)
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


WORK = frame(a__voice={"nOffered_count": 3}, none__voice={"tIvr_count": 9})
ZEROS = frame(a__voice={"nOffered_count": 0}, none__voice={"nOffered_count": 9})
NOTHING = frame()


class TestEmptiness:
    """Beyond retention, no data and zero are three different things."""

    @pytest.mark.parametrize(
        ("selected", "whole", "days", "kind"),
        [
            (NOTHING, NOTHING, 30, Emptiness.RETENTION),
            (NOTHING, NOTHING, 35, Emptiness.NO_DATA),
            (NOTHING, NOTHING, 400, Emptiness.NO_DATA),
            (NOTHING, NOTHING, None, Emptiness.NO_DATA),
            (NOTHING, NOTHING, 0, Emptiness.NO_DATA),
            (NOTHING, NOTHING, 10**9, Emptiness.NO_DATA),
            (NOTHING, WORK, 400, Emptiness.ZERO),
            (ZEROS, ZEROS, None, Emptiness.ZERO),
            (WORK, WORK, None, Emptiness.NONE),
            (WORK, WORK, 400, Emptiness.NONE),
            (WORK, WORK, 35, Emptiness.PARTLY),
            (NOTHING, WORK, 35, Emptiness.PARTLY),
        ],
    )
    def test_kinds(self, selected: pd.DataFrame, whole: pd.DataFrame, days, kind):
        interval = whole_days(date(2026, 5, 8), date(2026, 5, 14), LONDON)
        found = emptiness(selected, whole, interval, local(NOON), LONDON, days)
        assert found is kind

    def test_each_is_said_in_a_sentence(self):
        def said(kind: Emptiness) -> str:
            return emptiness_sentence(kind, local(NOON), LONDON, 30)

        assert said(Emptiness.RETENTION) == (
            "The interval is older than the 30 days for which this organization keeps figures,"
            " back to Sat 16 May 2026: there are none any more, which is not zero."
        )
        assert said(Emptiness.PARTLY) == (
            "This organization keeps figures for 30 days: those before Sat 16 May 2026 are"
            " missing, which is not zero."
        )
        assert said(Emptiness.NO_DATA).startswith("The organization sent no figures at all")
        assert said(Emptiness.ZERO) == (
            "Nothing happened here in this interval, while figures of it are kept."
        )
        assert said(Emptiness.NONE) == ""
        assert all(emptiness_sentence(kind, local(NOON), LONDON, 30) for kind in [*Emptiness][:-1])

    def test_retention_is_read_where_permitted(self, demo: DemoServer):
        with api_on(demo) as api:
            days = read_retention_days(api, errand())
            assert days
            old = DEMO_NOW - timedelta(days=days + 30)
            query = week(interval=Interval(old, old + timedelta(days=7)))
            answer = fetch(api, query, errand())
        interval, whole = answer.query.interval, answer.frame
        assert emptiness(whole, whole, interval, DEMO_NOW, LONDON, days) is Emptiness.RETENTION

    def test_retention_that_may_not_be_read_is_unknown(self):
        options = DemoOptions(rate_limit=0, deny=("analytics:dataRetention:view",))
        with serve(options) as server, api_on(server) as api:
            assert read_retention_days(api, errand()) is None
