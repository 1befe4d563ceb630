"""Days that moved: told by how much, and readable as they were known at any moment before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from deltalake import DeltaTable
from hypothesis import given
from hypothesis import strategies as st

from genesys.analytics.queries import AggregateQuery
from genesys.days.asking import ask
from genesys.days.calendar import begin
from genesys.days.layout import DAYS, HALF_HOURS
from genesys.days.store import Days
from genesys.intervals import Granularity, Interval
from tests.asking import budget
from tests.contacts import figures
from tests.days.week import CONTACTS, LATE, NEXT_DAY, WEEK, stop
from tests.days.world import (
    LATER,
    METRICS,
    HonestApi,
    happened_of,
    here,
    keep_day,
    offered,
)
from tests.examples import examples


def test_a_day_that_moved_is_known_as_it_is_and_as_it_was(days):
    assert keep_day(days, LATE, WEEK[1], asked=NEXT_DAY)
    before = happened_of(CONTACTS, WEEK[1])

    assert offered(days, WEEK[1]) == before + 2
    assert offered(days, WEEK[1], known=NEXT_DAY) == before + 2
    assert offered(days, WEEK[1], known=LATER + timedelta(hours=1)) == before
    assert offered(days, WEEK[1], known=LATER - timedelta(days=9)) == before
    assert offered(days, WEEK[0], known=LATER) == happened_of(CONTACTS, WEEK[0])


def test_by_how_much_it_moved_is_kept_with_it(days):
    keep_day(days, LATE, WEEK[1], asked=NEXT_DAY)
    moved = days.asked()[WEEK[1]]

    assert moved.changed == 2
    assert dict(moved.moved) == {"nOffered_count": 2, "tHandle_count": 1, "tHandle_sum": 61_000}
    assert days.asked(LATER)[WEEK[1]].changed == 0
    assert [days.asked()[day].changed for day in (WEEK[0], WEEK[2])] == [0, 0]


def test_one_that_came_the_same_again_is_written_no_second_time(days):
    version = DeltaTable(days.place.table(HALF_HOURS)).version()

    assert keep_day(days, CONTACTS, WEEK[1], asked=NEXT_DAY)
    assert DeltaTable(days.place.table(HALF_HOURS)).version() == version
    assert days.asked()[WEEK[1]].asked == LATER


def test_more_metrics_are_no_movement(tmp_path):
    days = Days(here(tmp_path / "fewer"))
    keep_day(days, CONTACTS, WEEK[1], METRICS[:2])
    keep_day(days, CONTACTS, WEEK[1], METRICS, asked=NEXT_DAY)

    assert days.asked()[WEEK[1]].changed == 0
    assert days.asked(LATER)[WEEK[1]].metrics == {*METRICS}
    days.close()


def test_a_metric_that_is_refused_later_is_not_lost(days):
    keep_day(days, CONTACTS, WEEK[1], METRICS[:2], asked=NEXT_DAY)

    assert days.asked()[WEEK[1]].metrics == {*METRICS}
    assert days.asked()[WEEK[1]].asked == LATER


def test_it_may_move_more_than_once_and_be_tidied(days):
    keep_day(days, LATE, WEEK[1], asked=NEXT_DAY)
    keep_day(days, LATE[:-1], WEEK[1], asked=NEXT_DAY + timedelta(days=1))
    days.tidy()
    before = happened_of(CONTACTS, WEEK[1])
    seen = Days(days.place)

    each = (LATER, NEXT_DAY, NEXT_DAY + timedelta(days=1), None)
    assert [offered(seen, WEEK[1], known=moment) - before for moment in each] == [0, 2, 1, 1]
    seen.close()


@pytest.mark.parametrize("lost", ["_days", "_daily", "_half_hours", "_earlier"])
def test_a_writer_that_stops_leaves_no_mixture_and_no_loss(days, lost):
    stopping = Days(days.place)
    getattr(stopping, lost).replace = stop
    assert not keep_day(stopping, LATE, WEEK[1], asked=NEXT_DAY)
    stopping.close()
    before = happened_of(CONTACTS, WEEK[1])
    seen = Days(days.place)

    assert offered(seen, WEEK[1]) == (before if lost in ("_earlier", "_half_hours") else -1)
    assert keep_day(seen, LATE, WEEK[1], asked=NEXT_DAY)
    assert offered(seen, WEEK[1]) == before + 2
    assert offered(seen, WEEK[1], known=LATER) == before
    seen.close()


def test_analysts_find_each_day_once_in_the_half_hours(days):
    keep_day(days, LATE, WEEK[1], asked=NEXT_DAY)
    rows = DeltaTable(days.place.table(HALF_HOURS)).to_pyarrow_table().to_pylist()
    said = DeltaTable(days.place.table(DAYS)).to_pyarrow_table().to_pylist()

    assert {row["asked"] for row in rows if row["day"] == WEEK[1]} == {NEXT_DAY}
    assert sorted(row["asked"] for row in said if row["day"] == WEEK[1]) == [LATER, NEXT_DAY]


class World:
    def __init__(self, days: Days) -> None:
        self.days = days


@pytest.fixture(scope="module")
def moved(tmp_path_factory):
    days = Days(here(tmp_path_factory.mktemp("moved")))
    for day in WEEK[:3]:
        keep_day(days, CONTACTS, day)
    keep_day(days, LATE, WEEK[1], asked=NEXT_DAY)
    yield World(days)
    days.close()


@examples(15)
@given(
    granularity=st.sampled_from([None, *Granularity]),
    group_by=st.sampled_from([("queueId", "mediaType"), ("mediaType",), ()]),
    early=st.integers(0, 40),
    late=st.integers(0, 40),
    is_then=st.booleans(),
)
def test_what_was_known_then_is_what_the_api_said_then(
    moved, granularity, group_by, early, late, is_then
):
    half = timedelta(minutes=30)
    query = AggregateQuery(
        interval=Interval(begin(WEEK[0]) + early * half, begin(WEEK[3]) - late * half),
        metrics=METRICS,
        granularity=granularity,
        group_by=group_by,
    )
    api = HonestApi(CONTACTS if is_then else LATE)
    (alone,) = ask(None, api, [query], budget())
    (kept,) = ask(moved.days, api, [query], budget(), known=LATER if is_then else None)

    assert kept.held
    assert figures(kept.frame) == figures(alone.frame)
