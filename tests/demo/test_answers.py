"""The demo organization answers as the API does: shapes, filters, groups, headers."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
import requests

from genesys.demo import DemoOptions, DemoServer, serve
from tests.contract import OPENAPI, validate
from tests.demo.calls import BY_QUEUE_AND_MEDIA, QUERY, QUEUES, Caller, rows, totals

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
WEEK = "2026-05-11T00:00:00Z/2026-05-18T00:00:00Z"
GOOD = {"interval": WEEK, "metrics": ["nOffered"]}
MEDIA = ("voice", "email")


@pytest.fixture(scope="module")
def caller(demo: DemoServer) -> Caller:
    return Caller(demo)


def test_intervals_come_back_in_utc_with_milliseconds(caller) -> None:
    asked = "2026-05-11T00:00:00+10:00/2026-05-12T00:00:00+10:00"
    answer = caller.query(asked, ["nOffered"], timeZone="Australia/Brisbane")
    assert list(rows(answer)) == [("2026-05-10T14:00:00.000Z/2026-05-11T14:00:00.000Z",)]


def test_times_are_floats_and_counts_are_integers(caller) -> None:
    text = caller.send("POST", QUERY, json={**GOOD, "metrics": ["tWait"]}).text
    stats = json.loads(text, parse_float=str)["results"][0]["data"][0]["metrics"][0]["stats"]
    assert isinstance(stats["count"], int)
    assert stats["sum"].endswith(".0")


def test_an_answer_is_sparse(caller) -> None:
    sunday = caller.query(
        "2026-05-10T00:00:00Z/2026-05-11T00:00:00Z", ["tAbandon"], groupBy=["queueId"]
    )
    assert len(sunday["results"]) <= 1
    assert caller.query(WEEK, ["tPark"]) == {"results": []}


@pytest.mark.parametrize(
    ("predicates", "medias"),
    [
        ([("mediaType", "matches", "voice")], "voice"),
        ([("mediaType", "matches", "call")], ""),
        ([("mediaType", "matches", "voice"), ("mediaType", "matches", "chat")], ""),
        ([("mediaType", "exists", None)], "voice callback chat email message"),
        ([("mediaType", "notExists", None)], ""),
        ([("queueId", "notExists", None)], "voice"),
        ([("userId", "exists", None)], ""),
        ([("userId", "notExists", None), ("direction", "matches", "outbound")], "voice email"),
    ],
    ids=str,
)
def test_filters_leave_what_they_say(caller, predicates, medias) -> None:
    given = [
        {"dimension": name, "operator": operator, **({"value": value} if value else {})}
        for name, operator, value in predicates
    ]
    answer = caller.query(
        WEEK, ["nConversations"], groupBy=["mediaType"], filter={"type": "and", "predicates": given}
    )
    assert {group["group"]["mediaType"] for group in answer["results"]} == set(medias.split())


def test_clauses_join_queues_and_media_types(caller) -> None:
    queues = [queue["id"] for queue in caller.get(QUEUES, pageSize=100)["entities"]]
    whole = rows(caller.query(WEEK, ["tWait"], groupBy=BY_QUEUE_AND_MEDIA), *BY_QUEUE_AND_MEDIA)
    clauses = [
        {"type": "or", "predicates": [{"dimension": "queueId", "value": i} for i in queues[:5]]},
        {"type": "or", "predicates": [{"dimension": "mediaType", "value": m} for m in MEDIA]},
    ]
    part = caller.query(
        WEEK, ["tWait"], groupBy=BY_QUEUE_AND_MEDIA, filter={"type": "and", "clauses": clauses}
    )
    expected = {key: row for key, row in whole.items() if key[1] in queues[:5] and key[2] in MEDIA}
    assert rows(part, *BY_QUEUE_AND_MEDIA) == expected
    either = caller.query(WEEK, ["tWait"], filter={"type": "or", "clauses": clauses})
    assert totals(either)["tWait"]["count"] == sum(
        row["tWait"]["count"]
        for key, row in whole.items()
        if key[1] in queues[:5] or key[2] in MEDIA
    )


def test_a_dimension_that_does_not_apply_is_missing_from_the_group(caller) -> None:
    answer = caller.query(WEEK, ["tHandle"], groupBy=["userId", "queueId", "originatingDirection"])
    assert {frozenset(group["group"]) for group in answer["results"]} == {
        frozenset({"originatingDirection"}),
        frozenset({"originatingDirection", "queueId"}),
    }
    ungrouped = caller.query(WEEK, ["tHandle"])
    assert [group["group"] for group in ungrouped["results"]] == [{}]


def test_a_shared_target_is_given_and_unlike_targets_are_not(caller) -> None:
    metrics = ["oServiceLevel", "oServiceTarget"]
    one = rows(caller.query(WEEK, metrics, groupBy=["mediaType"]), "mediaType")
    by_media = {key[1]: stats for key, stats in one.items()}
    assert by_media["chat"]["oServiceTarget"] == {"target": 0.8}
    assert by_media["chat"]["oServiceLevel"]["target"] == 0.8
    assert "target" not in by_media["voice"]["oServiceLevel"]


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        (QUEUES, "QueueEntityListing"),
        (f"{QUEUES}/divisionviews", "QueueEntityListing"),
        (f"{QUEUES}/divisionviews/all", "QueueEntityListing"),
        ("/api/v2/authorization/divisions", "AuthzDivisionEntityListing"),
        ("/api/v2/organizations/me", "Organization"),
    ],
)
def test_lists_are_as_the_specification_has_them(caller, path, schema) -> None:
    validate(schema, caller.get(path))


def test_every_path_of_the_specification_but_observations_is_served(caller) -> None:
    unserved = "/api/v2/analytics/queues/observations/query"
    for path, operations in OPENAPI["paths"].items():
        for method in operations.keys() & {"get", "post", "delete"}:
            answer = caller.send(method.upper(), path.replace("{jobId}", "none"))
            nowhere = answer.status_code == 404 and "such resource" in answer.text
            assert nowhere == (path == unserved)


def test_an_answer_carries_its_headers(demo) -> None:
    with serve(DemoOptions(queues=1, clock=lambda: NOW)) as server:
        headers = Caller(server).send("GET", "/api/v2/organizations/me").headers
    assert headers["inin-ratelimit-count"] == "1"
    assert headers["inin-ratelimit-allowed"] == "300"
    assert headers["inin-ratelimit-reset"] == "60"
    assert len(headers["ININ-Correlation-Id"]) == 36
    unsigned = requests.get(f"{demo.url}/api/v2/organizations/me", timeout=30)
    assert len(unsigned.headers["ININ-Correlation-Id"]) == 36
