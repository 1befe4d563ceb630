"""A running day: what it is on course for, and what whole days usually have."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from genesys.insights.running_day import day_course, usual_of_day, whole_day
from genesys.insights.usual import Counted
from genesys.unusual import NONE_UNUSUAL, UnusualDays
from tests.insights.counts import LONDON, counted, weeks_before

TUESDAY = date(2026, 10, 20)


def hundred_in_office_hours(moment: datetime) -> float:
    return 100 if 8 <= moment.hour < 18 else 0


BEFORE = counted(*weeks_before(TUESDAY), hundred_in_office_hours)


def until(hour: int, minute: int = 0, *, each: float) -> Counted:
    """The day up to a moment, with so many in each half-hour from eight."""
    whole = counted(TUESDAY, TUESDAY, lambda at: each if 8 <= at.hour < 18 else 0)
    end = pd.Timestamp(datetime(2026, 10, 20, hour, minute, tzinfo=LONDON)).tz_convert(UTC)
    here = whole.of_rows(np.asarray(whole.starts < end))
    ends = pd.DatetimeIndex([min(each, end) for each in here.ends])
    return Counted(here.starts, ends, here.counts, LONDON)


def test_before_anything_came_a_day_is_on_course_for_the_usual():
    found = day_course(until(8, each=0), BEFORE, NONE_UNUSUAL)

    assert found is not None
    assert (found.day, found.came, found.level) == (TUESDAY, 0.0, 1.0)
    assert (found.expected, found.usual) == (2_000.0, 2_000.0)
    assert found.spread == pytest.approx(1.2816 * np.sqrt(2_000) * np.sqrt(1 + np.pi / 16))
    assert found.days == tuple(TUESDAY - timedelta(weeks=weeks) for weeks in range(8, 0, -1))
    assert not found.is_over


def test_the_rest_of_a_day_is_expected_at_its_level_so_far():
    found = day_course(until(13, each=150), BEFORE, NONE_UNUSUAL)

    assert found is not None
    assert (found.came, found.usual_so_far) == (1_500.0, 1_000.0)
    assert found.level == pytest.approx(1_700 / 1_200)
    assert found.expected == pytest.approx(1_500 + 1_000 * 1_700 / 1_200)


def test_what_came_in_a_half_hour_that_is_not_over_is_no_more_expected():
    found = day_course(until(13, 10, each=100), BEFORE, NONE_UNUSUAL)

    assert found is not None
    assert (found.came, found.level) == (1_100.0, 1.0)
    assert found.expected == pytest.approx(2_000)


def test_a_day_that_is_over_is_on_course_for_what_came():
    found = day_course(until(23, 30, each=150), BEFORE, NONE_UNUSUAL)

    assert found is not None
    assert (found.came, found.expected, found.usual) == (3_000.0, 3_000.0, 2_000.0)
    assert found.is_over


def test_there_is_no_course_on_an_unusual_day_or_after_too_few_days():
    marked = UnusualDays(marked=frozenset({TUESDAY}))
    few = counted(*weeks_before(TUESDAY, 2), hundred_in_office_hours)

    assert day_course(until(13, each=100), BEFORE, marked) is None
    assert day_course(until(13, each=100), few, NONE_UNUSUAL) is None


def test_a_day_of_which_a_half_hour_is_not_known_tells_nothing_of_whole_days():
    hole = datetime(2026, 10, 13, 9, 0, tzinfo=LONDON)
    before = counted(
        *weeks_before(TUESDAY),
        lambda at: float("nan") if at == hole else hundred_in_office_hours(at),
    )

    found = day_course(until(13, each=100), before, NONE_UNUSUAL)

    assert found is not None
    assert date(2026, 10, 13) not in found.days
    assert len(found.days) == 7


def test_a_course_is_told_in_few_words_and_explained_by_its_days():
    found = day_course(until(13, each=150), BEFORE, NONE_UNUSUAL)

    assert found is not None
    assert found.short == ("on course for 2,917", "usual 2,000 ± 63")
    assert found.explained == (
        "So far 1,500 came where 1,000 are usual; the rest of the day is expected at 1.42 times the"
        " usual. Usual is the median of the same weekday and time before, on Tue 25 Aug,"
        " Tue 1 Sep, Tue 8 Sep, Tue 15 Sep, Tue 22 Sep, Tue 29 Sep, Tue 6 Oct and Tue 13 Oct 2026;"
        " 80 % of values are expected in the band around it."
    )


def test_a_day_that_is_over_has_no_course_in_words():
    found = day_course(until(23, 30, each=150), BEFORE, NONE_UNUSUAL)

    assert found is not None
    assert found.short == ("usual 2,000 ± 63",)
    assert found.explained.startswith(
        "So far 3,000 came where 2,000 are usual; hardly any are still to come."
    )


def test_half_hours_to_come_are_usual_at_the_day_s_level_and_those_that_are_over_are_not():
    found = usual_of_day(whole_day(until(13, each=150)), BEFORE, NONE_UNUSUAL)

    assert found.middle[25] == 100.0
    assert found.middle[26] == pytest.approx(100 * 1_700 / 1_200)
