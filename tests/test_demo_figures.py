"""The demo organization's figures: identities, agreement, and what a manager would see."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

import pytest

from genesys.demo import DemoOptions, DemoServer, serve
from tests.demo_calls import BY_QUEUE_AND_MEDIA, VOICE_IN_QUEUES, Caller, rows, totals

MAY = "2026-05-01T00:00:00+01:00/2026-06-01T00:00:00+01:00"
WEEK = "2026-05-11T00:00:00Z/2026-05-18T00:00:00Z"
WAITS = ["nOffered", "tAnswered", "tAbandon", "tFlowOut", "tWait", "nOverSla", "oServiceLevel"]
WORK = ["tHandle", "tTalkComplete", "tHeldComplete", "tAcw", "tContacting", "tDialing"]
SERVED = sorted(
    """
    nBlindTransferred nConnected nConsult nConsultTransferred nConversations nOffered nOutbound
    nOverSla nTransferred oServiceLevel oServiceTarget tAbandon tAcd tAcw tAgentResponseTime tAlert
    tAnswered tContacting tDialing tFirstResponse tFlowOut tHandle tHeld tHeldComplete tIvr
    tNotResponding tShortAbandon tTalk tTalkComplete tUserResponseTime tVoicemail tWait
    """.split()
)
CUTS = [
    {},
    {"granularity": "P1D", "timeZone": "Europe/London"},
    {"granularity": "P1D", "timeZone": "Asia/Kathmandu"},
    {"granularity": "PT1H"},
    {"granularity": "PT30M"},
    {"granularity": "P1DT12H"},
]
GROUPINGS = [
    [],
    ["mediaType"],
    ["queueId"],
    ["divisionId", "direction"],
    [*BY_QUEUE_AND_MEDIA, "direction"],
]


@pytest.fixture(scope="module")
def caller(demo: DemoServer) -> Caller:
    return Caller(demo)


def total(stats: dict[str, dict[str, Any]], names: list[str], stat: str) -> float:
    return sum(stats[name][stat] for name in names if name in stats)


@pytest.mark.parametrize("cut", CUTS, ids=str)
@pytest.mark.parametrize("group_by", [BY_QUEUE_AND_MEDIA, ["mediaType"]], ids=str)
def test_waits_are_made_of_their_outcomes_in_every_bucket(caller, cut, group_by) -> None:
    answer = caller.query(WEEK, WAITS, groupBy=group_by, **cut)
    told = ["tAnswered", "tAbandon", "tFlowOut"]
    seen = 0
    for key, stats in rows(answer, *group_by).items():
        if "tWait" not in stats or key[-1] == "callback":
            continue
        seen += 1
        ended = [stats[name] for name in told if name in stats]
        assert stats["tWait"]["count"] == total(stats, told, "count")
        assert stats["tWait"]["sum"] == total(stats, told, "sum")
        assert stats["tWait"]["min"] == min(each["min"] for each in ended)
        assert stats["tWait"]["max"] == max(each["max"] for each in ended)
    assert seen


@pytest.mark.parametrize("cut", CUTS, ids=str)
def test_service_level_is_made_of_answered_and_abandoned_in_every_bucket(caller, cut) -> None:
    answer = caller.query(WEEK, WAITS, groupBy=BY_QUEUE_AND_MEDIA, **cut)
    levels = [
        stats for stats in rows(answer, *BY_QUEUE_AND_MEDIA).values() if "oServiceLevel" in stats
    ]
    assert levels
    for stats in levels:
        level = stats["oServiceLevel"]
        late = stats.get("nOverSla", {"count": 0})["count"]
        assert level["numerator"] == stats.get("tAnswered", {"count": 0})["count"] - late
        assert level["denominator"] == total(stats, ["tAnswered", "tAbandon"], "count")
        assert level["ratio"] == pytest.approx(level["numerator"] / level["denominator"])
        assert level["target"] in (0.8, 0.9)


@pytest.mark.parametrize("cut", CUTS, ids=str)
def test_handle_time_is_made_of_its_parts_in_every_bucket(caller, cut) -> None:
    answer = caller.query(WEEK, WORK, groupBy=["queueId", "mediaType", "direction"], **cut)
    handled = rows(answer, "queueId", "mediaType", "direction").values()
    assert handled
    for stats in handled:
        assert stats["tHandle"]["sum"] == total(stats, WORK[1:], "sum")
        assert stats["tHandle"]["count"] >= stats.get("tAcw", {"count": 0})["count"]


@pytest.mark.parametrize("cut", CUTS, ids=str)
@pytest.mark.parametrize("group_by", GROUPINGS, ids=str)
def test_every_cut_and_grouping_gives_the_same_totals(caller, cut, group_by) -> None:
    expected = totals(caller.query(WEEK, SERVED))
    assert totals(caller.query(WEEK, SERVED, groupBy=group_by, **cut)) == expected


def test_all_served_metrics_have_figures_and_others_are_absent(caller) -> None:
    answer = caller.query(MAY, [*SERVED, "tPark", "nCobrowseSessions"])
    assert [metric["metric"] for metric in answer["results"][0]["data"][0]["metrics"]] == SERVED


def test_offered_is_answered_abandoned_and_flowed_out_but_for_contacts_at_the_edges(caller) -> None:
    whole = totals(caller.query(MAY, WAITS, filter=VOICE_IN_QUEUES))
    ended = sum(whole[name]["count"] for name in ("tAnswered", "tAbandon", "tFlowOut"))
    assert abs(whole["nOffered"]["count"] - ended) < 20
    assert whole["nOffered"]["count"] > 30_000


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
    answer = rows(caller.query(MAY, SERVED, groupBy=BY_QUEUE_AND_MEDIA), *BY_QUEUE_AND_MEDIA)
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


def test_days_follow_the_clock_change_in_the_zone_of_the_query() -> None:
    clock = datetime(2026, 11, 2, tzinfo=UTC)
    interval = "2026-10-24T00:00:00+01:00/2026-10-27T00:00:00Z"
    with serve(DemoOptions(queues=6, clock=lambda: clock)) as server:
        answer = Caller(server).query(
            interval, ["nOffered"], granularity="P1D", timeZone="Europe/London"
        )
    assert [key[0] for key in rows(answer)] == [
        "2026-10-23T23:00:00.000Z/2026-10-24T23:00:00.000Z",
        "2026-10-24T23:00:00.000Z/2026-10-26T00:00:00.000Z",
        "2026-10-26T00:00:00.000Z/2026-10-27T00:00:00.000Z",
    ]


def test_the_end_of_an_interval_is_exclusive(caller) -> None:
    halves = (
        "2026-05-12T00:00:00Z/2026-05-12T10:00:00Z",
        "2026-05-12T10:00:00Z/2026-05-13T00:00:00Z",
    )
    parts = [totals(caller.query(half, ["tAnswered"]))["tAnswered"] for half in halves]
    whole = totals(caller.query("2026-05-12T00:00:00Z/2026-05-13T00:00:00Z", ["tAnswered"]))
    assert whole["tAnswered"]["count"] == parts[0]["count"] + parts[1]["count"]
    assert whole["tAnswered"]["sum"] == parts[0]["sum"] + parts[1]["sum"]


def test_nothing_is_known_of_the_future(caller) -> None:
    future = "2026-06-15T12:00:00Z/2026-06-16T00:00:00Z"
    assert caller.query(future, SERVED) == {"results": []}
    today = caller.query("2026-06-15T00:00:00Z/2026-06-16T00:00:00Z", ["nOffered"])
    so_far = caller.query("2026-06-15T00:00:00Z/2026-06-15T12:00:00Z", ["nOffered"])
    assert totals(today) == totals(so_far) != {}


def test_figures_of_the_past_do_not_move_as_time_goes_on(caller) -> None:
    later = datetime(2026, 9, 1, 8, tzinfo=UTC)
    cut = {"groupBy": BY_QUEUE_AND_MEDIA, "granularity": "PT1H"}
    with serve(DemoOptions(clock=lambda: later)) as server:
        then = Caller(server).query(WEEK, SERVED, **cut)
    assert then == caller.query(WEEK, SERVED, **cut)


@pytest.mark.parametrize("day", ["2023-07-03", "2024-02-29", "2025-12-29", "2026-06-12"])
def test_any_working_day_of_the_last_three_years_has_figures(caller, day) -> None:
    answer = caller.query(f"{day}T00:00:00Z/{day}T23:59:59Z", ["nOffered"])
    assert totals(answer)["nOffered"]["count"] > 2_000


def test_what_is_older_than_the_retention_is_empty(caller) -> None:
    assert caller.get("/api/v2/analytics/dataretention/settings") == {"retentionDays": 1096}
    assert caller.query("2023-01-01T00:00:00Z/2023-06-01T00:00:00Z", SERVED) == {"results": []}


def test_a_queue_has_the_same_figures_however_many_queues_there_are(caller) -> None:
    metrics = ["nOffered", "tWait", "tHandle", "oServiceLevel"]
    with serve(DemoOptions(queues=2, clock=lambda: datetime(2026, 6, 15, 12, tzinfo=UTC))) as small:
        few = rows(
            Caller(small).query(WEEK, metrics, groupBy=BY_QUEUE_AND_MEDIA), *BY_QUEUE_AND_MEDIA
        )
    many = rows(caller.query(WEEK, metrics, groupBy=BY_QUEUE_AND_MEDIA), *BY_QUEUE_AND_MEDIA)
    assert few == {key: many[key] for key in few}
    assert len(few) == 10


def test_another_seed_is_another_organization(caller) -> None:
    clock = datetime(2026, 6, 15, 12, tzinfo=UTC)
    with serve(DemoOptions(seed=8, clock=lambda: clock)) as server:
        other = Caller(server)
        assert totals(other.query(WEEK, ["tWait"])) != totals(caller.query(WEEK, ["tWait"]))
        ids = {queue["id"] for queue in other.get("/api/v2/routing/queues")["entities"]}
    assert not ids & {queue["id"] for queue in caller.get("/api/v2/routing/queues")["entities"]}


def test_every_process_makes_the_same_figures() -> None:
    program = (
        "from datetime import date; from genesys.demo.organization import build\n"
        "from genesys.demo.workload import Workload; from genesys.demo.contacts import contacts\n"
        "from hashlib import sha256\n"
        "day = contacts(Workload(build(24, 7)), date(2026, 5, 12)); whole = sha256()\n"
        "for name in sorted(day):\n"
        "    table = day[name]; whole.update(table.time.tobytes() + table.stream.tobytes())\n"
        "    for column in sorted(table.columns): whole.update(table.columns[column].tobytes())\n"
        "print(whole.hexdigest())"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(made) == 1


def test_views_count_the_values_within_their_range(caller) -> None:
    view = {"target": "tAnswered", "function": "rangeBound"}
    soon, late = (
        {"name": "soon", "range": {"lt": 20_001}},
        {"name": "late", "range": {"gte": 20_001}},
    )
    answer = caller.query(
        WEEK,
        ["tAnswered", "oServiceLevel"],
        filter=VOICE_IN_QUEUES,
        groupBy=["queueId"],
        views=[{**view, **soon}, {**view, **late}],
    )
    assert len(answer["results"]) > 20
    for group in answer["results"]:
        bucket = group["data"][0]
        stats = {metric["metric"]: metric["stats"] for metric in bucket["metrics"]}
        views = {each["name"]: each["stats"]["count"] for each in bucket["views"]}
        assert views["soon"] == stats["oServiceLevel"]["numerator"]
        assert views["soon"] + views.get("late", 0) == stats["tAnswered"]["count"]


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
