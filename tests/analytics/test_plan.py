"""Cutting queries into pieces: how large they may be, and where the cuts may lie."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from genesys.analytics.plan import apart, halve, name, pieces, without
from genesys.analytics.queries import AggregateQuery
from genesys.errors import QueryError
from genesys.intervals import Granularity, Interval, whole_days
from genesys.metrics import API_METRICS

LONDON = ZoneInfo("Europe/London")
BEIRUT = ZoneInfo("Asia/Beirut")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def query(first: date, last: date, zone: ZoneInfo = LONDON, **more) -> AggregateQuery:
    more = {"metrics": ("nOffered",), **more}
    return AggregateQuery(interval=whole_days(first, last, zone), zone=zone, **more)


def ids(number: int) -> tuple[str, ...]:
    return tuple(f"queue-{n}" for n in range(number))


def spans(of: AggregateQuery) -> list[tuple[str, str]]:
    return [
        (f"{piece.interval.start:%Y-%m-%dT%H:%M}", f"{piece.interval.end:%Y-%m-%dT%H:%M}")
        for piece in pieces(of)
    ]


class TestTime:
    def test_a_query_within_the_limits_is_one_piece(self):
        small = query(date(2026, 6, 1), date(2026, 7, 1), granularity=Granularity.DAY)

        assert pieces(small) == (small,)

    @pytest.mark.parametrize("granularity", [None, *Granularity])
    def test_is_cut_after_31_local_days(self, granularity):
        longer = query(date(2026, 5, 1), date(2026, 7, 10), granularity=granularity)

        assert spans(longer) == [
            ("2026-04-30T23:00", "2026-05-31T23:00"),
            ("2026-05-31T23:00", "2026-07-01T23:00"),
            ("2026-07-01T23:00", "2026-07-10T23:00"),
        ]

    @pytest.mark.parametrize("granularity", [None, *Granularity])
    def test_31_local_days_are_an_hour_more_or_less_across_a_clock_change(self, granularity):
        autumn = query(date(2026, 10, 1), date(2026, 11, 10), granularity=granularity)
        spring = query(date(2026, 3, 1), date(2026, 4, 10), granularity=granularity)

        assert spans(autumn)[0] == ("2026-09-30T23:00", "2026-11-01T00:00")
        assert spans(spring)[0] == ("2026-03-01T00:00", "2026-03-31T23:00")

    def test_31_days_and_half_an_hour_are_two_pieces(self):
        interval = Interval(utc("2026-06-01"), utc("2026-07-02T00:30"))
        longer = AggregateQuery(
            interval=interval, metrics=("nOffered",), granularity=Granularity.HALF_HOUR
        )

        assert spans(longer) == [
            ("2026-06-01T00:00", "2026-07-02T00:00"),
            ("2026-07-02T00:00", "2026-07-02T00:30"),
        ]

    def test_days_begin_where_the_query_does(self):
        interval = Interval(utc("2026-06-01T08:30"), utc("2026-07-05T12:00"))
        longer = AggregateQuery(
            interval=interval, metrics=("nOffered",), granularity=Granularity.DAY, zone=LONDON
        )

        assert spans(longer) == [
            ("2026-06-01T08:30", "2026-07-02T08:30"),
            ("2026-07-02T08:30", "2026-07-05T12:00"),
        ]

    def test_no_cut_lies_at_an_edge_that_a_clock_change_has_moved(self):
        interval = Interval(utc("2026-02-26T01:30"), utc("2026-04-05T00:30"))
        longer = AggregateQuery(
            interval=interval, metrics=("nOffered",), granularity=Granularity.DAY, zone=LONDON
        )

        assert spans(longer) == [
            ("2026-02-26T01:30", "2026-03-28T01:30"),  # 29 March has no 01:30
            ("2026-03-28T01:30", "2026-04-05T00:30"),
        ]

    def test_a_day_without_midnight_is_cut_at_its_first_instant(self):
        longer = query(date(2026, 2, 26), date(2026, 4, 1), BEIRUT, granularity=Granularity.DAY)

        assert spans(longer) == [
            ("2026-02-25T22:00", "2026-03-28T22:00"),
            ("2026-03-28T22:00", "2026-04-01T21:00"),
        ]

    def test_pieces_of_years_leave_no_gap(self):
        years = query(date(2023, 6, 1), date(2026, 5, 31), granularity=Granularity.HOUR)

        parts = [piece.interval for piece in pieces(years)]

        assert len(parts) == 36
        assert parts[0].start == years.interval.start
        assert parts[-1].end == years.interval.end
        assert all(one.end == other.start for one, other in pairwise(parts))
        assert max(part.length for part in parts) == timedelta(days=31, hours=1)


class TestQueuesAndMetrics:
    def test_named_queues_go_50_at_a_time(self):
        named = query(date(2026, 6, 1), date(2026, 6, 2), queue_ids=ids(120))

        assert [len(piece.queue_ids) for piece in pieces(named)] == [50, 50, 20]
        assert sum((piece.queue_ids for piece in pieces(named)), ()) == ids(120)

    def test_all_queues_are_never_split(self):
        everything = query(date(2026, 6, 1), date(2026, 6, 2))

        assert pieces(everything) == (everything,)
        assert pieces(everything)[0].queue_ids == ()

    def test_metrics_go_20_at_a_time(self):
        many = query(date(2026, 6, 1), date(2026, 6, 2), metrics=API_METRICS[:45])

        assert [len(piece.metrics) for piece in pieces(many)] == [20, 20, 5]
        assert sum((piece.metrics for piece in pieces(many)), ()) == API_METRICS[:45]

    def test_all_cuts_are_made_together(self):
        large = query(
            date(2026, 5, 1),
            date(2026, 6, 30),
            queue_ids=ids(60),
            metrics=API_METRICS[:10] + API_METRICS[-11:],
        )

        parts = pieces(large)

        assert len(parts) == 2 * 2 * 2
        assert len(set(parts)) == 8
        assert {part.zone.key for part in parts} == {"Europe/London"}


class TestHalving:
    def test_cuts_time_at_the_middle_edge(self):
        first, second = halve(
            query(date(2026, 6, 1), date(2026, 6, 4), granularity=Granularity.DAY)
        )

        assert first.interval == whole_days(date(2026, 6, 1), date(2026, 6, 2), LONDON)
        assert second.interval == whole_days(date(2026, 6, 3), date(2026, 6, 4), LONDON)

    def test_goes_down_to_one_bucket_then_to_one_queue_then_no_further(self):
        piece = query(
            date(2026, 6, 1), date(2026, 6, 3), granularity=Granularity.DAY, queue_ids=ids(3)
        )

        steps = []
        while halves := halve(piece):
            piece = halves[0]
            steps.append((piece.interval.length // timedelta(days=1), len(piece.queue_ids)))

        assert steps == [(2, 3), (1, 3), (1, 1)]

    def test_of_a_query_without_granularity_goes_down_to_days(self):
        week = query(date(2026, 6, 1), date(2026, 6, 7))
        day = query(date(2026, 6, 1), date(2026, 6, 1))

        assert [part.interval.length.days for part in halve(week)] == [4, 3]
        assert halve(day) is None

    def test_goes_down_to_half_hours_where_these_are_asked(self):
        day = query(date(2026, 6, 1), date(2026, 6, 1), granularity=Granularity.HALF_HOUR)
        bucket = replace(day, interval=Interval(utc("2026-06-01T09:00"), utc("2026-06-01T09:30")))

        assert [part.interval.length for part in halve(day)] == [timedelta(hours=12)] * 2
        assert halve(bucket) is None

    def test_keeps_all_queues_together_where_none_is_named(self):
        assert halve(query(date(2026, 6, 1), date(2026, 6, 1), granularity=Granularity.DAY)) is None


class TestDistinctCounts:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"last": date(2026, 7, 2)},
            {"group_by": ("mediaType",), "queue_ids": ids(51), "granularity": Granularity.DAY},
        ],
    )
    def test_are_refused_where_they_would_have_to_be_added(self, wrong):
        asked = {"last": date(2026, 6, 2), "metrics": ("nOffered", "nConversations"), **wrong}

        with pytest.raises(QueryError, match="nConversations counts distinct conversations"):
            pieces(query(date(2026, 6, 1), **asked))

    @pytest.mark.parametrize(
        ("fine", "number"),
        [
            ({"last": date(2026, 7, 1)}, 1),
            ({"last": date(2026, 7, 2), "granularity": Granularity.DAY}, 2),
            ({"last": date(2026, 6, 2), "queue_ids": ids(51)}, 2),
        ],
    )
    def test_are_asked_where_no_bucket_and_no_group_is_split(self, fine, number):
        asked = {"metrics": ("nConversations",), **fine}

        assert len(pieces(query(date(2026, 6, 1), **asked))) == number

    def test_are_not_halved_within_a_bucket_or_group(self):
        piece = query(date(2026, 6, 1), date(2026, 6, 7), metrics=("nConversations",))
        by_day = replace(piece, granularity=Granularity.DAY)
        by_media = replace(piece, group_by=("mediaType",), queue_ids=ids(4))

        assert halve(piece) is None
        assert [part.interval.length.days for part in halve(by_day)] == [4, 3]
        assert halve(by_media) is None
        assert [part.queue_ids for part in halve(replace(piece, queue_ids=ids(2)))] == [
            ("queue-0",),
            ("queue-1",),
        ]


@pytest.mark.parametrize(
    ("queues", "words"), [((), "all queues"), (("a", "b"), "2 queues"), (("a",), "1 queue")]
)
def test_a_piece_is_named_by_its_time_and_size(queues, words):
    piece = query(date(2026, 6, 1), date(2026, 6, 2), queue_ids=queues)

    assert name(piece) == (f"Mon 1 – Tue 2 Jun 2026 (Europe/London), {words}, 1 metric")


class TestMetrics:
    """A piece can be taken apart by its metrics, and go without some."""

    def test_the_named_metric_is_put_apart_from_the_others(self):
        piece = query(date(2026, 6, 1), date(2026, 6, 2), metrics=("nOffered", "tWait", "tHandle"))
        one, others = apart(piece, "tWait")
        assert (one.metrics, others.metrics) == (("tWait",), ("nOffered", "tHandle"))
        assert one.interval == others.interval == piece.interval

    def test_without_a_name_the_metrics_are_halved(self):
        halves = apart(
            query(date(2026, 6, 1), date(2026, 6, 2), metrics=("nOffered", "tWait", "tHandle"))
        )
        assert [half.metrics for half in halves] == [("nOffered",), ("tWait", "tHandle")]

    def test_one_metric_cannot_be_taken_apart(self):
        assert (
            apart(query(date(2026, 6, 1), date(2026, 6, 2), metrics=("nOffered",)), "nOffered")
            == ()
        )

    def test_a_piece_goes_without_metrics_as_long_as_one_is_left(self):
        piece = query(date(2026, 6, 1), date(2026, 6, 2), metrics=("nOffered", "tWait"))
        left = without(piece, {"tWait", "tHandle"})
        assert left is not None
        assert left.metrics == ("nOffered",)
        assert without(piece, ()) == piece
        assert without(piece, {"nOffered", "tWait"}) is None
