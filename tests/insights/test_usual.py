"""What is usual: of which days it is made, and how far a band reaches."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genesys.insights.usual import Counted, Usual, level, usual
from genesys.intervals import Granularity
from genesys.unusual import NONE_UNUSUAL, UnusualDays
from tests.examples import examples
from tests.insights.counts import LONDON, counted, weeks_before
from tests.reference import usual as reference

TUESDAY = date(2026, 10, 20)
EIGHT = (90, 95, 98, 100, 102, 104, 110, 300)
"""What came on each of the eight Tuesdays before, the last one first."""


def weeks_back(moment: datetime) -> int:
    return (TUESDAY - moment.date()).days // 7


def of_days(count: float = 0.0) -> Counted:
    return counted(TUESDAY, TUESDAY, lambda _: count, Granularity.DAY)


def eight(moment: datetime) -> float:
    days = (TUESDAY - moment.date()).days
    return EIGHT[days // 7 - 1] if days % 7 == 0 else 1_000


def usual_day(before: Counted, unusual: UnusualDays = NONE_UNUSUAL) -> Usual:
    return usual(of_days(), before, unusual)


def test_it_is_the_median_of_the_same_weekday_in_the_eight_weeks_before():
    before = counted(*weeks_before(TUESDAY, 12), eight_and_older, Granularity.DAY)

    found = usual_day(before)

    assert found.middle.tolist() == [101.0]
    assert found.days == tuple(TUESDAY - timedelta(weeks=weeks) for weeks in range(8, 0, -1))
    assert found.left_out == ()


def eight_and_older(moment: datetime) -> float:
    return eight(moment) if weeks_back(moment) <= 8 else 5_000


def test_the_band_is_made_of_what_days_differ_by_and_one_day_far_off_widens_it_little():
    before = counted(*weeks_before(TUESDAY), eight, Granularity.DAY)

    found = usual_day(before)

    # |x - 101| are 11, 6, 3, 1, 1, 3, 9 and 199: their median is 4.5, less than chance, 10.05.
    assert found.spread == pytest.approx([1.2816 * np.sqrt(101) * np.sqrt(1 + np.pi / 16)])
    assert found.low == pytest.approx([86.91], abs=0.01)
    assert found.high == pytest.approx([115.09], abs=0.01)


def test_the_band_is_wider_than_chance_where_days_differ_more():
    before = counted(*weeks_before(TUESDAY), lambda at: 10 * eight(at), Granularity.DAY)

    found = usual_day(before)

    assert found.spread == pytest.approx([1.2816 * 1.4826 * 45 * np.sqrt(1 + np.pi / 16)])


def test_nothing_is_below_zero_and_what_never_happens_has_no_band():
    before = counted(*weeks_before(TUESDAY), lambda at: at.hour == 9 and at.minute == 0)
    halves = counted(TUESDAY, TUESDAY, lambda _: 0.0)

    found = usual(halves, before, NONE_UNUSUAL)

    assert (found.middle[18], found.low[18]) == (1.0, 0.0)
    assert found.high[18] == pytest.approx(2.40, abs=0.01)
    assert (found.middle[17], found.low[17], found.high[17]) == (0.0, 0.0, 0.0)


def test_days_that_are_not_known_are_left_out_and_not_zero():
    before = counted(
        *weeks_before(TUESDAY),
        lambda at: float("nan") if weeks_back(at) > 3 else 100,
        Granularity.DAY,
    )

    found = usual_day(before)

    assert found.middle.tolist() == [100.0]
    assert found.days == (date(2026, 9, 29), date(2026, 10, 6), date(2026, 10, 13))


def test_of_two_days_nothing_is_usual():
    before = counted(*weeks_before(TUESDAY, 2), lambda _: 100, Granularity.DAY)

    found = usual_day(before)

    assert np.isnan(found.middle).all()
    assert found.days == ()


def test_nothing_is_usual_where_nothing_is_known():
    before = counted(*weeks_before(TUESDAY), lambda _: float("nan"))

    assert np.isnan(usual_day(before).middle).all()
    assert np.isnan(usual_day(before.of_rows(np.array([], dtype=np.int64))).middle).all()


def test_holidays_and_marked_days_are_left_out_and_named():
    monday = date(2026, 6, 1)
    before = counted(
        *weeks_before(monday),
        lambda at: 5 if at.date() in {date(2026, 5, 4), date(2026, 5, 25)} else 100,
        Granularity.DAY,
    )
    unusual = UnusualDays("GB-ENG", frozenset({date(2026, 5, 18), date(2026, 5, 19)}))

    found = usual(counted(monday, monday, lambda _: 0, Granularity.DAY), before, unusual)

    assert found.middle.tolist() == [100.0]
    assert len(found.days) == 4
    assert found.left_out == (
        (date(2026, 4, 6), "Easter Monday"),
        (date(2026, 5, 4), "May Day"),
        (date(2026, 5, 18), "marked as unusual"),
        (date(2026, 5, 25), "Spring Bank Holiday"),
    )


def test_a_holiday_itself_has_nothing_usual():
    christmas = date(2026, 12, 25)
    before = counted(*weeks_before(christmas), lambda _: 100, Granularity.DAY)

    found = usual(
        counted(christmas, christmas, lambda _: 0, Granularity.DAY), before, UnusualDays("GB")
    )

    assert np.isnan(found.middle).all()


def test_times_are_those_of_the_clock_before_and_after_it_changes():
    after = date(2026, 11, 3)
    before = counted(*weeks_before(after), lambda at: 50 if at.hour == 9 else 0)

    found = usual(counted(after, after, lambda _: 0), before, NONE_UNUSUAL)

    assert np.flatnonzero(found.middle).tolist() == [18, 19]
    assert found.middle[18:20].tolist() == [50.0, 50.0]


def test_an_hour_that_comes_twice_is_held_against_the_usual_one_and_counts_once():
    back = date(2026, 10, 25)
    halves = counted(back, back, lambda _: 0)

    found = usual(halves, counted(*weeks_before(back), lambda at: at.hour), NONE_UNUSUAL)

    assert len(found.middle) == 50
    assert found.middle[:8].tolist() == [0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 2.0, 2.0]

    later = date(2026, 11, 15)
    weeks = counted(*weeks_before(later, 3), lambda at: 10 * (1 + at.fold) * (at.hour == 1))
    found = usual(counted(later, later, lambda _: 0), weeks, NONE_UNUSUAL)

    assert found.middle[2:4].tolist() == [10.0, 10.0]
    assert found.spread[2:4] == pytest.approx([1.2816 * np.sqrt(10) * np.sqrt(1 + np.pi / 6)] * 2)


def test_an_hour_that_is_skipped_is_not_known_on_that_day():
    sunday = date(2026, 4, 19)
    before = counted(*weeks_before(sunday, 4), lambda _: 10)

    found = usual(counted(sunday, sunday, lambda _: 0), before, NONE_UNUSUAL)

    assert found.middle[2] == 10.0
    assert date(2026, 3, 29) in found.days


@pytest.mark.parametrize(
    ("step", "minutes"),
    [
        (Granularity.DAY, 840),
        (Granularity.HALF_HOUR, 20),
        (Granularity.HOUR, 20),
        (Granularity.HOUR, 30),
    ],
)
def test_a_bucket_that_is_cut_short_is_held_against_nothing(step: Granularity, minutes: int):
    before = counted(*weeks_before(TUESDAY), lambda _: 10, step)
    whole = counted(TUESDAY, TUESDAY, lambda _: 10, step).of_rows(np.array([0]))
    cut = Counted(whole.starts, whole.starts + timedelta(minutes=minutes), whole.counts, LONDON)

    assert usual(whole, before, NONE_UNUSUAL).middle.tolist() == [10.0]
    assert np.isnan(usual(cut, before, NONE_UNUSUAL).middle).all()


def test_a_day_that_ends_half_an_hour_early_is_cut_short_too():
    whole = of_days(10)
    cut = Counted(whole.starts, whole.ends - timedelta(minutes=30), whole.counts, LONDON)

    assert whole.is_whole.tolist() == [True]
    assert cut.is_whole.tolist() == [False]


def test_a_day_s_level_is_near_the_usual_one_as_long_as_little_came():
    nan = float("nan")

    assert level(np.array([nan]), np.array([100.0])) == 1.0
    assert level(np.array([20.0, nan]), np.array([10.0, 90.0])) == pytest.approx(220 / 210)
    assert level(np.array([2_000.0]), np.array([1_000.0])) == pytest.approx(2_200 / 1_200)
    assert level(np.array([50.0, 30.0]), np.array([50.0, nan])) == 1.0


def test_what_is_usual_is_scaled_to_a_level():
    found = Usual(np.array([100.0]), np.array([20.0]), (TUESDAY,)).scaled(1.5)

    assert (found.middle[0], found.low[0], found.high[0]) == (150.0, 120.0, 180.0)
    assert found.days == (TUESDAY,)


ZONES = ("Europe/London", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kolkata", "UTC")


@examples(20)
@given(
    day=st.dates(date(2026, 3, 1), date(2026, 12, 31)),
    zone=st.sampled_from(ZONES),
    place=st.sampled_from(("", "GB-ENG", "US")),
    seed=st.integers(0, 2**32 - 1),
)
def test_it_is_what_a_slow_and_plain_way_finds(day: date, zone: str, place: str, seed: int):
    dice = np.random.default_rng(seed)

    def count(_: datetime) -> float:
        return float(dice.poisson(5)) if dice.random() > 0.1 else float("nan")

    where, unusual = ZoneInfo(zone), UnusualDays(place)
    before = counted(*weeks_before(day, 9), count, zone=where)
    buckets = counted(day, day, count, zone=where)

    found = usual(buckets, before, unusual)

    for at, plain in enumerate(reference.usual(buckets, before, unusual)):
        if plain is None:
            assert np.isnan(found.middle[at])
        else:
            assert (found.middle[at], found.spread[at]) == pytest.approx(plain)
