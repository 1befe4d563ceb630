"""Answers that are odd and right, or cannot be read."""

from __future__ import annotations

import json
from datetime import UTC

import pandas as pd
import pytest

from genesys.analytics.frames import (
    ALL,
    END,
    NONE,
    START,
    measure_columns,
    to_frame,
)
from genesys.errors import BadAnswer
from tests.analytics.bodies import (
    DAY_1,
    DAY_2,
    VOICE,
    body,
    bucket,
    cells,
    query,
)


class TestOddAnswers:
    def test_rows_without_a_queue_or_a_media_type_stay_and_are_marked(self):
        frame = to_frame(
            body(
                ({"mediaType": "voice"}, [bucket(nOffered={"count": 1})]),
                ({"queueId": "q1"}, [bucket(nOffered={"count": 2})]),
                ({"queueId": None, "mediaType": "email"}, [bucket(nOffered={"count": 3})]),
                ({"queueId": "", "mediaType": "chat"}, [bucket(nOffered={"count": 4})]),
                ({}, [bucket(nOffered={"count": 5})]),
            ),
            query(),
        )

        assert cells(frame, "queue_id", "media_type", "nOffered_count") == [
            (NONE, "voice", 1),
            ("q1", NONE, 2),
            (NONE, "email", 3),
            (NONE, "chat", 4),
            (NONE, NONE, 5),
        ]

    @pytest.mark.parametrize("group", ["", '"group": null,', '"group": {},'])
    def test_a_missing_group_is_the_whole_of_a_query_that_does_not_group(self, group):
        text = '{"results": [{%s "data": [%s]}]}' % (  # noqa: UP031
            group, json.dumps(bucket(nOffered={"count": 7})),
        )  # fmt: skip

        frame = to_frame(text.encode(), query(group_by=()))

        assert cells(frame, "queue_id", "media_type", "nOffered_count") == [(ALL, ALL, 7)]

    @pytest.mark.parametrize(
        "text",
        [
            '{"results": [{"group": {"queueId": "q1"}}]}',
            '{"results": [{"group": {"queueId": "q1"}, "data": null}]}',
            '{"results": [{}]}',
        ],
    )
    def test_a_group_without_data_is_no_row(self, text):
        assert to_frame(text.encode(), query()).empty

    @pytest.mark.parametrize("metrics", ["", ', "metrics": null', ', "metrics": []'])
    def test_a_bucket_without_metrics_is_a_row_without_values(self, metrics):
        text = f'{{"results": [{{"group": {{}}, "data": [{{"interval": "{DAY_1}"{metrics}}}]}}]}}'

        frame = to_frame(text.encode(), query("nOffered", "tWait"))

        assert len(frame) == 1
        assert frame[measure_columns(frame)].isna().all(axis=None)

    def test_two_buckets_of_one_interval_without_metrics_are_one_row(self):
        frame = to_frame(body((VOICE, [bucket(), bucket()])))

        assert cells(frame, "queue_id", "media_type") == [("q1", "voice")]

    def test_missing_and_null_statistics_have_no_value(self):
        frame = to_frame(
            body(
                (VOICE, [bucket(tWait={"count": 2, "sum": 9.5}, nOffered={})]),
                ({"queueId": "q2"}, [bucket(tWait={"count": None, "sum": 4, "max": None})]),
                ({"queueId": "q3"}, [{"interval": DAY_1, "metrics": [{"metric": "tWait"}]}]),
            ),
            query("tWait"),
        )

        names = ("tWait_count", "tWait_sum", "tWait_min", "tWait_max")
        assert cells(frame, *names) == [
            (2, 9.5, None, None),
            (None, None, None, None),
            (None, None, None, None),
        ]

    def test_floats_and_large_sums_are_carried_to_the_unit(self):
        text = (
            '{"results": [{"group": {}, "data": [{"interval": "%s", "metrics": ['  # noqa: UP031
            '{"metric": "tWait", "stats": {"count": 3.0, "sum": 9007199254740991, "min": 1604.0,'
            ' "max": 2.5e10}}]}]}]}' % DAY_1
        )

        frame = to_frame(text.encode(), query("tWait"))

        names = ("tWait_count", "tWait_sum", "tWait_min", "tWait_max")
        assert cells(frame, *names) == [(3, 9007199254740991, 1604, 25_000_000_000)]

    def test_unknown_metrics_media_types_dimensions_and_fields_do_no_harm(self):
        text = json.dumps(
            {
                "results": [
                    {
                        "group": {"queueId": "q1", "mediaType": "hologram", "moonPhase": "full"},
                        "data": [
                            {
                                **bucket(
                                    nOffered={"count": 1, "p95": 3},
                                    nLater={"count": 2},
                                    tLater={"count": 3, "sum": 4, "min": 5, "max": 6},
                                    oLater={"sum": 7, "count": 8},
                                    vLater={"max": 9},
                                ),
                                "views": [{"name": "fast", "stats": {"count": 1}}],
                            }
                        ],
                        "later": {"what": "ever"},
                    }
                ],
                "systemToOrganizationMappings": {},
            }
        )

        frame = to_frame(text.encode())

        names = (
            "media_type", "moon_phase", "nOffered_count", "nLater_count", "tLater_count",
            "tLater_sum", "tLater_min", "tLater_max", "oLater_sum", "oLater_count", "vLater_max",
        )  # fmt: skip
        assert cells(frame, *names) == [("hologram", "full", 1, 2, 3, 4, 5, 6, 7, 8, 9)]
        assert "vLater_count" not in frame

    def test_the_qualifiers_of_a_metric_are_put_together(self):
        both = bucket(nOffered={"count": 10}, tWait={"count": 1, "sum": 5, "min": 5, "max": 5})
        again = bucket(tWait={"count": 2, "sum": 30, "min": 10, "max": 20})
        both["metrics"] += [{**again["metrics"][0], "qualifier": "other"}]

        frame = to_frame(
            body((VOICE, [both, bucket(DAY_2, nOffered={"count": 3})])), query("nOffered", "tWait")
        )

        names = ("nOffered_count", "tWait_count", "tWait_sum", "tWait_min", "tWait_max")
        assert cells(frame, *names) == [(10, 3, 35, 5, 20), (3, None, None, None, None)]

    @pytest.mark.parametrize("asked", [None, query("nOffered", "nOutbound")])
    def test_a_bucket_that_comes_twice_with_other_metrics_is_one_row(self, asked):
        frame = to_frame(
            body(
                (VOICE, [bucket(nOffered={"count": 1}), bucket(DAY_2, nOffered={"count": 4})]),
                (VOICE, [bucket(nOutbound={"count": 2})]),
            ),
            asked,
        )

        assert cells(frame, START, "nOffered_count", "nOutbound_count") == [
            (pd.Timestamp("2026-06-01", tz=UTC), 1, 2),
            (pd.Timestamp("2026-06-02", tz=UTC), 4, None),
        ]

    def test_buckets_of_a_query_without_granularity_are_one_row_over_its_interval(self):
        frame = to_frame(
            body((VOICE, [bucket(nOffered={"count": 1}), bucket(DAY_2, nOffered={"count": 2})])),
            query(granularity=None),
        )

        assert cells(frame, START, END, "nOffered_count") == [
            (pd.Timestamp("2026-06-01", tz=UTC), pd.Timestamp("2026-06-03", tz=UTC), 3)
        ]

    def test_intervals_with_an_offset_are_the_instants_they_name(self):
        local = "2026-06-01T10:00:00.000+10:00/2026-06-02T10:00:00.000+10:00"

        frame = to_frame(
            body((VOICE, [bucket(local, nOffered={"count": 1}), bucket(nOutbound={"count": 1})]))
        )

        assert cells(frame, START, "nOffered_count", "nOutbound_count") == [
            (pd.Timestamp("2026-06-01", tz=UTC), 1, 1)
        ]

    @pytest.mark.parametrize(
        "text",
        [
            b"",
            b"null",
            b"[]",
            b"<html>Bad gateway</html>",
            b'{"results": [',
            b'{"results": [{"group": {}, "data": [{"interval": "2026-06-01T00:00:00Z/2026',
            b'{"results": [null]}',
            b'{"results": {}}',
            b'{"results": [{"group": []}]}',
            b'{"results": [{"data": [{}]}]}',
            b'{"results": [{"data": [{"interval": "yesterday"}]}]}',
            b'{"results": [{"data": [{"interval": "2026-06-02T00:00Z/2026-06-01T00:00Z"}]}]}',
            body((VOICE, [{"interval": DAY_1, "metrics": [{"stats": {"count": 1}}]}])),
            b'{"results": [{"group": {"queueId": "\xff"}, "data": []}]}',
        ],
    )
    def test_what_cannot_be_read_is_an_error_never_a_number(self, text):
        with pytest.raises(BadAnswer, match="cannot be read as figures") as caught:
            to_frame(text)
        assert caught.value.todo == (
            "Try again; if it stays so, tell whoever runs the dashboard:"
            " its log names the request and its correlation id."
        )
