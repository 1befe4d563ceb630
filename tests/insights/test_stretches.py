"""Stretches of a day in which far more or far less came than usual."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from genesys.insights.stretches import stretch_of, stretch_sentence
from genesys.insights.usual import Counted
from genesys.unusual import NONE_UNUSUAL, UnusualDays
from tests.insights.counts import LONDON, counted, weeks_before

TUESDAY = date(2026, 10, 20)


def flat(moment: datetime) -> float:
    return 100 if 8 <= moment.hour < 18 else 0


def tuesday(*hours: int, of: float, day: date = TUESDAY) -> Counted:
    """A day with another number in each half-hour of some hours."""
    return counted(day, day, lambda at: of if at.hour in hours else flat(at))


BEFORE = counted(*weeks_before(TUESDAY, 10), flat)


def test_hours_with_far_more_than_usual_are_found_with_how_much_that_is():
    found = stretch_of(tuesday(10, 11, of=141), BEFORE, NONE_UNUSUAL)

    assert found is not None
    assert found.start == datetime(2026, 10, 20, 9, 0, tzinfo=UTC)
    assert found.end == datetime(2026, 10, 20, 11, 0, tzinfo=UTC)
    assert (found.value, found.usual, found.excess) == (564.0, 400.0, 164.0)
    assert found.days[0] == date(2026, 8, 25)
    assert len(found.days) == 8


def test_hours_with_far_less_than_usual_are_found_too():
    found = stretch_of(tuesday(10, 11, of=20), BEFORE, NONE_UNUSUAL)

    assert found is not None
    assert (found.value, found.usual, found.excess) == (80.0, 400.0, -320.0)


def test_the_last_day_that_had_as_many_may_lie_before_the_usual_weeks():
    day = date(2026, 8, 18)
    before = counted(*weeks_before(TUESDAY, 10), lambda at: 150 if at.date() == day else flat(at))

    found = stretch_of(tuesday(10, 11, of=141), before, NONE_UNUSUAL)

    assert found is not None
    assert found.since == day


@pytest.mark.parametrize(
    ("day", "unusual"),
    [
        (date(2026, 10, 14), NONE_UNUSUAL),
        (date(2026, 10, 13), UnusualDays(marked=frozenset({date(2026, 10, 13)}))),
    ],
)
def test_other_weekdays_and_unusual_days_are_no_such_day(day: date, unusual: UnusualDays):
    before = counted(*weeks_before(TUESDAY, 10), lambda at: 150 if at.date() == day else flat(at))

    found = stretch_of(tuesday(10, 11, of=141), before, unusual)

    assert found is not None
    assert found.since is None
    assert found.known_from == date(2026, 8, 11)


@pytest.mark.parametrize("of", [100, 105])
def test_what_is_as_usual_or_little_more_is_no_stretch(of: float):
    assert stretch_of(tuesday(10, 11, of=of), BEFORE, NONE_UNUSUAL) is None


def test_one_half_hour_alone_is_no_stretch():
    day = counted(TUESDAY, TUESDAY, lambda at: 300 if (at.hour, at.minute) == (10, 0) else flat(at))

    assert stretch_of(day, BEFORE, NONE_UNUSUAL) is None


def test_few_contacts_are_no_stretch():
    before = counted(*weeks_before(TUESDAY), lambda at: 1 if 8 <= at.hour < 18 else 0)
    day = counted(TUESDAY, TUESDAY, lambda at: 5 if at.hour in {10, 11} else flat(at) / 100)

    assert stretch_of(day, before, NONE_UNUSUAL) is None


def test_of_several_days_the_one_with_most_contacts_off_is_told():
    days = counted(
        date(2026, 10, 19),
        TUESDAY,
        lambda at: {19: 180.0, 20: 30.0}[at.day] if at.hour in {10, 11} else flat(at),
    )

    found = stretch_of(days, counted(*weeks_before(TUESDAY, 9), flat), NONE_UNUSUAL)

    assert found is not None
    assert found.excess == 320.0
    assert found.start == datetime(2026, 10, 19, 9, 0, tzinfo=UTC)


def test_nothing_is_told_where_nothing_is_usual():
    assert (
        stretch_of(tuesday(10, of=500), counted(*weeks_before(TUESDAY, 2), flat), NONE_UNUSUAL)
        is None
    )


def test_a_stretch_is_told_with_its_share_and_the_last_day_like_it():
    day = date(2026, 8, 18)
    before = counted(*weeks_before(TUESDAY, 10), lambda at: 150 if at.date() == day else flat(at))

    assert told(tuesday(10, 11, of=141), before) == (
        "From 10:00 to 12:00 on Tue 20 Oct 2026 564 interactions were offered, 41.0 % more than"
        " usual (400), the most on a Tuesday since Tue 18 Aug 2026."
    )


def test_fewer_than_usual_and_nothing_like_it_known():
    assert told(tuesday(10, 11, of=20), BEFORE) == (
        "From 10:00 to 12:00 on Tue 20 Oct 2026 80 interactions were offered, 80.0 % fewer than"
        " usual (400), the fewest on any Tuesday from Tue 11 Aug 2026 on."
    )


def test_what_was_like_it_a_week_before_is_not_told_and_a_day_ends_at_24_00():
    day = date(2026, 10, 13)
    before = counted(
        *weeks_before(TUESDAY),
        lambda at: 90 if at.hour >= 22 and at.date() == day else 10 * (at.hour >= 22),
    )
    late = counted(TUESDAY, TUESDAY, lambda at: 80 * (at.hour >= 22))

    assert told(late, before) == (
        "From 22:00 to 24:00 on Tue 20 Oct 2026 320 interactions were offered, 700.0 % more than"
        " usual (40)."
    )


def test_hours_in_which_nothing_is_usual_have_no_share():
    before = counted(*weeks_before(TUESDAY), lambda _: 0)

    assert "80 interactions were offered, 80 more than usual (0)" in told(
        counted(TUESDAY, TUESDAY, lambda at: 20 * (at.hour in {3, 4})), before
    )


def told(day: Counted, before: Counted) -> str:
    found = stretch_of(day, before, NONE_UNUSUAL)
    assert found
    return stretch_sentence(found, LONDON)
