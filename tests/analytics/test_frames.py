"""From response bytes to frames: the live sample, odd bodies, and putting pieces together."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from genesys.analytics import decoding
from genesys.analytics.frames import (
    ALL,
    END,
    NONE,
    START,
    column,
    combine,
    dimension_columns,
    measure_columns,
    merge,
    to_frame,
)
from genesys.analytics.queries import AggregateQuery
from genesys.errors import BadAnswer
from genesys.intervals import Granularity, Interval, whole_days
from tests.contract import validate

SAMPLE = (Path(__file__).parents[1] / "samples" / "tenant_week.json").read_bytes()
UTC_ZONE = ZoneInfo("UTC")
DAY_1 = "2026-06-01T00:00:00.000Z/2026-06-02T00:00:00.000Z"
DAY_2 = "2026-06-02T00:00:00.000Z/2026-06-03T00:00:00.000Z"
TWO_DAYS = whole_days(date(2026, 6, 1), date(2026, 6, 2), UTC_ZONE)
VOICE = {"queueId": "q1", "mediaType": "voice"}


def query(*metrics: str, **more) -> AggregateQuery:
    more = {"granularity": Granularity.DAY, **more}
    return AggregateQuery(interval=TWO_DAYS, metrics=metrics or ("nOffered",), **more)


def bucket(interval: str = DAY_1, **stats: dict) -> dict:
    metrics = [{"metric": metric, "stats": values} for metric, values in stats.items()]
    return {"interval": interval, "metrics": metrics}


def body(*results: tuple[dict | None, list[dict]]) -> bytes:
    return json.dumps({"results": [{"group": g, "data": data} for g, data in results]}).encode()


def cells(frame: pd.DataFrame, *names: str) -> list[tuple]:
    """The rows' values in the named columns; no value is None."""
    rows = frame[list(names)].astype(object)
    return [tuple(row) for row in rows.where(rows.notna(), None).itertuples(index=False)]


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
