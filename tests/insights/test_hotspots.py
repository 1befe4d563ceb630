"""When it hurts: worst buckets, hours of the week, hours that miss a target."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genesys.analytics.frames import END, START
from genesys.insights.hotspots import WeakHours, worst_sentence
from genesys.kpis.catalogue import KPI_BY_KEY
from genesys.weeks import Weekday
from tests.by_frame import by_weekday_and_hour, weak_hours, worst_buckets
from tests.examples import examples
from tests.group_frames import frame_of, level, offered, timed

LONDON = ZoneInfo("Europe/London")
MONDAY = datetime(2026, 5, 4, tzinfo=LONDON)
LEVEL, OFFERED = KPI_BY_KEY["service_level_pct"], KPI_BY_KEY["offered"]
CASES = examples(10)


def at(hour: float, day: int = 0) -> datetime:
    """An hour of the week of 4 May by the London clock."""
    return (MONDAY + timedelta(days=day, hours=hour)).astimezone(UTC)


def hurt(hour: float, answered: int, in_time: int, abandoned: int, day: int = 0) -> tuple:
    """A half-hour of voice: what is answered late is `answered` less `in_time`."""
    whole = level(in_time, answered + abandoned)
    row = offered(answered + abandoned, tAnswered=answered, tAbandon=abandoned) | whole
    return at(hour, day), "q1", "voice", row


WORST = frame_of(
    hurt(9, 50, 45, 1),  # 5 late, 1 lost
    hurt(9.5, 40, 20, 20),  # 20 late, 20 lost
    hurt(10, 30, 27, 1),  # 3 late, 1 lost
    hurt(10.5, 30, 30, 0),
    (at(9), "(none)", "voice", {"tAbandon_count": 900}),
    hours=0.5,
)


class TestWorstBuckets:
    def test_come_by_late_and_abandoned_contacts_each_counted_once(self):
        table = worst_buckets(WORST, LONDON)
        assert list(table.columns) == [
            START, END, "missed", "abandoned", "trouble", "share", "cumulative",
        ]  # fmt: skip
        assert [row[2:5] for row in table.itertuples(index=False)] == [
            (20, 20, 40), (5, 1, 6), (3, 1, 4), (0, 0, 0),
        ]  # fmt: skip
        assert list(table["share"]) == [80, 12, 8, 0]
        assert list(table["cumulative"]) == [80, 92, 100, 100]

    def test_stand_in_local_time(self):
        first = worst_buckets(WORST, LONDON).iloc[0]
        assert first[START].isoformat() == "2026-05-04T09:30:00+01:00"
        assert first[END].isoformat() == "2026-05-04T10:00:00+01:00"

    def test_are_told_in_a_sentence(self):
        assert worst_sentence(worst_buckets(WORST, LONDON), LONDON) == (
            "80.0 % of the 50 contacts that were answered late or abandoned fell into 1 of 4"
            " half-hours; the most, 40, on Mon 4 May 2026, 09:30."
        )

    def test_are_as_few_as_hold_half_of_the_trouble(self):
        even = frame_of(*(hurt(9 + hour, 10, 0, 0) for hour in range(5)), hours=1)
        assert worst_sentence(worst_buckets(even, LONDON), LONDON) == (
            "60.0 % of the 50 contacts that were answered late or abandoned fell into 3 of 5"
            " hours; the most, 10, on Mon 4 May 2026, 09:00."
        )

    def test_are_not_told_of_few_contacts_or_a_single_bucket(self):
        few = frame_of(hurt(9, 10, 1, 10), hurt(10, 10, 10, 0), hours=1)
        one = frame_of(hurt(0, 100, 20, 10), hours=24)
        for frame in (few, one, frame_of()):
            assert worst_sentence(worst_buckets(frame, LONDON), LONDON) == ""

    def test_have_no_shares_where_all_is_well(self):
        table = worst_buckets(frame_of(hurt(9, 10, 10, 0), hours=1), LONDON)
        assert list(table["trouble"]) == [0]
        assert table[["share", "cumulative"]].isna().all(axis=None)

    @CASES
    @given(
        st.lists(st.tuples(*(st.integers(0, 40) for _ in range(3))), max_size=12),
        st.randoms(use_true_random=False),
    )
    def test_hold_all_trouble_in_any_order(self, buckets, dice):
        rows = [hurt(at, late + good, good, lost) for at, (late, good, lost) in enumerate(buckets)]
        table = worst_buckets(frame_of(*rows, hours=1), LONDON)
        dice.shuffle(rows)
        assert table["trouble"].sum() == sum(late + lost for late, _, lost in buckets)
        assert table["cumulative"].dropna().is_monotonic_increasing
        pd.testing.assert_frame_equal(table, worst_buckets(frame_of(*rows, hours=1), LONDON))


def cells(table: pd.DataFrame) -> dict[tuple[int, int], tuple]:
    known = table[table["value"].notna()]
    return {(row.weekday, row.hour): (row.value, row.n, row.few) for row in known.itertuples()}


class TestHoursOfTheWeek:
    def test_are_168_from_monday_midnight(self):
        table = by_weekday_and_hour(WORST, LEVEL, LONDON)
        assert list(table.columns) == ["weekday", "hour", "value", "n", "few"]
        assert len(table) == 168
        assert tuple(table.iloc[-1][["weekday", "hour", "n"]]) == (6, 23, 0)

    def test_begin_on_another_day_where_weeks_do(self):
        monday, sunday = (
            by_weekday_and_hour(WORST, LEVEL, LONDON, begins)
            for begins in (Weekday.MONDAY, Weekday.SUNDAY)
        )
        assert [*sunday["weekday"].iloc[::24]] == [6, 0, 1, 2, 3, 4, 5]
        assert cells(sunday) == cells(monday)

    def test_add_buckets_up_before_they_divide(self):
        frame = frame_of(
            hurt(9, 10, 10, 0), hurt(9.5, 20, 5, 10), hurt(9, 5, 5, 0, day=7),
            hurt(14, 19, 19, 0, day=2), hours=0.5,
        )  # fmt: skip
        assert cells(by_weekday_and_hour(frame, LEVEL, LONDON)) == {
            (0, 9): (100 * 20 / 45, 45, False),
            (2, 14): (100, 19, True),
        }
        assert cells(by_weekday_and_hour(frame, OFFERED, LONDON)) == {
            (0, 9): (45, 45, False),
            (2, 14): (19, 19, False),
        }

    def test_say_how_many_events_a_sum_is_of(self):
        frame = frame_of((at(9), "q1", "voice", offered(4) | timed("tHandle", 4, 100)), hours=1)
        total = by_weekday_and_hour(frame, KPI_BY_KEY["total_handle_sec"], LONDON)
        assert cells(total) == {(0, 9): (400, 4, False)}

    @pytest.mark.parametrize(
        ("zone", "first", "local"),
        [
            # clocks go forward at 01:00: no hour 1; and back at 02:00: hour 1 twice
            ("Europe/London", "2026-03-29T00:00Z", {0: 1, 2: 1, 3: 1, 4: 1}),
            ("Europe/London", "2026-10-24T23:00Z", {0: 1, 1: 2, 2: 1, 3: 1}),
            # half-hours of zones at :45 and :30 belong to the hour of their local clock
            ("Asia/Kathmandu", "2026-03-28T18:15Z", {0: 1, 1: 1, 2: 1, 3: 1, 4: 1}),
            ("Australia/Lord_Howe", "2026-10-03T13:30Z", {0: 1, 1: 1, 2: 1, 3: 1, 4: 1}),
        ],
    )
    def test_follow_the_local_clock(self, zone, first, local):
        start = datetime.fromisoformat(first)
        rows = [
            (start + timedelta(hours=hour), "q1", "voice", offered(1))
            for hour in range(sum(local.values()))
        ]
        table = by_weekday_and_hour(frame_of(*rows, hours=1), OFFERED, ZoneInfo(zone))
        assert {key: value[0] for key, value in cells(table).items()} == {
            (6, hour): count for hour, count in local.items()
        }

    def test_need_buckets_of_an_hour_or_less(self):
        with pytest.raises(ValueError, match="an hour or less"):
            by_weekday_and_hour(frame_of(hurt(0, 9, 9, 0), hours=24), OFFERED, LONDON)

    def test_of_nothing_have_no_values(self):
        table = by_weekday_and_hour(frame_of(hours=1), LEVEL, LONDON)
        assert table["value"].isna().all()
        assert not table["few"].any()


TARGETS = pd.DataFrame(
    {"queue_id": ["q1"], "media_type": ["voice"], "service_level_pct_target": [80.0]}
)


def on_days(days: int, day: pd.DataFrame) -> pd.DataFrame:
    """The same day so many times in a row."""
    steps = [pd.Timedelta(days=n) for n in range(days)]
    return pd.concat(
        day.assign(
            interval_start=day["interval_start"] + step, interval_end=day["interval_end"] + step
        )
        for step in steps
    )


class TestWeakHours:
    def test_are_those_that_miss_the_target_on_most_days(self):
        frame = frame_of(
            *(hurt(hour, 20, 18, 0, day) for day in range(3) for hour in (9, 10, 11, 16)),
            *(hurt(hour, 20, 10, 0, day) for day in range(3) for hour in (13, 14)),
            hours=1,
        )
        assert weak_hours(frame, TARGETS, LONDON) == (
            WeakHours("q1", "voice", 13, 15, 80.0, 50.0, 120, 90.0, 240, 36.0, 3, 3),
        )

    def test_are_not_the_hours_of_one_bad_day(self):
        frame = frame_of(
            *(hurt(hour, 20, 18, 0, day) for day in range(3) for hour in (9, 10, 11, 16)),
            *(hurt(13, 20, 18, 0, day) for day in range(1, 4)),
            hurt(13, 100, 0, 0),
            hours=1,
        )
        assert weak_hours(frame, TARGETS, LONDON) == ()

    def test_are_not_told_where_the_other_hours_miss_the_target_too(self):
        frame = frame_of(hurt(9, 50, 30, 0), hurt(13, 50, 10, 0), hours=1)
        assert weak_hours(frame, TARGETS, LONDON) == ()

    def test_need_a_target_and_contacts_enough_on_either_side(self):
        day = frame_of(hurt(9, 50, 50, 0), hurt(13, 50, 10, 0), hours=1)
        frame = on_days(3, day)
        few = on_days(3, frame_of(hurt(9, 50, 50, 0), hurt(13, 6, 1, 0), hours=1))
        assert weak_hours(on_days(2, day), TARGETS, LONDON) == ()
        assert len(weak_hours(frame, TARGETS, LONDON)) == 1
        assert weak_hours(few, TARGETS, LONDON) == ()
        assert weak_hours(frame, TARGETS.iloc[:0], LONDON) == ()
        assert weak_hours(frame, TARGETS.assign(service_level_pct_target=None), LONDON) == ()
        assert weak_hours(frame_of(hours=1), TARGETS, LONDON) == ()
