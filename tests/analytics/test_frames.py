"""From response bytes to frames: the live sample, odd bodies, and putting pieces together."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from genesys.analytics import decoding
from genesys.analytics.frames import (
    END,
    START,
    column,
    to_frame,
)
from genesys.intervals import Granularity, Interval
from tests.analytics.bodies import (
    VOICE,
    body,
    bucket,
    cells,
    query,
)
from tests.contract import validate

SAMPLE = (Path(__file__).parents[1] / "samples" / "tenant_week.json").read_bytes()


class TestTheSample:
    def test_meets_the_contract(self):
        validate("ConversationAggregateQueryResponse", json.loads(SAMPLE))

    def test_becomes_a_row_for_each_queue_and_media_type(self):
        frame = to_frame(SAMPLE)

        first = "00000000-0000-4000-8000-00000000000"
        assert cells(frame, "queue_id", "media_type", "nOffered_count", "tAnswered_count") == [
            (f"{first}1", "callback", 150, None),
            (f"{first}2", "callback", 27, None),
            (f"{first}3", "email", None, None),
            (f"{first}4", "email", 116, 120),
            (f"{first}5", "email", 13, 11),
            (f"{first}1", "message", 339, 277),
            (f"{first}2", "message", 124, 103),
        ]
        assert cells(frame, "tWait_sum", "tWait_min", "tWait_max", "tHeldComplete_count")[3:5] == [
            (23790138961, 810481, 344012624, 113),
            (185051072, 163, 53259824, 1),
        ]
        assert set(frame[START]) == {pd.Timestamp("2026-05-17T14:00Z")}
        assert set(frame[END]) == {pd.Timestamp("2026-05-24T14:00Z")}

    def test_has_its_columns_in_order_and_of_their_kinds(self):
        frame = to_frame(SAMPLE)

        assert list(frame.columns) == [
            "interval_start", "interval_end", "queue_id", "media_type",
            "nConnected_count", "nOffered_count", "nOverSla_count", "nTransferred_count",
            "tAcw_count", "tAcw_max", "tAcw_min", "tAcw_sum",
            "tAnswered_count", "tAnswered_max", "tAnswered_min", "tAnswered_sum",
            "tHandle_count", "tHandle_max", "tHandle_min", "tHandle_sum",
            "tHeldComplete_count", "tHeldComplete_max", "tHeldComplete_min", "tHeldComplete_sum",
            "tTalkComplete_count", "tTalkComplete_max", "tTalkComplete_min", "tTalkComplete_sum",
            "tWait_count", "tWait_max", "tWait_min", "tWait_sum",
        ]  # fmt: skip
        assert set(map(str, frame.dtypes.iloc[:2])) == {"datetime64[us, UTC]"}
        assert set(map(str, frame.dtypes.iloc[2:4])) == {"category"}
        assert set(map(str, frame.dtypes.iloc[4:])) == {"float64"}

    def test_is_the_same_in_batches_of_any_size(self, monkeypatch):
        whole = to_frame(SAMPLE)
        monkeypatch.setattr(decoding, "_BATCH_BYTES", 1)

        pd.testing.assert_frame_equal(to_frame(SAMPLE), whole)


class TestEmptyAnswers:
    @pytest.mark.parametrize("text", [b"{}", b'{"results": []}', b'{"results": null}'])
    def test_have_the_four_fixed_columns_without_a_query(self, text):
        frame = to_frame(text)

        assert frame.empty
        assert list(frame.columns) == ["interval_start", "interval_end", "queue_id", "media_type"]

    @pytest.mark.parametrize("text", [b"{}", b'{"results": []}', body(({"queueId": "q1"}, []))])
    @pytest.mark.parametrize("granularity", [None, Granularity.DAY])
    def test_have_the_columns_that_a_query_asks_for(self, text, granularity):
        asked = query(
            "tWait", "oServiceLevel", granularity=granularity, group_by=("queueId", "userId")
        )

        frame = to_frame(text, asked)

        assert frame.empty
        assert list(frame.columns) == [
            "interval_start", "interval_end", "queue_id", "media_type", "user_id",
            "tWait_count", "tWait_sum", "tWait_min", "tWait_max",
            "oServiceLevel_ratio", "oServiceLevel_numerator",
            "oServiceLevel_denominator", "oServiceLevel_target",
        ]  # fmt: skip
        assert [str(kind) for kind in frame.dtypes] == (
            ["datetime64[us, UTC]"] * 2 + ["category"] * 3 + ["float64"] * 8
        )

    def test_have_the_same_dtypes_as_full_ones(self):
        asked = query("tWait")
        full = to_frame(body((VOICE, [bucket(tWait={"count": 1, "sum": 5})])), asked)

        assert full.dtypes.astype(str).equals(to_frame(b"{}", asked).dtypes.astype(str))


@pytest.mark.parametrize(
    ("dimension", "name"),
    [("queueId", "queue_id"), ("mediaType", "media_type"), ("ani", "ani"),
     ("externalMediaCount", "external_media_count"), ("wrapUpCode", "wrap_up_code")],
)  # fmt: skip
def test_columns_are_named_after_dimensions(dimension, name):
    assert column(dimension) == name


def test_a_moment_is_an_instant_in_utc():
    frame = to_frame(body((VOICE, [bucket(nOffered={"count": 1})])))

    assert Interval(frame[START][0], frame[END][0]) == Interval(
        datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 6, 2, tzinfo=UTC)
    )
