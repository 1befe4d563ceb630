"""What talking points say of the offered: hours unlike the usual, and the course of today."""

from __future__ import annotations

from datetime import UTC, date, datetime

from genesys.insights.point import Point
from genesys.insights.running_day import DayCourse
from genesys.insights.stretches import Stretch
from tests.insights.test_talking_points import CURRENT, EARLIER, WORDS, told

TUESDAYS = (date(2026, 4, 14), date(2026, 4, 21), date(2026, 4, 28))
STRETCH = Stretch(
    datetime(2026, 5, 5, 9, tzinfo=UTC),
    datetime(2026, 5, 5, 11, tzinfo=UTC),
    141.0,
    100.0,
    date(2026, 3, 3),
    date(2026, 2, 10),
    TUESDAYS,
)
COURSE = DayCourse(date(2026, 5, 5), 400.0, 380.0, 1.05, 2_900.4, 2_450.0, 179.6, TUESDAYS, ())


def point(rule: str, found: list[Point]) -> Point:
    return next(each for each in found if each.rule == rule)


def test_hours_unlike_the_usual_are_told_with_what_tells_it():
    found = point("hours unlike usual", told(CURRENT, EARLIER, unlike=STRETCH))

    assert found.text == (
        "From 10:00 to 12:00 on Tue 5 May 2026 141 interactions were offered, 41.0 % more than"
        " usual (100), the most on a Tuesday since Tue 3 Mar 2026."
    )
    assert found.figures == {
        "start": "2026-05-05T09:00:00+00:00",
        "end": "2026-05-05T11:00:00+00:00",
        "value": 141.0,
        "usual": 100.0,
        "days": "2026-04-14, 2026-04-21, 2026-04-28",
        "since": "2026-03-03",
    }
    assert (found.kpi, found.impact) == ("offered", 41.0)


def test_without_anything_unlike_nothing_is_told_of_it():
    assert "hours unlike usual" not in {each.rule for each in told(CURRENT, EARLIER)}


def test_the_volume_of_a_running_day_says_what_it_is_on_course_for():
    found = point("volume", told(CURRENT, EARLIER, words=WORDS, course=COURSE))

    assert found.text.endswith(f" ({WORDS}); on course for 2,900, usual 2,450 ± 180.")
    assert found.figures["usual"] == 2_450.0
    assert point("volume", told(CURRENT, course=COURSE)).text == (
        "400 interactions were offered, Mon 4 – Sun 10 May 2026; on course for 2,900,"
        " usual 2,450 ± 180."
    )
