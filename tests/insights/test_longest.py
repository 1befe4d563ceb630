"""One interaction that makes most of a mean: it is named, and leads nothing."""

from __future__ import annotations

import pandas as pd

from genesys.insights.longest import longest
from genesys.kpis.catalogue import KPI_BY_KEY
from genesys.kpis.parts import parts
from tests.group_frames import frame_of, offered

AHT, LEVEL = (KPI_BY_KEY[key] for key in ("aht_sec", "service_level_pct"))


def handled(count: int, sum_sec: int, max_sec: int) -> dict[str, float]:
    names = ("tHandle_count", "tHandle_sum", "tHandle_max")
    return offered(count) | dict(zip(names, (count, 1000 * sum_sec, 1000 * max_sec), strict=True))


def of(frame: pd.DataFrame) -> list[tuple[str, str, str]]:
    return [(*each.group, each.words) for each in longest(parts(frame), AHT)]


def test_it_is_said_how_long_it_is_and_what_the_mean_is_without_it():
    # 97 calls of 302 s and one of 20 hours: 29,294 + 72,000 = 101,294 s.
    alone = frame_of(("q1", "voice", handled(98, 101_294, 72_000)))

    said = "one interaction of 20 hours is 71.1 % of it; without it 5:02"
    assert of(alone) == [("", "", said), ("q1", "voice", said)]
    (whole, _) = longest(parts(alone), AHT)
    assert (round(whole.value), whole.n) == (1034, 98)


def test_a_queue_may_be_made_by_one_where_the_total_is_not():
    frame = frame_of(
        ("q1", "voice", handled(20, 10_000, 5_100)), ("q2", "voice", handled(900, 270_000, 900))
    )

    assert [each[:2] for each in of(frame)] == [("q1", "voice")]


def test_half_of_it_few_contacts_and_media_types_outside_the_total_are_none():
    assert of(frame_of(("q1", "voice", handled(20, 10_000, 5_000)))) == []
    assert of(frame_of(("q1", "voice", handled(19, 10_000, 9_000)))) == []
    mail = ("q1", "email", handled(20, 100_000, 90_000))
    assert of(frame_of(("q1", "voice", handled(20, 6_000, 400)), mail)) == []
    assert longest(parts(frame_of()), AHT) == ()
    assert longest(parts(frame_of(mail)), LEVEL) == ()
