"""KPIs over time: the whole calendar, weeks from Monday, zero apart from no value."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from genesys.analytics.fetch import fetch
from genesys.analytics.frames import merge, to_frame
from genesys.analytics.queries import AggregateQuery
from genesys.demo import DemoServer
from genesys.intervals import Granularity, Interval, bucket_edges, whole_days
from genesys.kpis.catalogue import CATALOGUE_METRICS, KPI_BY_KEY, KPIS, Unit
from genesys.kpis.rollup import rollup
from genesys.kpis.trend import STEP_BY_KEY, automatic_step, edges
from genesys.weeks import Weekday
from tests.asking import LONDON, api_on, budget, week
from tests.by_frame import trend
from tests.contacts import Contact, answer

BEIRUT = ZoneInfo("Asia/Beirut")
KPI_ROW = [KPI_BY_KEY[key] for key in ("offered", "abandoned", "answer_pct", "asa_sec")]
METRICS = ("nOffered", "tAnswered", "tAbandon", "tHandle")


def local(*parts: int, zone: ZoneInfo = LONDON) -> datetime:
    return datetime(*parts, tzinfo=zone)


def frame_of(contacts: list[Contact], interval: Interval, zone: ZoneInfo = LONDON) -> pd.DataFrame:
    """The frame of days that an API holding these contacts gives."""
    query = AggregateQuery(
        interval=interval, metrics=METRICS, granularity=Granularity.DAY, zone=zone
    )
    return merge([to_frame(answer(contacts, query), query)], query)


def words(interval: Interval, step: str, zone: ZoneInfo = LONDON) -> list[str]:
    return [
        f"{edge.astimezone(zone):%a %d %b %H:%M}"
        for edge in edges(interval, STEP_BY_KEY[step], zone)
    ]


class TestEdges:
    """Where the buckets of a step begin."""

    def test_weeks_begin_on_monday_and_are_cut_at_both_ends(self):
        interval = whole_days(date(2026, 5, 13), date(2026, 5, 26), LONDON)
        assert words(interval, "week") == [
            "Wed 13 May 00:00",
            "Mon 18 May 00:00",
            "Mon 25 May 00:00",
            "Wed 27 May 00:00",
        ]

    def test_weeks_begin_on_the_day_that_a_step_says(self):
        interval = whole_days(date(2026, 5, 13), date(2026, 5, 26), LONDON)
        step = replace(STEP_BY_KEY["week"], week_begins=Weekday.SUNDAY)
        found = [each.astimezone(LONDON).date() for each in edges(interval, step, LONDON)]
        assert found == [date(2026, 5, day) for day in (13, 17, 24, 27)]

    def test_a_week_from_monday_on_is_whole(self):
        interval = whole_days(date(2026, 5, 11), date(2026, 5, 17), LONDON)
        assert words(interval, "week") == ["Mon 11 May 00:00", "Mon 18 May 00:00"]

    def test_months_of_their_own_lengths(self):
        interval = whole_days(date(2026, 1, 31), date(2026, 4, 1), LONDON)
        assert words(interval, "month") == [
            "Sat 31 Jan 00:00",
            "Sun 01 Feb 00:00",
            "Sun 01 Mar 00:00",
            "Wed 01 Apr 00:00",
            "Thu 02 Apr 00:00",
        ]

    def test_a_running_week_ends_now(self):
        interval = Interval(local(2026, 6, 15), local(2026, 6, 17, 9, 41))
        assert words(interval, "week") == ["Mon 15 Jun 00:00", "Wed 17 Jun 09:41"]
        assert words(interval, "day")[-2:] == ["Wed 17 Jun 00:00", "Wed 17 Jun 09:41"]

    @pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
    def test_days_of_a_clock_change_have_their_own_length(self, day: date, hours: int):
        interval = whole_days(day, day, LONDON)
        assert len(edges(interval, STEP_BY_KEY["hour"], LONDON)) == hours + 1
        assert len(edges(interval, STEP_BY_KEY["half-hour"], LONDON)) == 2 * hours + 1
        assert len(edges(interval, STEP_BY_KEY["day"], LONDON)) == 2

    def test_a_day_without_midnight_begins_at_its_first_instant(self):
        interval = whole_days(date(2026, 3, 28), date(2026, 3, 30), BEIRUT)
        assert words(interval, "day", BEIRUT) == [
            "Sat 28 Mar 00:00",
            "Sun 29 Mar 01:00",
            "Mon 30 Mar 00:00",
            "Tue 31 Mar 00:00",
        ]
        assert words(interval, "week", BEIRUT) == [
            "Sat 28 Mar 00:00",
            "Mon 30 Mar 00:00",
            "Tue 31 Mar 00:00",
        ]

    @pytest.mark.parametrize(("days", "key"), [(2, "half-hour"), (7, "hour"), (8, "day")])
    def test_the_automatic_step_fits_the_length(self, days: int, key: str):
        interval = whole_days(date(2026, 5, 1), date(2026, 5, days), LONDON)
        assert automatic_step(interval).key == key


class TestCalendar:
    """Every bucket has a row; nothing there is zero for counts only."""

    INTERVAL = whole_days(date(2026, 5, 11), date(2026, 5, 14), LONDON)
    CONTACTS = (
        Contact(local(2026, 5, 11, 9), "nOffered"),
        Contact(local(2026, 5, 11, 9), "tAnswered", 4000),
        Contact(local(2026, 5, 13, 9), "nOffered"),
        Contact(local(2026, 5, 13, 9), "tAbandon", 9000),
        Contact(local(2026, 5, 13, 9), "nOffered", media="message", queue="q2"),
        Contact(local(2026, 5, 13, 9), "tHandle", media="email", queue="q3"),
    )

    def rows(self, *by: str) -> pd.DataFrame:
        frame = frame_of(list(self.CONTACTS), self.INTERVAL)
        return trend(frame, self.INTERVAL, STEP_BY_KEY["day"], LONDON, KPI_ROW, by)

    def test_days_without_anything_have_zero_counts_and_no_rates_or_times(self):
        rows = self.rows()
        assert rows["offered"].tolist() == [1, 0, 2, 0]
        assert rows["abandoned"].tolist() == [0, 0, 1, 0]
        assert rows["answer_pct"].fillna(-1).tolist() == [100.0, -1, 0.0, -1]
        assert rows["asa_sec"].fillna(-1).tolist() == [4.0, -1, -1, -1]
        assert str(rows["offered"].dtype) == "Int64"

    def test_each_media_type_has_the_whole_calendar(self):
        rows = self.rows("media_type").set_index("media_type")
        assert rows.loc["voice", "offered"].tolist() == [1, 0, 1, 0]
        assert rows.loc["message", "offered"].tolist() == [0, 0, 1, 0]
        assert rows.loc["email", "offered"].isna().all()
        assert rows.loc["message", "abandoned"].isna().all()

    def test_columns_and_order(self):
        rows = self.rows("media_type")
        keys = [kpi.key for kpi in KPI_ROW]
        assert list(rows) == ["interval_start", "interval_end", "media_type", *keys]
        assert rows["interval_start"].is_monotonic_increasing
        assert rows["interval_end"].iloc[-1] == pd.Timestamp(self.INTERVAL.end)
        assert set(rows["media_type"][:3]) == {"email", "message", "voice"}

    def test_nothing_at_all_is_no_value_but_still_a_calendar(self):
        empty = frame_of([], self.INTERVAL)
        rows = trend(empty, self.INTERVAL, STEP_BY_KEY["day"], LONDON, KPI_ROW)
        assert len(rows) == 4
        assert rows["offered"].isna().all()
        by_media = trend(empty, self.INTERVAL, STEP_BY_KEY["day"], LONDON, KPI_ROW, ["media_type"])
        assert by_media.empty
        assert "media_type" in by_media

    def test_days_are_added_up_to_weeks_and_averages_made_anew(self):
        interval = whole_days(date(2026, 5, 15), date(2026, 5, 20), LONDON)
        contacts = [
            Contact(local(2026, 5, 15, 9), "nOffered"),
            Contact(local(2026, 5, 15, 9), "tAnswered", 1000),
            *(Contact(local(2026, 5, day, 9), "nOffered") for day in (18, 18, 19, 20)),
            Contact(local(2026, 5, 18, 9), "tAnswered", 2000),
            *(Contact(local(2026, 5, 20, 9), "tAnswered", 8000) for _ in range(2)),
        ]
        rows = trend(frame_of(contacts, interval), interval, STEP_BY_KEY["week"], LONDON, KPI_ROW)
        assert rows["offered"].tolist() == [1, 4]
        assert rows["asa_sec"].tolist() == [1.0, 6.0]
        assert rows["answer_pct"].tolist() == [100.0, 75.0]

    def test_days_around_a_skipped_midnight_keep_their_contacts(self):
        interval = whole_days(date(2026, 3, 28), date(2026, 3, 30), BEIRUT)
        moments = [local(2026, 3, 28, 23, 59, zone=BEIRUT), local(2026, 3, 29, 1, zone=BEIRUT)]
        frame = frame_of([Contact(each, "nOffered") for each in moments], interval, BEIRUT)
        rows = trend(frame, interval, STEP_BY_KEY["day"], BEIRUT, KPI_ROW)
        assert rows["offered"].tolist() == [1, 1, 0]
        assert rows["interval_start"][1] == datetime(2026, 3, 28, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def spring(demo: DemoServer) -> tuple[Interval, pd.DataFrame]:
    """Six weeks around a clock change."""
    interval = whole_days(date(2026, 3, 4), date(2026, 4, 14), LONDON)
    query = week(interval=interval, metrics=CATALOGUE_METRICS, granularity=Granularity.DAY)
    with api_on(demo) as api:
        return interval, fetch(api, query, budget()).frame


@pytest.mark.parametrize("step", ["day", "week", "month"])
@pytest.mark.parametrize("by", [[], ["media_type"]], ids=["total", "by media"])
def test_counts_over_all_steps_are_the_total(spring, step: str, by: list[str]):
    interval, frame = spring
    counts = [kpi for kpi in KPIS if kpi.unit is Unit.COUNT]
    keys = [kpi.key for kpi in counts]
    course = trend(frame, interval, STEP_BY_KEY[step], LONDON, counts, by)
    total = rollup(frame, by, counts)

    whole = course.groupby("media_type", observed=True) if by else course.groupby(lambda _: 0)
    summed = whole[keys].sum(min_count=1).reset_index(drop=True)
    pd.testing.assert_frame_equal(summed, total[keys].reset_index(drop=True))
    assert total["offered"].sum() > 50_000


def test_days_of_the_calendar_are_those_of_the_query(spring):
    interval, frame = spring
    days = bucket_edges(interval, "P1D", LONDON)[:-1]
    assert sorted(set(frame["interval_start"])) == [pd.Timestamp(day) for day in days]
