"""Talking points: sentences by rules, each with what it rests on, the same every time."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
from hypothesis import given

from genesys.client.entities import Queue
from genesys.insights.point import Point, as_rows, as_text, in_order
from genesys.intervals import whole_days
from genesys.organization.directory import Directory
from tests.by_frame import points
from tests.examples import examples
from tests.group_frames import START_OF_ALL, frame_of, frames, level, offered, timed

LONDON = ZoneInfo("Europe/London")
WEEK = whole_days(date(2026, 5, 4), date(2026, 5, 10), LONDON)
WORDS = "Mon 4 – Sun 10 May 2026 against Mon 27 Apr – Sun 3 May 2026"
DIRECTORY = Directory({"q1": Queue("q1", "Claims"), "q2": Queue("q2", "Billing")})
CASES = examples(5)


def work(count: int, in_time: int, late: int, lost: int) -> dict[str, float]:
    row = offered(count, tAbandon=lost) | timed("tAnswered", in_time + late, 20)
    return row | timed("tHandle", in_time + late, 300) | level(in_time, in_time + late + lost)


EARLIER = frame_of(("q1", "voice", work(200, 160, 30, 10)), ("q2", "voice", work(200, 160, 30, 10)))
CURRENT = frame_of(("q1", "voice", work(300, 180, 90, 30)), ("q2", "voice", work(100, 90, 8, 2)))
"""Service level 80 % became 67.5 %: Claims 80 -> 60 %, Billing 80 -> 90 %."""

STATUSES = pd.DataFrame(
    {
        "queue_id": ["q1", "q2"],
        "media_type": ["voice", "voice"],
        "service_level_pct_target": [80.0, 80.0],
        "service_level_pct_status": ["missed", "met"],
        "contacts_to_target": pd.array([60, 0], dtype="Int64"),
        "contacts_in_hand": pd.array([0, 10], dtype="Int64"),
    }
)


def told(current: pd.DataFrame, earlier: pd.DataFrame | None = None, **more: Any) -> list[Point]:
    return list(points(current, earlier, WEEK, LONDON, DIRECTORY, **more))


def hour(at: int, day: int, in_time: int, late: int, lost: int = 0) -> tuple:
    start = datetime(2026, 5, 4 + day, at, tzinfo=LONDON).astimezone(UTC)
    return start, "q1", "voice", work(in_time + late + lost, in_time, late, lost)


class TestTheWeek:
    def test_is_told_with_what_hurts_first(self):
        assert [point.text for point in told(CURRENT, EARLIER, statuses=STATUSES, words=WORDS)] == [
            (
                "Claims voice had Service Level 60.0 % of 300, after 80.0 % of 200, against a"
                " target of 80.0 %; 60 more in time would have met it."
            ),
            (
                "Service Level was 67.5 % of 400 interactions, after 80.0 % of 400; 1 of 2 queues"
                " by media type met their target, with 60 contacts short in all."
            ),
            (
                "400 interactions were offered, Mon 4 – Sun 10 May 2026: as many as before"
                " (Mon 4 – Sun 10 May 2026 against Mon 27 Apr – Sun 3 May 2026)."
            ),
            (
                "Claims voice went from 80.0 % to 60.0 % and took 75.0 % of the volume, 25.0"
                " points more; together that cost 13.4 points of Service Level (−12.5 pts by its"
                " own value, −0.9 pts by its share)."
            ),
            (
                "Billing voice had Service Level 90.0 % of 100, after 80.0 % of 200, against a"
                " target of 80.0 %, with 10 contacts in hand."
            ),
        ]

    def test_carries_kpi_group_and_figures(self):
        missed, _, _, change, good = told(CURRENT, EARLIER, statuses=STATUSES)
        assert missed == Point(
            "service_level_pct",
            "q1",
            "voice",
            missed.text,
            {
                "value": 60.0,
                "n": 300,
                "target": 80.0,
                "earlier": 80.0,
                "n_earlier": 200,
                "contacts_to_target": 60,
            },
            60.0,
            60.0,
            "greatest lack",
        )
        assert (good.queue_id, good.figures["contacts_in_hand"], good.impact) == ("q2", 10, 10)
        assert (change.queue_id, change.media_type) == ("q1", "voice")
        assert (change.figures["value"], change.figures["value_earlier"]) == (60.0, 80.0)
        assert change.figures["kind"] == "performance"

    def test_is_plain_text_and_plain_values(self):
        found = told(CURRENT, EARLIER, statuses=STATUSES)
        assert as_text(found).splitlines()[0] == f"- {found[0].text}"
        assert json.loads(json.dumps(as_rows(found)))[0]["figures"]["contacts_to_target"] == 60


def test_the_group_that_lacks_most_comes_before_a_larger_one_with_much_in_hand() -> None:
    frame = frame_of(
        ("q1", "voice", work(40, 20, 15, 5)), ("q2", "voice", work(9000, 8900, 90, 10))
    )
    statuses = STATUSES.assign(
        contacts_to_target=pd.array([12, 0], dtype="Int64"),
        contacts_in_hand=pd.array([0, 1700], dtype="Int64"),
    )
    found = told(frame, EARLIER, statuses=statuses)
    assert (found[0].queue_id, found[0].rule, found[0].short) == ("q1", "greatest lack", 12)
    assert (found[-1].queue_id, found[-1].rule) == ("q2", "something good")
    assert found[-1].impact == 1700


def test_one_interaction_that_makes_a_mean_is_named_and_does_not_lead() -> None:
    # 200 calls of 300 s, then 199 of them and one of 70 hours.
    long = timed("tHandle", 200, 300) | {"tHandle_sum": 311_700_000, "tHandle_max": 252_000_000}
    frame = frame_of(("q1", "voice", offered(200) | long))
    before = frame_of(("q1", "voice", offered(100) | timed("tHandle", 200, 300)))
    found = told(frame, before)
    assert [point.rule for point in found] == ["volume", "Answer %", "one interaction"]
    assert found[2].text == (
        "Avg Handle was 25:58 over 200 interactions: one interaction of 2 days 22 hours is 80.8 %"
        " of it; without it 5:00."
    )


def test_a_change_of_all_carries_both_values_and_its_driver() -> None:
    slower = frame_of(("q1", "voice", timed("tHandle", 50, 330) | offered(50)))
    before = frame_of(("q1", "voice", timed("tHandle", 50, 300) | offered(50)))
    change = told(slower, before)[0]
    assert (change.kpi, change.queue_id, change.media_type) == ("aht_sec", "", "")
    assert {key: change.figures[key] for key in ("value", "earlier", "n", "n_earlier")} == {
        "value": 330.0, "earlier": 300.0, "n": 50, "n_earlier": 50,
    }  # fmt: skip
    assert change.figures["driver_queue_id"] == "q1"


def test_the_fall_of_a_level_that_is_told_is_not_told_again_but_what_drove_it() -> None:
    frame = frame_of(*(("q1", each, work(100, 60, 30, 10)) for each in ("voice", "chat")))
    before = frame_of(*(("q1", each, work(100, 80, 15, 5)) for each in ("voice", "chat")))
    found = told(frame, before, words=WORDS)
    assert [point.text for point in found if "Service Level" in point.text] == [
        "Service Level was 60.0 % of 200 interactions, after 80.0 % of 200.",
        "Claims chat went from 80.0 % to 60.0 %; that alone cost 10.0 points of Service Level.",
    ]
    risen = told(before, frame)
    assert len({point.text for point in risen}) == len(risen)
    assert sum("went from 60.0 % to 80.0 %" in point.text for point in risen) == 1


def test_no_two_of_the_first_three_are_about_one_group_or_one_kpi_of_all() -> None:
    group = ("q1", "voice")
    found = [
        Point("k", *group, "weak hours", {}, 9.0, 9.0, "weak hours"),
        Point("k", *group, "lack", {}, 8.0, 8.0, "greatest lack"),
        Point("k", "", "", "volume", {}, 5.0, 0.0, "volume"),
        Point("k", "", "", "again", {}, 4.5, 0.0, "greatest change"),
        Point("other", "", "", "worst", {}, 4.0, 0.0, "worst buckets"),
        Point("k", *group, "good", {}, 99.0, 0.0, "something good"),
    ]
    assert [point.text for point in in_order(found, ["something good"], [])] == [
        *("weak hours", "volume", "worst", "lack", "again", "good")
    ]
    alone = [found[0], found[1], replace(found[-1], queue_id="q2")]
    assert [point.text for point in in_order(alone, ["something good"], [])] == [
        *("weak hours", "lack", "good")
    ]


def test_without_targets_and_comparison_the_figures_themselves_are_told() -> None:
    assert [point.text for point in told(CURRENT)] == [
        "Service Level was 67.5 % of 400 interactions.",
        "400 interactions were offered, Mon 4 – Sun 10 May 2026.",
        "Answer was 92.0 % of 400 interactions.",
    ]


def test_the_volume_is_told_with_its_change() -> None:
    more = frame_of(("q1", "voice", work(500, 300, 150, 50)))
    assert (
        "500 interactions were offered, Mon 4 – Sun 10 May 2026: 100 (25.0 %) more than 400."
        in (point.text for point in told(more, EARLIER))
    )


def test_a_gain_is_the_good_news_where_there_is_no_target() -> None:
    texts = [point.text for point in told(CURRENT, EARLIER)]
    assert (
        "Billing voice took 25.0 % of the volume, 25.0 points less;"
        " that alone cost 2.8 points of Service Level."
    ) not in texts
    assert (
        "Billing voice went from 80.0 % to 90.0 % and took 25.0 % of the volume, 25.0 points less;"
        " together that added 0.9 points to Service Level"
        " (+3.8 pts by its own value, −2.8 pts by its share)."
    ) in texts


def test_the_worst_buckets_and_weak_hours_are_found() -> None:
    frame = frame_of(
        *(hour(at, day, 19, 1) for day in range(3) for at in (9, 10, 11, 15)),
        *(hour(13, day, 8, 10, 2) for day in range(3)),
        hours=1,
    )
    statuses = STATUSES.iloc[:1].assign(contacts_to_target=pd.array([1], dtype="Int64"))
    found = {point.text: point for point in told(frame, statuses=statuses)}
    weak = (
        "Claims voice had Service Level 40.0 % of 60 from 13:00 to 14:00 and 95.0 % of 240 in all"
        " other hours, against a target of 80.0 %; it missed it in those hours on 3 of 3 days."
    )
    worst = (
        "50.0 % of the 48 contacts that were answered late or abandoned fell into 2 of 15 hours;"
        " the most, 12, on Mon 4 May 2026, 13:00."
    )
    assert found[weak].impact == 24
    assert found[weak].figures["first_hour"] == 13
    assert found[worst].figures["worst_start"] == "2026-05-04T13:00:00+01:00"


def test_times_are_compared_with_media_types_of_the_same_kind() -> None:
    voice = frame_of(("q1", "voice", timed("tHandle", 50, 300) | offered(50)))
    email = frame_of(("q1", "email", timed("tHandle", 50, 9000) | offered(50)))
    assert not [point for point in told(voice, email) if "Avg Handle rose" in point.text]
    longer = frame_of(("q1", "voice", timed("tHandle", 50, 330) | offered(50)))
    assert told(longer, voice)[0].text == (
        "Avg Handle rose by 30.0 s to 5:30 from 5:00: Claims voice went from 5:00 to 5:30;"
        " that alone added 30.0 s to Avg Handle."
    )


def test_few_contacts_are_not_talked_about() -> None:
    few = frame_of(("q1", "voice", work(19, 5, 10, 4)))
    assert told(few) == []
    assert told(few, EARLIER, statuses=STATUSES) == []
    assert told(frame_of()) == []
    one_of_two = frame_of(("q1", "voice", work(19, 5, 10, 4)), ("q2", "voice", work(50, 45, 5, 0)))
    texts = as_text(told(one_of_two, EARLIER, statuses=STATUSES))
    assert "Billing voice" in texts
    assert "Claims" not in texts


def test_work_outside_any_queue_is_not_talked_about() -> None:
    nobody = frame_of(("(none)", "voice", work(500, 5, 400, 95)))
    assert told(nobody, nobody) == []


@CASES
@given(frames(), frames())
def test_there_are_eight_sentences_at_most_and_each_has_a_number(current, earlier) -> None:
    found = told(current, earlier, statuses=STATUSES, words=WORDS)
    assert len(found) <= 8
    assert found == told(current, earlier, statuses=STATUSES, words=WORDS)
    if found:
        assert found[0].short == max(point.short for point in found)
    for point in found:
        assert re.search(r"\d", point.text)
        assert not re.search(r"nan|None|—|<NA>", point.text)
        json.dumps(as_rows([point]), allow_nan=False)


def test_a_bucket_of_days_has_no_hours_of_the_day() -> None:
    days = frame_of(
        *((START_OF_ALL + timedelta(days=day), "q1", "voice", work(100, 60, 40, 0))
          for day in range(3)),
        hours=24,
    )  # fmt: skip
    texts = as_text(told(days, statuses=STATUSES))
    assert "of 3 days; the most, 40, on Mon 4 May 2026" in texts
    assert " from " not in texts
