"""Unusual days: holidays by place, marked days, and what is no place or day."""

from __future__ import annotations

from datetime import date

import pytest

from genesys.demo.hours import holidays
from genesys.unusual import OF_DEMO, UnusualDays, days_listed, place_named


def test_no_day_is_unusual_where_nothing_is_set():
    assert not UnusualDays()
    assert UnusualDays().why(date(2026, 12, 25)) == ""


@pytest.mark.parametrize(
    ("place", "day", "why"),
    [
        ("GB-ENG", date(2026, 4, 6), "Easter Monday"),
        ("GB-SCT", date(2026, 4, 6), ""),
        ("DE-BY", date(2026, 6, 4), "Corpus Christi"),
        ("DE", date(2026, 6, 4), ""),
        ("US", date(2026, 11, 26), "Thanksgiving Day"),
    ],
)
def test_holidays_are_those_of_the_place(place: str, day: date, why: str):
    assert UnusualDays(place).why(day) == why


def test_marked_days_are_unusual_and_a_holiday_among_them_keeps_its_name():
    days = UnusualDays("GB-ENG", frozenset({date(2026, 3, 12), date(2026, 12, 25)}))

    assert days.why(date(2026, 3, 12)) == "marked as unusual"
    assert days.why(date(2026, 12, 25)) == "Christmas Day"
    assert days.why(date(2026, 3, 13)) == ""


@pytest.mark.parametrize("year", range(2024, 2030))
def test_the_demo_organization_keeps_the_holidays_of_england(year: int):
    assert [day for day in sorted(holidays(year)) if not OF_DEMO.why(day)] == []


@pytest.mark.parametrize(
    ("text", "place"),
    [("", ""), ("de", "DE"), (" de-by ", "DE-BY"), ("it-forli", "IT-Forli"), ("GB-ENG", "GB-ENG")],
)
def test_a_place_is_named_in_any_case(text: str, place: str):
    assert place_named(text) == place


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Bavaria", "'Bavaria' begins with no code of a country, such as DE, GB or US."),
        ("GB-LON", "'GB-LON' ends with no part of GB, which has ENG, NIR, SCT and WLS."),
        ("SG-1", "'SG-1' ends with no part of SG, which has none."),
        ("GB-", "'GB-' ends with no part of GB, which has ENG, NIR, SCT and WLS."),
    ],
)
def test_what_is_no_place_is_refused_with_those_that_are(text: str, said: str):
    with pytest.raises(ValueError, match="no") as caught:
        place_named(text)

    assert str(caught.value).startswith(said)


def test_days_are_listed_one_by_one_and_in_spans():
    assert days_listed("") == frozenset()
    assert days_listed("2026-03-12, 2026-07-01/2026-07-03,") == {
        date(2026, 3, 12),
        date(2026, 7, 1),
        date(2026, 7, 2),
        date(2026, 7, 3),
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12.3.2026", "'12.3.2026' is no day such as 2026-03-12."),
        ("2026-02-30", "'2026-02-30' is no day such as 2026-03-12."),
        (
            "2026-07-03/2026-07-01",
            "'2026-07-03/2026-07-01' ends before it begins, or is longer than a year.",
        ),
    ],
)
def test_what_is_no_day_is_refused(text: str, said: str):
    with pytest.raises(ValueError, match="is ") as caught:
        days_listed(text)

    assert str(caught.value) == said
