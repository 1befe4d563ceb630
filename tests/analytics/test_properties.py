"""However a query is cut, the figures are the same to the unit, clock changes included."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise, product
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genesys.analytics import plan
from genesys.analytics.frames import merge, pages_to_frame, to_frame
from genesys.analytics.queries import AggregateQuery
from genesys.intervals import Granularity, Interval, cut_points, whole_days
from tests.contacts import Contact, answer, figures
from tests.examples import examples

METRICS = ("nOffered", "tAnswered", "tHandle", "tWait", "oServiceLevel")
QUEUES = ("q1", "q2", "q3", "q4")
MEDIA = ("voice", "email", "callback")
ZONES = (
    "Europe/London",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Asia/Beirut",
)
CHANGES = tuple(
    date.fromisoformat(day)
    for day in ("2026-03-08", "2026-03-29", "2026-04-05", "2026-10-04", "2026-10-25", "2026-11-01")
)
CASES = examples(10)


@st.composite
def queries(draw, longest=6):
    """Whole days or less exact spans around clock changes, with all that can be cut."""
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    first = draw(st.sampled_from(CHANGES)) - timedelta(days=draw(st.integers(-1, longest - 1)))
    interval = whole_days(first, first + timedelta(days=draw(st.integers(0, longest))), zone)
    if draw(st.booleans()):
        early, late = (draw(st.integers(0, 40)) * timedelta(minutes=30) for _ in range(2))
        interval = Interval(interval.start - early, interval.end + late)
    return AggregateQuery(
        interval=interval,
        metrics=METRICS,
        granularity=draw(st.sampled_from([None, *Granularity])),
        zone=zone,
        group_by=draw(
            st.sampled_from([("queueId", "mediaType"), ("mediaType",), ("queueId",), ()])
        ),
        queue_ids=draw(st.sampled_from([(), QUEUES, QUEUES[:3]])),
        media_types=draw(st.sampled_from([(), MEDIA[:2]])),
    )


def contacts_of(interval: Interval, number: int, dice: Random) -> list[Contact]:
    """Contacts in and around the interval, some of them right on half hours and its edges."""
    minutes = interval.length // timedelta(minutes=1)
    moments = [
        *(interval.start + timedelta(minutes=dice.randrange(-60, minutes + 60))
          for _ in range(number)),
        *(interval.start + timedelta(minutes=30 * dice.randrange(minutes // 30))
          for _ in range(number // 2)),
        interval.start,
        interval.end,
    ]  # fmt: skip
    return [
        Contact(
            moment,
            metric,
            dice.randrange(2) if metric == "oServiceLevel" else dice.randrange(400_000_000),
            dice.choice([*QUEUES, None]),
            dice.choice([*MEDIA, None]),
        )
        for moment in moments
        for metric in dice.sample(METRICS, 2)
    ]


def cut_at_random(query: AggregateQuery, dice: Random) -> list[AggregateQuery]:
    points = cut_points(query.interval, query.granularity or Granularity.DAY, query.zone)
    some = sorted(dice.sample(points, dice.randint(0, min(3, len(points)))))
    edges = [query.interval.start, *some, query.interval.end]
    spans = [Interval(*span) for span in pairwise(edges)]
    queues, metrics = (batches(names, dice) for names in (query.queue_ids, query.metrics))
    cut = [
        replace(query, interval=span, queue_ids=ids, metrics=names)
        for span, ids, names in product(spans, queues, metrics)
    ]
    dice.shuffle(cut)
    return cut


def batches(names: tuple[str, ...], dice: Random) -> list[tuple[str, ...]]:
    at = dice.randint(0, len(names))
    return [part for part in (names[:at], names[at:]) if part] or [()]


class TestFigures:
    @CASES
    @given(queries(), st.integers(0, 30), st.randoms(use_true_random=False))
    def test_are_the_same_however_a_query_is_cut(self, query, number, dice):
        contacts = contacts_of(query.interval, number, dice)
        uncut = to_frame(answer(contacts, query), query)
        order = {metric: dice.randrange(2) for metric in METRICS}

        frames = [
            to_frame(answer(contacts, piece, split=lambda each: order[each.metric]), piece)
            for piece in cut_at_random(query, dice)
        ]

        assert figures(merge(frames, query)) == figures(uncut)

    @CASES
    @given(queries(), st.integers(1, 30), st.randoms(use_true_random=False))
    def test_are_the_same_however_a_job_is_paged(self, query, number, dice):
        contacts = contacts_of(query.interval, number, dice)
        place = {metric: dice.randrange(3) for metric in METRICS}
        pages = [
            answer([each for each in contacts if place[each.metric] == page], query)
            for page in range(3)
        ]

        assert figures(pages_to_frame(pages, query)) == figures(
            to_frame(answer(contacts, query), query)
        )

    @CASES
    @given(queries(), st.integers(0, 30), st.integers(1, 12), st.randoms(use_true_random=False))
    def test_are_the_same_however_often_pieces_are_halved(self, query, number, limit, dice):
        contacts = contacts_of(query.interval, number, dice)
        frames, todo = [], deque(plan.pieces(query))
        while todo:
            piece = todo.popleft()
            body = answer(contacts, piece)
            halves = plan.halve(piece) if body.count(b"interval") > limit else None
            todo.extend(halves or ())
            if not halves:
                frames.append(to_frame(body, piece))

        assert figures(merge(frames, query)) == figures(to_frame(answer(contacts, query), query))

    @pytest.mark.parametrize("granularity", [None, Granularity.DAY, Granularity.HOUR])
    @pytest.mark.parametrize("zone", ZONES)
    def test_of_three_quarters_of_a_year_are_the_same_in_months(self, zone, granularity):
        zone = ZoneInfo(zone)
        query = AggregateQuery(
            interval=whole_days(date(2026, 2, 10), date(2026, 11, 9), zone),
            metrics=METRICS,
            granularity=granularity,
            zone=zone,
        )
        contacts = contacts_of(query.interval, 60, Random(zone.key))

        frames = [to_frame(answer(contacts, piece), piece) for piece in plan.pieces(query)]

        assert len(frames) == 9
        assert figures(merge(frames, query)) == figures(to_frame(answer(contacts, query), query))

    @CASES
    @given(queries(), st.integers(1, 30), st.randoms(use_true_random=False))
    def test_come_in_the_same_order_whatever_the_order_of_the_pieces(self, query, number, dice):
        contacts = contacts_of(query.interval, number, dice)
        pieces = cut_at_random(query, dice)
        frames = [to_frame(answer(contacts, piece), piece) for piece in pieces]

        first, second = merge(frames, query), merge(frames[::-1], query)

        assert first.equals(second)
        assert list(first.columns) == list(second.columns)
