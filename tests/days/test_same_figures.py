"""From kept days and the API together come the figures of the API alone, to the unit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genesys.analytics.fetch import Answer
from genesys.analytics.queries import AggregateQuery
from genesys.days.asking import ask
from genesys.days.calendar import begin
from genesys.days.store import Days
from genesys.intervals import Granularity, Interval, whole_days
from tests.asking import budget
from tests.contacts import Contact, figures
from tests.days.world import (
    MEDIA,
    METRICS,
    QUEUES,
    HonestApi,
    contacts_of,
    days_from,
    here,
    keep_day,
)
from tests.examples import examples

ZONES = ("UTC", "Europe/London", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe")
SPRING, AUTUMN = days_from(date(2026, 3, 26), 8), days_from(date(2026, 10, 22), 8)
FEWER = frozenset({date(2026, 3, 31), date(2026, 10, 24)})
"""Days that were asked for two metrics only."""
HOLES = frozenset({date(2026, 3, 30), date(2026, 4, 1), date(2026, 10, 23)})
ASKED = (METRICS, METRICS[:2], METRICS[4:], (*METRICS, "nConversations"))
CASES = examples(25)


class World:
    """What happened, and what of it is kept."""

    def __init__(self, contacts: list[Contact], days: Days) -> None:
        self.contacts, self.days = contacts, days


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    dice = Random(5)
    contacts = [
        each
        for days in (SPRING, AUTUMN)
        for each in contacts_of(Interval(begin(days[0]), begin(days[-1])), 250, dice)
    ]
    kept = Days(here(tmp_path_factory.mktemp("days")))
    for day in {*SPRING, *AUTUMN} - HOLES:
        assert keep_day(kept, contacts, day, METRICS[1:3] if day in FEWER else METRICS)
    yield World(contacts, kept)
    assert kept.trouble == ()
    kept.close()


@st.composite
def queries(draw) -> AggregateQuery:
    """Whole local days, or spans to the half-hour or the minute, with all that can be asked."""
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    first = draw(st.sampled_from([*SPRING, *AUTUMN])) - timedelta(days=1)
    interval = whole_days(first, first + timedelta(days=draw(st.integers(0, 9))), zone)
    step = draw(st.sampled_from([0, 30, 7]))
    early, late = (draw(st.integers(0, 60)) * timedelta(minutes=step) for _ in range(2))
    return AggregateQuery(
        interval=Interval(interval.start - early, interval.end + late),
        metrics=draw(
            st.sampled_from([METRICS, METRICS[:2], METRICS[4:], (*METRICS, "nConversations")])
        ),
        granularity=draw(st.sampled_from([None, *Granularity])),
        zone=zone,
        group_by=draw(
            st.sampled_from([("queueId", "mediaType"), ("mediaType",), ("queueId",), ()])
        ),
        queue_ids=draw(st.sampled_from([(), QUEUES, QUEUES[:1]])),
        media_types=draw(st.sampled_from([(), MEDIA[:2]])),
    )


def asked_of(days: Days | None, api: HonestApi, *asked: AggregateQuery) -> tuple[Answer, ...]:
    return ask(days, api, asked, budget())  # type: ignore[arg-type]


class TestFigures:
    @CASES
    @given(query=queries(), refused=st.sampled_from([(), ("tHandle",), ("nOffered", "tWait")]))
    def test_are_those_of_the_api_alone(self, world, query, refused):
        if {*query.metrics} <= {*refused}:
            refused = ()
        (alone,) = asked_of(None, HonestApi(world.contacts, refused), query)
        (here,) = asked_of(world.days, HonestApi(world.contacts, refused), query)

        if here.refused == alone.refused:
            assert figures(here.frame) == figures(alone.frame)
            assert list(here.frame.columns) == list(alone.frame.columns)
            assert here.frame.dtypes.equals(alone.frame.dtypes)
        else:  # a metric that is refused now was not when its days were kept
            known = [name for name in query.metrics if name not in refused]
            (alone,) = asked_of(
                None, HonestApi(world.contacts), replace(query, metrics=tuple(known))
            )
            both = here.frame[alone.frame.columns]
            assert figures(both.dropna(how="all", subset=alone.frame.columns[4:])) == figures(
                alone.frame
            )
