"""The selection: as parameters of a URL and back, as an interval, and as queues."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dashboard.selecting.selection import (
    CUSTOM,
    DEFAULT,
    Selection,
    from_params,
)
from genesys.client.entities import Division, Queue
from genesys.errors import QueryError
from genesys.insights.earlier import Way
from genesys.intervals import Granularity, Interval
from genesys.organization.directory import Directory
from tests.dashboard.selecting.selections import LONDON, NOW, custom

EAST, WEST = Division("d1", "East"), Division("d2", "West")


QUEUES = Directory(
    {
        queue.id: queue
        for queue in (
            Queue("a1", "Sales", EAST),
            Queue("a2", "Sales", WEST),
            Queue("a3", "Claims", EAST),
        )
    }
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


DEAD = "dead0000-0000-0000-0000-000000000000"


@pytest.mark.parametrize(
    ("selection", "start", "end"),
    [
        (custom("2026-06-01", "2026-06-07"), "2026-05-31T23:00", "2026-06-07T23:00"),
        (custom("2026-06-14", "2026-06-15"), "2026-06-13T23:00", "2026-06-15T12:34"),
        (custom("2026-06-15", "2026-12-31"), "2026-06-14T23:00", "2026-06-15T12:34"),
        (custom("2025-06-15", "2026-06-15"), "2025-06-14T23:00", "2026-06-15T12:34"),
        (custom("2025-06-15", "9999-12-31"), "2025-06-14T23:00", "2026-06-15T12:34"),
        (custom("2026-03-29", "2026-03-29"), "2026-03-29T00:00", "2026-03-29T23:00"),
        (Selection(period="today"), "2026-06-14T23:00", "2026-06-15T12:34"),
        (DEFAULT, "2026-06-07T23:00", "2026-06-14T23:00"),
    ],
    ids=["closed", "running", "to be", "366 days", "for ever", "23 hours", "preset", "default"],
)
def test_intervals_are_whole_local_days_up_to_the_present_minute(selection, start, end):
    assert selection.interval(NOW, LONDON) == Interval(utc(start), utc(end))


def test_a_day_that_has_just_begun_is_one_minute():
    midnight = utc("2026-06-14T23:00")

    for selection in (custom("2026-06-15", "2026-06-15"), Selection(period="today")):
        interval = selection.interval(midnight + timedelta(seconds=20), LONDON)

        assert interval == Interval(midnight, midnight + timedelta(minutes=1))


@pytest.mark.parametrize(
    ("first", "last", "what"),
    [
        ("2026-06-16", "2026-06-20", "The dates lie in the future."),
        ("9999-12-30", "9999-12-31", "The dates lie in the future."),
        ("2025-06-14", "2026-06-15", "The dates span more than 366 days."),
        ("2000-01-01", "9999-12-31", "The dates span more than 366 days."),
    ],
)
def test_dates_that_cannot_be_asked_for_are_refused_in_words(first: str, last: str, what: str):
    with pytest.raises(QueryError) as caught:
        custom(first, last).interval(NOW, LONDON)

    assert caught.value.what == what


def test_today_is_the_zones_today():
    selection = custom("2026-06-16", "2026-06-16")

    assert selection.interval(NOW, ZoneInfo("Pacific/Kiritimati")) == Interval(
        utc("2026-06-15T10:00"), utc("2026-06-15T12:34")
    )


@pytest.mark.parametrize(
    ("period", "step", "granularity"),
    [
        ("today", "half-hour", "PT30M"),
        ("last-7-days", "hour", "PT1H"),
        ("last-month", "day", "P1D"),
    ],
)
def test_the_step_follows_the_length(period: str, step: str, granularity: str):
    selection = Selection(period=period)
    found = selection.step_for(selection.interval(NOW, LONDON))

    assert (found.key, found.granularity) == (step, granularity)


def test_a_chosen_step_stays():
    selection = Selection(step="week")
    found = selection.step_for(selection.interval(NOW, LONDON))

    assert (found.key, found.granularity) == ("week", Granularity.DAY)


def test_kpis_stand_in_the_order_of_the_catalogue():
    rows = Selection(kpis=("aht_sec", "offered")).kpi_rows()

    assert [kpi.label for kpi in rows] == ["Offer", "Avg Handle"]


@pytest.mark.parametrize(
    ("selection", "ids"),
    [
        (DEFAULT, None),
        (Selection(queue_ids=("a3",)), {"a3"}),
        (Selection(queue_ids=("gone",)), {"gone"}),
        (Selection(find="sAL"), {"a1", "a2"}),
        (Selection(find="west"), {"a2"}),
        (Selection(find="deleted"), {DEAD}),
        (Selection(queue_ids=("a3",), find="West"), {"a2", "a3"}),
        (Selection(find="nothing like it"), set()),
        (Selection(divisions=("d1",)), {"a1", "a3"}),
        (Selection(divisions=("d1", "d2"), find="sal"), {"a1", "a2"}),
        (Selection(divisions=("d2",), queue_ids=("a1", "a2")), {"a2"}),
        (Selection(divisions=("gone",)), set()),
    ],
)
def test_queues_are_those_picked_and_those_whose_label_is_found(selection, ids):
    assert selection.queues(QUEUES, seen=["a1", DEAD]) == ids


def test_changes_are_counted_by_filter():
    week = Selection(period=CUSTOM, first=date(2026, 6, 1), last=date(2026, 6, 7))

    assert DEFAULT.changes(DEFAULT) == 0
    assert DEFAULT.changes(week) == 1
    assert week.changes(replace(week, last=date(2026, 6, 8), media_types=("voice", "email"))) == 2
    chosen = replace(week, queue_ids=("a", "b"))
    assert chosen.changes(replace(chosen, queue_ids=("b", "a"), find="x", fewest=3)) == 2


def test_an_empty_word_in_a_link_hides_none_behind_it():
    assert from_params({"compare": ["", "year"], "min": ["", "20"]}) == Selection(
        compare=Way.YEAR, fewest=20
    )
