"""The demo organization refuses what the API refuses, with its status and code."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from genesys.demo import DemoOptions, DemoServer, serve
from tests.contract import OPENAPI, validate
from tests.demo.calls import BY_QUEUE_AND_MEDIA, JOBS, QUERY, QUEUES, Caller, rows

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
WEEK = "2026-05-11T00:00:00Z/2026-05-18T00:00:00Z"
GOOD = {"interval": WEEK, "metrics": ["nOffered"]}
RETENTION = "/api/v2/analytics/dataretention/settings"
METRICS = OPENAPI["components"]["schemas"]["ConversationAggregationQuery"]["properties"]["metrics"]
QUEUE_IS = {"dimension": "queueId", "value": "x"}
VIEW = {"target": "tWait", "name": "soon", "function": "rangeBound", "range": {"lt": 1000}}
ELEVEN_VIEWS = [{**VIEW, "name": str(number)} for number in range(11)]
BAD_BODIES: list[tuple[str, dict[str, Any], str]] = [
    ("unknown field", {**GOOD, "pageNumber": 1}, "bad.request"),
    ("pageSize is the job's", {**GOOD, "pageSize": 1}, "bad.request"),
    ("no interval", {"metrics": ["nOffered"]}, "bad.request"),
    ("no metrics", {"interval": WEEK}, "bad.request"),
    ("empty metrics", {**GOOD, "metrics": []}, "bad.request"),
    ("metrics is no list", {**GOOD, "metrics": "nOffered"}, "bad.request"),
    ("one date", {**GOOD, "interval": "2026-05-11T00:00:00Z"}, "invalid.date"),
    ("no date", {**GOOD, "interval": "monday/tuesday"}, "invalid.date"),
    ("no such day", {**GOOD, "interval": "2026-02-30T00:00Z/2026-03-01T00:00Z"}, "invalid.date"),
    ("dates alone", {**GOOD, "interval": "2026-02-20/2026-03-01"}, "invalid.date"),
    ("end first", {**GOOD, "interval": "/".join(WEEK.split("/")[::-1])}, "invalid.date"),
    ("empty interval", {**GOOD, "interval": "/".join([WEEK[:20]] * 2)}, "invalid.date"),
    ("over 12 months", {**GOOD, "interval": "2025-05-01T00:00Z/2026-05-01T00:01Z"}, "bad.request"),
    ("wrong metric", {**GOOD, "metrics": ["nAnswered"]}, "invalid.value"),
    ("wrong group", {**GOOD, "groupBy": ["queue"]}, "invalid.value"),
    ("filter-only group", {**GOOD, "groupBy": ["canonicalExternalContactId"]}, "invalid.value"),
    ("granularity word", {**GOOD, "granularity": "hourly"}, "bad.request"),
    ("granularity of nothing", {**GOOD, "granularity": "PT0S"}, "bad.request"),
    ("endless buckets", {**GOOD, "granularity": "PT1S"}, "response.entity.too.large"),
    ("wrong zone", {**GOOD, "timeZone": "Europe/Lundon"}, "bad.request"),
    ("zone as a path", {**GOOD, "timeZone": "../etc/passwd"}, "bad.request"),
    ("filter type", {**GOOD, "filter": {"type": "not", "predicates": [QUEUE_IS]}}, "invalid.value"),
    ("empty filter", {**GOOD, "filter": {"type": "and"}}, "bad.request"),
    ("limit alone", {**GOOD, "limit": 5}, "bad.request"),
    ("query type", {**GOOD, "queryType": "middleN"}, "invalid.value"),
    ("ranking", {**GOOD, "queryType": "topN", "limit": 5}, "bad.request"),
    ("time dimension", {**GOOD, "alternateTimeDimension": "startTime"}, "invalid.value"),
    ("view on a counter", {**GOOD, "views": [{**VIEW, "target": "nOffered"}]}, "invalid.value"),
    ("view without bounds", {**GOOD, "views": [{**VIEW, "range": {}}]}, "bad.request"),
    ("view named twice", {**GOOD, "views": [VIEW, VIEW]}, "bad.request"),
    ("view named as a metric", {**GOOD, "views": [{**VIEW, "name": "tWait"}]}, "bad.request"),
    ("too many views", {**GOOD, "views": ELEVEN_VIEWS}, "bad.request"),
]  # fmt: skip
BAD_PREDICATES: list[tuple[dict[str, Any], str]] = [
    ({"dimension": "queue.id", "value": "x"}, "invalid.value"),
    ({"dimension": "queueId"}, "bad.request"),
    ({"dimension": "queueId", "operator": "in", "value": "x"}, "invalid.value"),
    ({"dimension": "queueId", "operator": "exists", "value": "x"}, "bad.request"),
    ({"dimension": "queueId", "value": ["x", "y"]}, "bad.request"),
    ({"dimension": "queueId", "value": "x", "range": {"gt": 1}}, "bad.request"),
    ({"dimension": "queueId", "value": "x", "type": "word"}, "invalid.value"),
    ({"value": "x"}, "bad.request"),
]


@pytest.fixture(scope="module")
def caller(demo: DemoServer) -> Caller:
    return Caller(demo)


@pytest.fixture(scope="module")
def strict() -> Iterator[Caller]:
    """An organization that lacks permissions, refuses a metric, and answers ten rows at once."""
    options = DemoOptions(
        result_limit=10,
        deny=("routing:queue:view", "routing:queue:search", "analytics:dataRetention:view"),
        refuse=("nConversations",),
        clock=lambda: NOW,
    )
    with serve(options) as server:
        yield Caller(server)


@pytest.mark.parametrize(
    ("body", "code"), [row[1:] for row in BAD_BODIES], ids=[row[0] for row in BAD_BODIES]
)
def test_a_body_that_breaks_a_rule_is_refused_with_its_code(caller, body, code) -> None:
    assert caller.refused("POST", QUERY, json=body) == (400, code)


@pytest.mark.parametrize(("predicate", "code"), BAD_PREDICATES, ids=str)
def test_a_predicate_that_breaks_a_rule_is_refused(caller, predicate, code) -> None:
    clause = {"type": "or", "predicates": [predicate]}
    for given in ({"type": "and", "clauses": [clause]}, {**clause, "type": "and"}):
        assert caller.refused("POST", QUERY, json={**GOOD, "filter": given}) == (400, code)


def test_a_clause_takes_a_hundred_predicates_and_no_more(caller) -> None:
    def given(many: int) -> dict[str, Any]:
        clause = {"type": "or", "predicates": [QUEUE_IS] * many}
        return {**GOOD, "filter": {"type": "and", "clauses": [clause]}}

    assert caller.send("POST", QUERY, json=given(100)).json() == {"results": []}
    assert caller.refused("POST", QUERY, json=given(101)) == (400, "bad.request")


def test_a_wrong_metric_is_answered_with_the_accepted_ones(caller) -> None:
    message = caller.send("POST", QUERY, json={**GOOD, "metrics": ["nAnswered"]}).json()["message"]
    assert "nAnswered" in message
    assert all(metric in message for metric in METRICS["items"]["enum"])


def test_every_listed_metric_is_taken(caller) -> None:
    answer = caller.query(WEEK, METRICS["items"]["enum"], groupBy=BY_QUEUE_AND_MEDIA)
    validate("ConversationAggregateQueryResponse", answer)


def test_a_refused_metric_is_refused_although_it_is_listed(strict) -> None:
    body = {**GOOD, "metrics": ["nOffered", "nConversations"]}
    assert strict.refused("POST", QUERY, json=body) == (400, "invalid.value")
    assert strict.send("POST", QUERY, json=GOOD).status_code == 200


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe"], ids=repr)
def test_a_body_that_is_no_object_is_refused(caller, body) -> None:
    headers = {"Content-Type": "application/json"}
    assert caller.refused("POST", QUERY, data=body, headers=headers) == (400, "bad.request")


def test_a_body_in_another_format_is_refused(caller) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    code = (415, "unsupported.media.type")
    assert caller.refused("POST", QUERY, data=json.dumps(GOOD), headers=form) == code
    assert caller.refused("POST", QUERY, data=json.dumps(GOOD)) == code


def test_a_body_above_the_limit_is_refused_and_the_connection_stays_sound(caller) -> None:
    body = json.dumps(GOOD)
    json_kind = {"Content-Type": "application/json; charset=utf-8"}
    assert (
        caller.send("POST", QUERY, data=body.ljust(512_000), headers=json_kind).status_code == 200
    )
    for size in (512_001, 6_000_000):
        refusal = caller.refused("POST", QUERY, data=body.ljust(size), headers=json_kind)
        assert refusal == (413, "request.entity.too.large")


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/api/v2/users"), ("GET", "/"), ("GET", QUERY), ("PUT", QUEUES)]
)
def test_an_unknown_address_is_not_found(caller, method, path) -> None:
    assert caller.refused(method, path) == (404, "not.found")


@pytest.mark.parametrize(
    ("path", "code", "permission"),
    [
        (QUEUES, "missing.any.permissions", "routing:queue:view"),
        (f"{QUEUES}/divisionviews", "missing.permissions", "routing:queue:search"),
        (f"{QUEUES}/divisionviews/all", "missing.permissions", "routing:queue:search"),
        (RETENTION, "missing.any.permissions", "analytics:dataRetention:view"),
    ],
)
def test_a_denied_permission_is_named(strict, path, code, permission) -> None:
    assert strict.refused("GET", path) == (403, code)
    assert strict.send("GET", path).json()["messageParams"] == {"permissions": permission}


def test_what_needs_no_permission_stays_open(strict) -> None:
    assert strict.send("GET", "/api/v2/organizations/me").status_code == 200
    assert strict.send("GET", "/api/v2/authorization/divisions").status_code == 200


def test_a_denied_aggregate_permission_closes_query_and_jobs() -> None:
    with serve(DemoOptions(queues=1, deny=("analytics:conversationAggregate:view",))) as server:
        caller = Caller(server)
        for method, path in (
            ("POST", QUERY),
            ("POST", JOBS),
            ("GET", f"{JOBS}/1"),
            ("DELETE", f"{JOBS}/1"),
        ):
            assert caller.refused(method, path) == (403, "missing.any.permissions")


def test_a_large_answer_is_refused_at_once_but_given_by_a_job(strict) -> None:
    body = {**GOOD, "groupBy": ["mediaType"], "granularity": "P1D"}
    assert strict.refused("POST", QUERY, json=body) == (400, "response.entity.too.large")
    assert len(rows(strict.query(WEEK, ["nOffered"], groupBy=["mediaType"]), "mediaType")) == 5
    (page,) = strict.pages(strict.fulfilled(body))
    assert len(rows(page, "mediaType")) > 10
