"""The report: columns, order, labels, and nothing that the API did not send."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from genesys.analytics.frames import merge, to_frame
from genesys.analytics.queries import AggregateQuery
from genesys.client.entities import Division, Queue
from genesys.insights.report import report
from genesys.intervals import Granularity, whole_days
from genesys.kpis.catalogue import KPI_BY_KEY
from genesys.organization.directory import Directory
from genesys.wall_clock import iso
from tests.asking import LONDON

GONE = "2cca10b1-ebf1-5bae-87a7-5cf120d02367"
DIRECTORY = Directory(
    {
        "q1": Queue("q1", "billing", Division("d1", "Service")),
        "q2": Queue("q2", "Atención", Division("d1", "Service")),
        "q3": Queue("q3", "Sales"),
    }
)
BY_BOTH = ("queue_id", "media_type")
KPIS = [KPI_BY_KEY[key] for key in ("offered", "answered", "asa_sec")]
SPRING = whole_days(date(2026, 3, 28), date(2026, 3, 30), LONDON)
DAYS = (
    "2026-03-28T00:00:00.000Z/2026-03-29T00:00:00.000Z",
    "2026-03-29T00:00:00.000Z/2026-03-29T23:00:00.000Z",
    "2026-03-29T23:00:00.000Z/2026-03-30T23:00:00.000Z",
)


def sent(day: int, queue: str | None, media: str, offered: int, *waits: float) -> dict[str, Any]:
    group = {"mediaType": media} | ({"queueId": queue} if queue else {})
    metrics: list[Any] = [{"metric": "nOffered", "stats": {"count": offered}}]
    if waits:
        stats = {"count": len(waits), "sum": sum(waits)}
        metrics.append({"metric": "tAnswered", "stats": stats})
    return {"group": group, "data": [{"interval": DAYS[day], "metrics": metrics}]}


RESULTS = [
    sent(1, "q3", "voice", 4, 3000.0),
    sent(1, "q1", "voice", 2, 1000.0, 2000.0),
    sent(1, "q1", "chat", 1),
    sent(0, GONE, "voice", 5),
    sent(0, "q2", "voice", 3, 500.0),
    sent(0, None, "email", 6),
    sent(2, "q2", "voice", 7, 1500.0),
]


def table(
    *by: str,
    granularity: Granularity | None = None,
    results: list[Any] = RESULTS,
    zone: ZoneInfo = LONDON,
    directory: Directory = DIRECTORY,
) -> pd.DataFrame:
    query = AggregateQuery(
        interval=SPRING, metrics=("nOffered", "tAnswered"), granularity=granularity, zone=zone
    )
    body = json.dumps({"results": results}).encode()
    frame = merge([to_frame(body, query)], query)
    bucketed = granularity is not None
    return report(frame, SPRING, zone, directory, by, KPIS, bucketed=bucketed)


def test_rows_by_queue_and_media_type_sorted_by_name_and_media_type():
    whole = table(*BY_BOTH)
    assert list(whole) == [
        "interval_start",
        "interval_end",
        "queue_id",
        "queue_name",
        "division",
        "media_type",
        "offered",
        "answered",
        "asa_sec",
    ]
    shown = whole.drop(columns=["interval_start", "interval_end", "asa_sec"])
    assert shown.to_numpy().tolist() == [
        ["q2", "Atención", "Service", "voice", 10, 2],
        ["q1", "billing", "Service", "chat", 1, 0],
        ["q1", "billing", "Service", "voice", 2, 2],
        [GONE, "Deleted queue (2cca10b1)", "", "voice", 5, 0],
        ["", "No queue", "", "email", 6, 0],
        ["q3", "Sales", "", "voice", 4, 1],
    ]
    assert whole["asa_sec"].fillna(-1).tolist() == [1.0, -1, 1.5, -1, -1, 3.0]
    assert set(iso(whole)["interval_start"]) == {"2026-03-28T00:00:00+00:00"}
    assert set(iso(whole)["interval_end"]) == {"2026-03-31T00:00:00+01:00"}


def test_days_have_the_offset_of_their_own_edges():
    whole = table(*BY_BOTH, granularity=Granularity.DAY)
    spans = iso(whole)[["interval_start", "interval_end"]].drop_duplicates().to_numpy().tolist()
    assert spans == [
        ["2026-03-28T00:00:00+00:00", "2026-03-29T00:00:00+00:00"],
        ["2026-03-29T00:00:00+00:00", "2026-03-30T00:00:00+01:00"],
        ["2026-03-30T00:00:00+01:00", "2026-03-31T00:00:00+01:00"],
    ]
    assert list(zip(whole["queue_name"], whole["media_type"], strict=True)) == [
        ("Atención", "voice"),
        ("Deleted queue (2cca10b1)", "voice"),
        ("No queue", "email"),
        ("billing", "chat"),
        ("billing", "voice"),
        ("Sales", "voice"),
        ("Atención", "voice"),
    ]


def test_another_zone_writes_the_same_moments_with_its_own_offset():
    whole = table("media_type", zone=ZoneInfo("Asia/Kathmandu"))
    assert iso(whole)["interval_start"][0] == "2026-03-28T05:45:00+05:45"


def test_by_media_type_holds_no_work_without_a_queue():
    whole = table("media_type")
    assert list(whole)[:4] == ["interval_start", "interval_end", "media_type", "offered"]
    assert whole[["media_type", "offered"]].to_numpy().tolist() == [["chat", 1], ["voice", 21]]


def test_by_queue_adds_its_media_types():
    whole = table("queue_id")
    assert "media_type" not in whole
    assert whole[["queue_name", "offered"]].to_numpy().tolist() == [
        ["Atención", 10],
        ["billing", 3],
        ["Deleted queue (2cca10b1)", 5],
        ["No queue", 6],
        ["Sales", 4],
    ]


def test_ungrouped_is_one_row_or_one_for_each_bucket():
    assert table()["offered"].tolist() == [22]
    assert table(granularity=Granularity.DAY)["offered"].tolist() == [8, 7, 7]


def test_queues_of_one_name_stand_together_with_labels_of_their_own():
    alike = Directory(
        {
            "q1": Queue("q1", "Complaints", Division("d2", "Sales")),
            "q2": Queue("q2", "Complaints", Division("d1", "Claims")),
        }
    )
    names = table("queue_id", directory=alike)["queue_name"].tolist()
    assert names[:2] == ["Complaints (Claims)", "Complaints (Sales)"]


@pytest.mark.parametrize("by", [(), ("media_type",), BY_BOTH], ids=str)
@pytest.mark.parametrize("granularity", [None, Granularity.DAY])
def test_an_empty_answer_has_the_columns_and_no_rows(by, granularity):
    empty = table(*by, granularity=granularity, results=[])
    assert empty.empty
    assert list(empty) == list(table(*by, granularity=granularity))
