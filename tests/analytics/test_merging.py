"""The frames of pieces put together, and rows of one frame."""

from __future__ import annotations

from datetime import UTC, date

import pandas as pd
import pytest

from genesys.analytics.frames import (
    ALL,
    END,
    NONE,
    START,
    combine,
    dimension_columns,
    merge,
    to_frame,
)
from genesys.analytics.queries import AggregateQuery
from genesys.intervals import Granularity, whole_days
from tests.analytics.bodies import (
    DAY_1,
    DAY_2,
    TWO_DAYS,
    UTC_ZONE,
    VOICE,
    body,
    bucket,
    cells,
    query,
)


class TestMerge:
    def test_joins_metric_parts_on_group_and_bucket(self):
        asked = query("nOffered", "tWait")
        parts = [
            to_frame(body((VOICE, [bucket(nOffered={"count": 5})])), query("nOffered")),
            to_frame(
                body(
                    (VOICE, [bucket(tWait={"count": 5, "sum": 50})]),
                    ({"queueId": "q2", "mediaType": "email"}, [bucket(tWait={"count": 1})]),
                ),
                query("tWait"),
            ),
        ]

        frame = merge(parts[::-1], asked)

        assert list(frame.columns) == list(to_frame(b"{}", asked).columns)
        assert cells(frame, "queue_id", "nOffered_count", "tWait_count", "tWait_sum") == [
            ("q1", 5, 5, 50),
            ("q2", None, 1, None),
        ]

    def test_lines_up_time_pieces_and_sorts_them(self):
        parts = [
            to_frame(body((VOICE, [bucket(day, nOffered={"count": n})])), query())
            for day, n in ((DAY_2, 2), (DAY_1, 1))
        ]

        assert cells(merge(parts, query()), START, "nOffered_count") == [
            (pd.Timestamp("2026-06-01", tz=UTC), 1),
            (pd.Timestamp("2026-06-02", tz=UTC), 2),
        ]

    def test_makes_one_row_of_time_pieces_without_granularity(self):
        asked = query("tWait", granularity=None)
        days = [whole_days(date(2026, 6, day), date(2026, 6, day), UTC_ZONE) for day in (1, 2)]
        waits = [
            {"count": 1, "sum": 9, "min": 9, "max": 9},
            {"count": 2, "sum": 10, "min": 4, "max": 6},
        ]
        parts = [
            to_frame(
                body((VOICE, [bucket(text, tWait=wait)])),
                AggregateQuery(interval=day, metrics=("tWait",)),
            )
            for text, day, wait in zip((DAY_1, DAY_2), days, waits, strict=True)
        ]

        names = (START, END, "tWait_count", "tWait_sum", "tWait_min", "tWait_max")
        assert cells(merge(parts, asked), *names) == [
            (TWO_DAYS.start, TWO_DAYS.end, 3, 19, 4, 9),
        ]

    def test_adds_queue_pieces_that_are_not_grouped_by_queue(self):
        asked = query(group_by=("mediaType",), queue_ids=("q1", "q2"))
        part = to_frame(body(({"mediaType": "voice"}, [bucket(nOffered={"count": 3})])), asked)

        frame = merge([part, part], asked)

        assert cells(frame, "queue_id", "media_type", "nOffered_count") == [(ALL, "voice", 6)]

    @pytest.mark.parametrize("granularity", [None, Granularity.DAY])
    def test_of_nothing_is_an_empty_frame_with_the_columns_asked_for(self, granularity):
        asked = query("nOffered", "oServiceLevel", granularity=granularity)

        frame = merge([], asked)

        assert frame.empty
        assert frame.dtypes.astype(str).equals(to_frame(b"{}", asked).dtypes.astype(str))

    def test_keeps_kinds_and_rows_without_a_queue(self):
        asked = query()
        part = to_frame(body(({"mediaType": "voice"}, [bucket(nOffered={"count": 3})])), asked)

        frame = merge([part], asked)

        assert dimension_columns(frame) == ["queue_id", "media_type"]
        assert cells(frame, "queue_id", "nOffered_count") == [(NONE, 3)]
        assert str(frame[START].dtype) == "datetime64[us, UTC]"


class TestCombine:
    FRAME = to_frame(
        body(
            (
                {"queueId": "q1", "mediaType": "voice"},
                [
                    bucket(
                        nOffered={"count": 3},
                        tWait={"count": 2, "sum": 30, "min": 5, "max": 25},
                        oServiceLevel={
                            "ratio": 0.5, "numerator": 1, "denominator": 2, "target": 0.8,
                        },
                    )
                ],
            ),
            (
                {"queueId": "q2", "mediaType": "voice"},
                [
                    bucket(
                        DAY_2,
                        nOffered={"count": 4},
                        tWait={"count": 1, "sum": 4, "min": 4, "max": 4},
                        oServiceLevel={
                            "ratio": 1.0, "numerator": 8, "denominator": 8, "target": 0.9,
                        },
                    )
                ],
            ),
            ({"queueId": "q3", "mediaType": "email"}, [bucket(nOffered={"count": 5})]),
            (
                {"queueId": "q4", "mediaType": "email"},
                [
                    bucket(
                        oServiceLevel={
                            "ratio": 0.25, "numerator": 1, "denominator": 4, "target": 0.7,
                        }
                    )
                ],
            ),
        )
    )  # fmt: skip

    def test_adds_compares_and_divides_anew(self):
        whole = combine(self.FRAME, ["media_type"])

        names = (
            "media_type",
            "nOffered_count",
            "tWait_count",
            "tWait_sum",
            "tWait_min",
            "tWait_max",
        )
        assert cells(whole, *names) == [
            ("email", 5, None, None, None, None),
            ("voice", 7, 3, 34, 4, 25),
        ]
        assert cells(whole, "oServiceLevel_numerator", "oServiceLevel_denominator") == [
            (1, 4),
            (9, 10),
        ]
        assert cells(whole, "oServiceLevel_ratio") == [(0.25,), (0.9,)]

    def test_keeps_a_target_where_it_is_one_and_the_same(self):
        assert cells(combine(self.FRAME, ["media_type"]), "oServiceLevel_target") == [
            (0.7,),
            (None,),
        ]

    def test_has_the_keys_and_the_ends_of_buckets_first(self):
        whole = combine(self.FRAME, [START, "media_type"])

        assert list(whole.columns[:3]) == [START, END, "media_type"]
        assert cells(whole, START, END, "media_type") == [
            (pd.Timestamp("2026-06-01", tz=UTC), pd.Timestamp("2026-06-02", tz=UTC), "email"),
            (pd.Timestamp("2026-06-01", tz=UTC), pd.Timestamp("2026-06-02", tz=UTC), "voice"),
            (pd.Timestamp("2026-06-02", tz=UTC), pd.Timestamp("2026-06-03", tz=UTC), "voice"),
        ]

    def test_a_denominator_of_zero_gives_no_ratio(self):
        nothing = {"numerator": 0, "denominator": 0}
        frame = to_frame(body((VOICE, [bucket(oServiceLevel=nothing), bucket(DAY_2)])))

        assert cells(
            combine(frame.assign(oServiceLevel_ratio=float("nan")), ["queue_id"]),
            "oServiceLevel_ratio",
        ) == [(None,)]
