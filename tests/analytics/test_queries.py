"""Queries and the bodies that ask them: shape, contract, and wrong names."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from genesys.analytics.queries import AggregateQuery
from genesys.errors import QueryError
from genesys.intervals import PRESETS, Granularity, Interval, whole_days
from genesys.kpis.catalogue import CATALOGUE_METRICS
from genesys.metrics import API_METRICS, GROUP_BY, MEDIA_TYPES
from tests.contract import validate

LONDON = ZoneInfo("Europe/London")
WEEK = whole_days(date(2026, 6, 1), date(2026, 6, 7), LONDON)
NOW = datetime(2026, 6, 10, 9, 15, 42, tzinfo=UTC)


def query(**more) -> AggregateQuery:
    return AggregateQuery(**{"interval": WEEK, "metrics": ("nOffered",), "zone": LONDON, **more})


class TestBody:
    def test_asks_by_queue_and_media_type_for_one_bucket(self):
        assert query().body() == {
            "interval": "2026-06-01T00:00:00.000+01:00/2026-06-08T00:00:00.000+01:00",
            "timeZone": "Europe/London",
            "groupBy": ["queueId", "mediaType"],
            "metrics": ["nOffered"],
        }

    def test_has_a_clause_of_predicates_for_queues_and_one_for_media_types(self):
        asked = query(
            granularity=Granularity.HALF_HOUR,
            queue_ids=("id-1", "id-2"),
            media_types=("voice",),
        )

        assert asked.body()["granularity"] == "PT30M"
        assert asked.body()["filter"] == {
            "type": "and",
            "clauses": [
                {
                    "type": "or",
                    "predicates": [
                        {"dimension": "queueId", "value": "id-1"},
                        {"dimension": "queueId", "value": "id-2"},
                    ],
                },
                {"type": "or", "predicates": [{"dimension": "mediaType", "value": "voice"}]},
            ],
        }

    @pytest.mark.parametrize("group_by", [("mediaType",), ()])
    def test_leaves_out_work_without_a_queue_where_it_could_not_be_told_apart(self, group_by):
        assert query(group_by=group_by).body()["filter"] == {
            "type": "and",
            "clauses": [
                {"type": "and", "predicates": [{"dimension": "queueId", "operator": "exists"}]}
            ],
        }

    def test_named_queues_leave_out_work_without_a_queue_by_themselves(self):
        body = query(group_by=("mediaType",), queue_ids=("id-1",)).body()

        assert body["filter"]["clauses"] == [
            {"type": "or", "predicates": [{"dimension": "queueId", "value": "id-1"}]}
        ]

    @pytest.mark.parametrize(
        "more",
        [
            {},
            {"metrics": CATALOGUE_METRICS},
            {"metrics": API_METRICS},
            {"group_by": GROUP_BY},
            {"group_by": ()},
            {"media_types": MEDIA_TYPES, "queue_ids": ("id-1", "id-2")},
            *({"granularity": granularity} for granularity in Granularity),
            *(
                {"zone": ZoneInfo(key)}
                for key in ("UTC", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe")
            ),
        ],
    )
    def test_meets_the_contract(self, more):
        body = query(**more).body()

        validate("ConversationAggregationQuery", body)
        validate("ConversationAsyncAggregationQuery", {**body, "pageSize": 500})

    def test_names_each_thing_once(self):
        body = query(
            metrics=("nOffered", "tWait", "nOffered"),
            group_by=("mediaType", "mediaType"),
            queue_ids=("id-1", "id-1"),
        ).body()

        assert body["metrics"] == ["nOffered", "tWait"]
        assert body["groupBy"] == ["mediaType"]
        assert len(body["filter"]["clauses"][0]["predicates"]) == 1


class TestNames:
    @pytest.mark.parametrize(
        ("more", "kind", "right"),
        [
            ({"metrics": ("nOfered",)}, "metric", "nOffered"),
            ({"metrics": ("NOFFERED",)}, "metric", "nOffered"),
            ({"metrics": ("tAnswer",)}, "metric", "tAnswered"),
            ({"metrics": ("nOffered", "oServiceLvl")}, "metric", "oServiceLevel"),
            ({"group_by": ("queueid",)}, "dimension", "queueId"),
            ({"group_by": ("mediatype",)}, "dimension", "mediaType"),
            ({"group_by": ("division",)}, "dimension", "divisionId"),
            ({"media_types": ("Voice",)}, "media type", "voice"),
            ({"media_types": ("e-mail",)}, "media type", "email"),
        ],
    )
    def test_unknown_ones_are_refused_with_the_nearest_right_one(self, more, kind, right):
        with pytest.raises(QueryError, match=f"There is no {kind} '") as refusal:
            query(**more)

        assert refusal.value.todo == f"The nearest name is {right}."

    @pytest.mark.parametrize(
        ("field", "wrong", "right"),
        [
            ("metrics", "conversationCount", "nOffered (offered), tHandle (handled)"),
            ("metrics", "handleTime", "tHandle"),
            ("metrics", "talkTime", "tTalkComplete"),
            ("metrics", "holdTime", "tHeldComplete"),
            ("metrics", "waitTime", "tWait (all outcomes) or tAnswered"),
            ("metrics", "wrapUpTime", "tAcw"),
            ("metrics", "nAnswered", "tAnswered (its count)"),
            ("metrics", "nAbandoned", "tAbandon (its count)"),
            ("metrics", "nHandled", "tHandle"),
            ("metrics", "nInServiceLevel", "oServiceLevel (its numerator)"),
            ("metrics", "tHold", "tHeldComplete"),
            ("metrics", "oWaiting", "queues/observations/query"),
            ("metrics", "oInteracting", "queues/observations/query"),
            ("metrics", "HANDLETIME", "tHandle"),
            ("group_by", "queue", "queueId"),
            ("group_by", "queue.id", "queueId"),
            ("group_by", "timeGrain", "granularity"),
            ("group_by", "dateFrom", "interval"),
            ("group_by", "dateTo", "interval"),
            ("group_by", "hourly", "granularity PT1H"),
            ("group_by", "daily", "granularity P1D"),
            ("group_by", "nextPageToken", "cursor"),
            ("media_types", "call", "voice"),
            ("media_types", "phone", "voice"),
        ],
    )
    def test_those_of_tutorials_are_answered_with_the_apis(self, field, wrong, right):
        with pytest.raises(QueryError) as refusal:
            query(**{field: (wrong,)})

        assert refusal.value.todo.startswith(f"The API calls it {right}")
        assert wrong in refusal.value.what

    def test_one_metric_is_needed(self):
        with pytest.raises(QueryError, match="names no metric"):
            query(metrics=())


class TestBuilders:
    def test_days_back_are_whole_local_days_before_today(self):
        asked = AggregateQuery.last_days(7, NOW, LONDON, ["nOffered", "tWait"])

        assert asked == AggregateQuery(
            interval=Interval(
                datetime(2026, 6, 2, 23, tzinfo=UTC), datetime(2026, 6, 9, 23, tzinfo=UTC)
            ),
            metrics=("nOffered", "tWait"),
            zone=LONDON,
            group_by=("queueId", "mediaType"),
        )

    def test_a_preset_runs_until_now(self):
        asked = AggregateQuery.of_preset("today", NOW, LONDON, ["nOffered"])

        assert asked.interval == Interval(
            datetime(2026, 6, 9, 23, tzinfo=UTC), datetime(2026, 6, 10, 9, 15, tzinfo=UTC)
        )
        assert asked.zone is LONDON

    @pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
    def test_every_preset_meets_the_contract(self, preset):
        asked = AggregateQuery.of_preset(preset.key, NOW, LONDON, CATALOGUE_METRICS)

        validate("ConversationAggregationQuery", asked.body())

    def test_an_unknown_preset_is_refused_with_the_nearest(self):
        with pytest.raises(QueryError, match="There is no preset 'lastweek'") as refusal:
            AggregateQuery.of_preset("lastweek", NOW, LONDON, ["nOffered"])

        assert refusal.value.todo == "The nearest name is last-week."
