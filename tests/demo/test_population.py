"""What a manager sees in the demo organization: a contact centre as they know it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from genesys.demo import DemoOptions, DemoServer, serve
from tests.contract import SCHEMAS
from tests.demo.calls import BY_QUEUE_AND_MEDIA, VOICE_IN_QUEUES, Caller, rows, totals

ALL_METRICS = SCHEMAS["ConversationAggregationQuery"]["properties"]["metrics"]["items"]["enum"]
MAY = "2026-05-01T00:00:00+01:00/2026-06-01T00:00:00+01:00"
WAITS = ["nOffered", "tAnswered", "tAbandon", "tFlowOut", "tWait", "nOverSla", "oServiceLevel"]
WORK = ["tHandle", "tTalkComplete", "tHeldComplete", "tAcw", "tContacting", "tDialing"]


@pytest.fixture(scope="module")
def caller(demo: DemoServer) -> Caller:
    return Caller(demo)


def test_voice_looks_like_a_well_run_contact_centre(caller) -> None:
    metrics = [*WAITS, *WORK, "nTransferred"]
    whole = totals(caller.query(MAY, metrics, filter=VOICE_IN_QUEUES))
    count = {name: stats.get("count", 0) for name, stats in whole.items()}
    mean = {name: whole[name]["sum"] / count[name] / 1000 for name in ("tAnswered", "tHandle")}
    level = whole["oServiceLevel"]
    assert 0.78 < level["numerator"] / level["denominator"] < 0.86
    assert 0.02 < count["tAbandon"] / count["nOffered"] < 0.07
    assert 10 < mean["tAnswered"] < 40
    assert 240 < mean["tHandle"] < 480
    assert 0.25 < count["tHeldComplete"] / count["tHandle"] < 0.4
    assert 0.05 < count["nTransferred"] / count["tHandle"] < 0.12


def test_customer_first_callbacks_show_offered_wait_and_connected_only(caller) -> None:
    customer_first = {
        queue["id"]
        for queue in caller.get("/api/v2/routing/queues", pageSize=100)["entities"]
        if queue["mediaSettings"]["callback"]["mode"] == "CustomerFirst"
    }
    answer = rows(caller.query(MAY, ALL_METRICS, groupBy=BY_QUEUE_AND_MEDIA), *BY_QUEUE_AND_MEDIA)
    shown = {
        frozenset(stats) for (_, queue, media), stats in answer.items()
        if media == "callback" and queue in customer_first
    }  # fmt: skip
    assert shown == {frozenset({"nOffered", "nConversations", "nConnected", "tAcd", "tWait"})}


def test_messages_flow_out_instead_of_being_abandoned(caller) -> None:
    answer = rows(caller.query(MAY, WAITS, groupBy=["mediaType"]), "mediaType")
    message = next(stats for (_, media), stats in answer.items() if media == "message")
    assert "tAbandon" not in message
    assert message["tWait"]["count"] == pytest.approx(message["nOffered"]["count"], abs=5)
    gap = message["nOffered"]["count"] - message["tAnswered"]["count"]
    assert gap == pytest.approx(message["tFlowOut"]["count"], abs=5)


def test_email_waits_last_days_and_answers_may_exceed_offers(caller) -> None:
    email = {"type": "and", "predicates": [{"dimension": "mediaType", "value": "email"}]}
    cut = {"granularity": "P1D", "timeZone": "Europe/London", "filter": email}
    days = rows(caller.query(MAY, WAITS, **cut)).values()
    assert max(stats["tWait"]["max"] for stats in days if "tWait" in stats) > 4 * 86_400_000
    assert all("tAbandon" not in stats for stats in days)
    assert any(
        stats.get("tAnswered", {"count": 0})["count"] > stats["nOffered"]["count"]
        for stats in days
        if "nOffered" in stats
    )


def test_work_outside_any_queue_has_no_queue_id(caller) -> None:
    answer = caller.query(MAY, ["tIvr", "nOutbound", "tHandle"], groupBy=BY_QUEUE_AND_MEDIA)
    groups = [group for group in answer["results"] if "queueId" not in group["group"]]
    assert [group["group"] for group in groups] == [{"mediaType": "voice"}]
    assert {each["metric"] for each in groups[0]["data"][0]["metrics"]} == {
        "tIvr",
        "nOutbound",
        "tHandle",
    }


def _daily(caller: Caller, interval: str, **more: Any) -> list[dict[str, dict[str, Any]]]:
    cut = {"granularity": "P1D", "timeZone": "Europe/London", "filter": VOICE_IN_QUEUES}
    return list(rows(caller.query(interval, WAITS, **cut, **more)).values())


def test_one_day_of_the_month_is_bad(caller) -> None:
    days = [stats for stats in _daily(caller, MAY) if stats["nOffered"]["count"] > 1_000]
    lost = sorted(stats["tAbandon"]["count"] for stats in days)
    waits = sorted(stats["tWait"]["sum"] / stats["tWait"]["count"] for stats in days)
    assert lost[-1] > 2.5 * lost[-2]
    assert waits[-1] > 2 * waits[-2]


def test_holidays_and_sundays_are_quiet_and_saturdays_short(caller) -> None:
    offered = [stats.get("nOffered", {"count": 0})["count"] for stats in _daily(caller, MAY)]
    good_friday = _daily(caller, "2026-04-03T00:00:00+01:00/2026-04-04T00:00:00+01:00")
    assert offered[2] < 60  # Sunday 3 May: one queue is always open
    assert 100 < offered[1] < 600  # Saturday 2 May
    assert offered[3] < 60  # Early May bank holiday
    assert offered[4] > 2_000  # Tuesday 5 May
    assert good_friday[0]["nOffered"]["count"] < 60


def test_the_work_grows_from_year_to_year(caller) -> None:
    spans = (f"{year}-05-10T00:00:00Z/{year}-05-24T00:00:00Z" for year in (2024, 2025, 2026))
    offered = [
        totals(caller.query(span, ["nOffered"], filter=VOICE_IN_QUEUES))["nOffered"]["count"]
        for span in spans
    ]
    assert offered[0] < offered[1] < offered[2] < 1.3 * offered[0]


def test_technical_support_misses_its_target_in_the_afternoons_only(caller) -> None:
    queues = caller.get("/api/v2/routing/queues", name="Technical Support")["entities"]
    predicates = [{"dimension": "queueId", "value": queues[0]["id"]}]
    chosen = {"type": "and", "predicates": [*predicates, VOICE_IN_QUEUES["predicates"][0]]}
    cut = {"granularity": "PT1H", "timeZone": "Europe/London", "filter": chosen}
    level = {True: [0, 0], False: [0, 0]}
    for (interval, *_), stats in rows(caller.query(MAY, ["oServiceLevel"], **cut)).items():
        afternoon = 12 <= int(interval[11:13]) < 16
        level[afternoon][0] += stats["oServiceLevel"]["numerator"]
        level[afternoon][1] += stats["oServiceLevel"]["denominator"]
    assert level[False][0] / level[False][1] > 0.75
    assert level[True][0] / level[True][1] < 0.6


def test_the_deleted_queue_is_in_no_list_but_in_the_last_thirty_days_and_earlier(caller) -> None:
    listed = {
        queue["id"] for queue in caller.get("/api/v2/routing/queues", pageSize=100)["entities"]
    }
    for interval in (MAY, "2025-11-01T00:00:00Z/2025-12-01T00:00:00Z"):
        answer = caller.query(interval, ["nOffered"], groupBy=["queueId", "divisionId"])
        deleted = [
            group for group in answer["results"]
            if group["group"].get("queueId") not in (None, *listed)
        ]  # fmt: skip
        assert len(deleted) == 1
        assert "divisionId" in deleted[0]["group"]
        assert deleted[0]["data"][0]["metrics"][0]["stats"]["count"] > 50


LAST_THIRTY_DAYS = [
    "2026-05-02/2026-06-01",
    "2026-05-10/2026-06-09",
    "2026-05-20/2026-06-19",
    "2026-07-01/2026-07-31",
    "2025-11-24/2025-12-24",
]


@pytest.mark.parametrize("days", LAST_THIRTY_DAYS)
def test_any_last_thirty_days_show_the_queue_deleted_since(days) -> None:
    start, end = days.split("/")
    now = datetime.fromisoformat(f"{end}T00:00:00+00:00")
    with serve(DemoOptions(queues=1, clock=lambda: now)) as server:
        caller = Caller(server)
        listed = {queue["id"] for queue in caller.get("/api/v2/routing/queues")["entities"]}
        interval = f"{start}T00:00:00Z/{end}T00:00:00Z"
        found = rows(caller.query(interval, ["nOffered"], groupBy=["queueId"]), "queueId")
    deleted = [stats for key, stats in found.items() if key[1] and key[1] not in listed]
    assert len(deleted) == 1
    assert deleted[0]["nOffered"]["count"] > 50
