"""What is said of kept days, in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from genesys.days.asked import AskedDay
from genesys.days.calendar import span
from genesys.days.told import known_on, lies_between, movements, shown
from genesys.intervals import Interval

BERLIN = ZoneInfo("Europe/Berlin")
ASKED = datetime(2026, 6, 12, 23, tzinfo=UTC)


def day(number: int, asked: datetime = ASKED, changed: int = 0, **moved: int) -> AskedDay:
    return AskedDay(
        date(2026, 6, number),
        asked,
        frozenset(),
        changed=changed,
        moved=tuple(moved.items()),
    )


def test_a_movement_names_the_day_when_it_was_found_and_by_how_much():
    moved = day(9, changed=21, nOffered_count=3, tAnswered_count=-1, tHandle_sum=-4000)

    (said,) = movements([day(8), moved], BERLIN)
    assert said == (
        "Tue 9 Jun 2026 (UTC) moved, found on Sat 13 Jun 2026: Offer +3, Answer −1 and 21 rows of"
        " half-hours differ."
    )
    assert [*movements([moved], BERLIN, with_figures=False)] == [
        "Tue 9 Jun 2026 (UTC) moved, found on Sat 13 Jun 2026."
    ]


def test_where_times_alone_moved_the_half_hours_are_counted():
    assert [*movements([day(9, changed=1, tHandle_sum=5)], BERLIN)] == [
        "Tue 9 Jun 2026 (UTC) moved, found on Sat 13 Jun 2026: 1 row of a half-hour differs."
    ]


def test_the_youngest_movements_are_named_and_the_others_counted():
    said = [*movements([day(number, changed=1) for number in range(1, 6)], BERLIN)]

    assert [each[:5] for each in said[:3]] == ["Fri 5", "Thu 4", "Wed 3"]
    assert said[3:] == ["So did 2 days before."]


def test_as_of_says_what_is_kept_what_came_later_and_what_is_as_it_is_now():
    known = datetime(2026, 6, 12, 22, tzinfo=UTC)
    days = {each.day: each for each in (day(8, asked=known), day(9), day(20))}
    week = Interval(span(date(2026, 6, 8)).start, span(date(2026, 6, 11)).end)

    assert known_on(days, [week], date(2026, 6, 12), known) == (
        "As known on Fri 12 Jun 2026: 1 day as kept by then, 1 day as first kept, which was later,"
        " 2 days not kept, as the organization has them now."
    )
    assert [each.day.day for each in shown(days, [week])] == [8, 9]
    assert known_on(days, [span(date(2026, 6, 9))], date(2026, 6, 12), known) == (
        "As known on Fri 12 Jun 2026: 1 day as first kept, which was later."
    )


def test_days_that_begin_between_half_hours_are_told():
    day = span(date(2026, 6, 8))
    until_now = Interval(day.start, day.end - timedelta(minutes=7))

    assert lies_between([day, until_now], ZoneInfo("Asia/Kolkata")) == ""
    assert lies_between([day], ZoneInfo("Asia/Kathmandu")) == (
        "Days of Asia/Kathmandu begin between two half-hours of UTC, so no kept days answer them."
    )
