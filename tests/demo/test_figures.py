"""The demo organization's figures: identities, agreement of all cuts, the same ones for ever."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

import pytest

from genesys.demo import DemoOptions, DemoServer, serve
from tests.demo.calls import BY_QUEUE_AND_MEDIA, VOICE_IN_QUEUES, Caller, rows, totals

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


def test_what_was_answered_once_is_answered_alike_until_it_is_older_than_the_retention() -> None:
    moments = [datetime(2026, 6, 15, 12, tzinfo=UTC)]
    with serve(DemoOptions(queues=1, clock=lambda: moments[-1])) as server:
        asking = Caller(server)
        asked = {"granularity": "PT1H", "metrics": ["nOffered", "tHandle"]}
        day = {"interval": "2026-06-15T00:00:00Z/2026-06-16T00:00:00Z", **asked}
        morning = asking.query(**day)
        moments.append(datetime(2026, 6, 16, 0, tzinfo=UTC))
        whole = asking.query(**day)
        again = asking.query(**day)
        moments.append(datetime(2029, 7, 1, 12, tzinfo=UTC))
        gone = Caller(server).query(**day)
    assert len(rows(morning)) < len(rows(whole))
    assert again == whole
    assert gone == {"results": []}


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
