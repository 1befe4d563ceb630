"""The review: its parts put together, as plain values and as text to read aloud."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given

from genesys.analytics.fetch import fetch_all
from genesys.analytics.plan import pieces
from genesys.client.entities import Queue
from genesys.insights.comparison import Comparison, Way, comparison
from genesys.insights.review import DRIVEN, REVIEW_METRICS, REVIEWED, Review, as_json, as_text
from genesys.insights.stability import stability
from genesys.intervals import Granularity, Interval, whole_days
from genesys.organization.directory import Directory
from genesys.targets import Target, Targets
from tests.asking import LONDON, WEEK, api_on, budget, week
from tests.by_frame import review
from tests.examples import examples
from tests.group_frames import frame_of, frames, level, offered, timed

KEYS = "intervals kpis talking_points reconciliation drivers worst stability".split()
TITLES = [
    "TALKING POINTS",
    "FIGURES",
    "WHERE THE OFFERED WENT",
    "WHAT CHANGED",
    "WHEN IT HURTS",
    "HOW FIRM THE FIGURES ARE",
]
DIRECTORY = Directory({"q1": Queue("q1", "Claims"), "q2": Queue("q2", "Billing")})
TARGETS = Targets(
    {
        ("q1", "voice"): Target(
            "service_level_pct",
            "q1",
            "voice",
            Decimal(80),
            Decimal(70),
            Decimal(20),
            "the queue's settings",
        )
    }
)
MONDAY = whole_days(date(2026, 5, 11), date(2026, 5, 11), LONDON)
AS_OF = datetime(2026, 5, 12, 9, tzinfo=UTC)
YOUNG = "Younger than 72 hours, so the nightly correction has not passed yet: Mon 11 May 2026."
CASES = examples(5)


def work(count: int, in_time: int, late: int, lost: int, **more: int) -> dict[str, float]:
    counts = offered(count, tAbandon=lost, nOverSla=late, **more)
    return counts | timed("tAnswered", in_time + late, 30) | level(in_time, in_time + late + lost)


def hour(at: int, figures: dict[str, float]) -> tuple:
    return datetime(2026, 5, 11, at, tzinfo=LONDON).astimezone(UTC), "q1", "voice", figures


CURRENT = frame_of(
    hour(9, work(100, 40, 20, 30, tShortAbandon=5, tFlowOut=10, nTransferred=6)
         | timed("tHandle", 60, 300)),
    hour(10, work(100, 90, 10, 0, nTransferred=10) | timed("tHandle", 100, 300)),
    hours=1,
)  # fmt: skip
EARLIER = frame_of(
    ("q1", "voice", work(160, 128, 24, 8, tShortAbandon=2, nTransferred=19)
     | timed("tAnswered", 152, 20) | timed("tHandle", 152, 250)),
    hours=24,
)  # fmt: skip
"""Of 160 offered 128 were in time, 24 late, 8 lost; of 200 now 130, 30 and 30."""


def made(
    current: pd.DataFrame = CURRENT,
    earlier: pd.DataFrame = EARLIER,
    interval: Interval = MONDAY,
    zone: ZoneInfo = LONDON,
    **more: Any,
) -> Review:
    firm = stability(interval, AS_OF, zone, Granularity.HOUR)
    pair = comparison(interval, Way.PREVIOUS, zone, AS_OF)
    return review(current, earlier, pair, zone, DIRECTORY, TARGETS, firm, **more)


@cache
def usual() -> Review:
    return made()


def sections(text: str) -> dict[str, list[str]]:
    """The lines below each heading, and those above all of them as "intervals"."""
    paragraphs = [block.split("\n") for block in text.strip().split("\n\n")]
    first, *others = paragraphs
    return {"intervals": first} | {title: lines for title, *lines in others}


class TestFigures:
    """A row for each reviewed KPI, over everything."""

    @pytest.mark.parametrize(
        ("kpi", "value", "earlier", "delta", "change", "verdict", "target", "status"),
        [
            ("offered", 200, 160, 40, 0.25, "neutral", None, ""),
            ("answer_pct", 80.0, 95.0, -15.0, -15 / 95, "worse", 95.0, "missed"),
            ("abandon_pct", 15.0, 5.0, 10.0, 2.0, "worse", 5.0, "missed"),
            ("service_level_pct", 1300 / 19, 80.0, -220 / 19, -2.75 / 19, "worse", 80.0, "missed"),
            ("asa_sec", 30.0, 20.0, 10.0, 0.5, "worse", 20.0, "near"),
            ("aht_sec", 300.0, 250.0, 50.0, 0.2, "neutral", 250.0, "near"),
            ("transfer_pct", 10.0, 12.5, -2.5, -0.2, "better", 10.0, "met"),
        ],
    )
    def test_value_change_target_and_status(
        self, kpi, value, earlier, delta, change, verdict, target, status
    ):
        row = next(row for row in as_json(usual())["kpis"] if row["kpi"] == kpi)
        numbers = [row[name] for name in ("value", "earlier", "delta", "change", "target")]
        assert numbers == [
            None if each is None else pytest.approx(each)
            for each in (value, earlier, delta, change, target)
        ]
        assert (row["verdict"], row["status"]) == (verdict, status)

    def test_counts_are_whole_numbers_and_each_row_is_explained(self):
        rows = as_json(usual())["kpis"]
        assert [row["kpi"] for row in rows] == [kpi.key for kpi in REVIEWED]
        assert [type(rows[0][name]) for name in ("value", "earlier", "delta")] == [int, int, int]
        assert rows[3]["explanation"].startswith(
            "Service Level 68.4 % = 130 in time / 190 answered or abandoned;"
            " target 80 % in 20 s; 22 contacts short. "
        )

    def test_a_refused_metric_is_named(self):
        bare = [each.drop(columns=list(level(0, 0))) for each in (CURRENT, EARLIER)]
        rows = as_json(made(*bare, refused=("oServiceLevel",)))["kpis"]
        assert rows[3]["value"] is None
        assert "Not available in this organization: oServiceLevel" in rows[3]["explanation"]


class TestJson:
    """Plain values with fixed keys."""

    def test_the_keys(self):
        assert list(as_json(usual())) == KEYS

    @pytest.mark.parametrize("frame", [CURRENT, CURRENT.iloc[:0]])
    def test_json_itself_takes_all_of_it(self, frame):
        said = as_json(made(frame))
        assert json.loads(json.dumps(said, allow_nan=False)) == said

    def test_the_intervals_are_in_the_zone_and_in_words(self):
        assert as_json(usual())["intervals"] == {
            "way": "previous",
            "current": ["2026-05-11T00:00:00+01:00", "2026-05-12T00:00:00+01:00"],
            "earlier": ["2026-05-10T00:00:00+01:00", "2026-05-11T00:00:00+01:00"],
            "time_zone": "Europe/London",
            "words": "Mon 11 May 2026 against Sun 10 May 2026",
            "note": "",
        }

    def test_the_offered_add_up(self):
        parts = as_json(usual())["reconciliation"]
        assert {row["key"]: row["count"] for row in parts["lines"]} == {
            "offered": 200,
            "in_target": 130,
            "late": 30,
            "short": 5,
            "abandoned": 25,
            "flow_out": 10,
            "carried_over": 0,
        }
        assert parts["sentences"][0] == "200 were offered to queues."

    def test_the_drivers_of_each_kpi_add_up_to_its_delta(self):
        said = as_json(usual())
        deltas = {row["kpi"]: row["delta"] for row in said["kpis"]}
        assert list(said["drivers"]) == [kpi.key for kpi in DRIVEN]
        for key, rows in said["drivers"].items():
            assert sum(row["contribution"] for row in rows) == pytest.approx(deltas[key])

    def test_the_worst_bucket_comes_first_with_its_offset(self):
        first, second = as_json(usual())["worst"]["buckets"]
        assert first == {
            "interval_start": "2026-05-11T09:00:00+01:00",
            "interval_end": "2026-05-11T10:00:00+01:00",
            "missed": 20,
            "abandoned": 30,
            "trouble": 50,
            "share": pytest.approx(500 / 6),
            "cumulative": pytest.approx(500 / 6),
        }
        assert (second["trouble"], second["cumulative"]) == (10, pytest.approx(100))

    def test_what_can_still_move(self):
        assert as_json(usual())["stability"] == {
            "as_of": "2026-05-12T10:00:00+01:00",
            "running": None,
            "provisional": None,
            "younger_than_72_hours": ["2026-05-11T00:00:00+01:00", "2026-05-12T00:00:00+01:00"],
            "sentences": [
                "As of Tue 12 May 2026, 10:00 (Europe/London).",
                YOUNG,
            ],
        }

    def test_a_talking_point_carries_what_it_rests_on(self):
        point = next(
            point
            for point in as_json(usual())["talking_points"]
            if "contacts_to_target" in point["figures"]
        )
        assert (point["kpi"], point["queue_id"]) == ("service_level_pct", "q1")
        assert point["figures"]["contacts_to_target"] == 22


class TestText:
    """Paragraphs for reading aloud."""

    def test_each_part_has_its_heading_in_this_order(self):
        assert list(sections(as_text(usual()))) == ["intervals", *TITLES]

    def test_it_begins_with_both_intervals(self):
        assert sections(as_text(usual()))["intervals"] == [
            "Mon 11 May 2026 against Sun 10 May 2026"
        ]

    def test_the_changes_are_sentences(self):
        lines = sections(as_text(usual()))["FIGURES"]
        assert [line for line in lines if not line.startswith("    ")] == [
            "  Offer rose by 40 to 200 from 160.",
            "  Answer fell by 15.0 points to 80.0 % from 95.0 %, which is worse.",
            "  Abandon rose by 10.0 points to 15.0 % from 5.0 %, which is worse.",
            "  Service Level fell by 11.6 points to 68.4 % from 80.0 %, which is worse.",
            "  ASA rose by 10.0 s to 0:30 from 0:20, which is worse.",
            "  Avg Handle rose by 50.0 s to 5:00 from 4:10.",
            "  Transfer fell by 2.5 points to 10.0 % from 12.5 %, which is better.",
        ]

    def test_what_changed_names_the_group_and_the_kpi(self):
        assert sections(as_text(usual()))["WHAT CHANGED"] == [
            f"  Claims voice went from {change}."
            for change in (
                "80.0 % to 68.4 %; that alone cost 11.6 points of Service Level",
                "5.0 % to 15.0 %; that alone added 10.0 points to Abandon",
                "160 to 200; that alone added 40 to Offer",
                "4:10 to 5:00; that alone added 50.0 s to Avg Handle",
            )
        ]

    def test_a_figure_without_an_earlier_one_is_explained_alone(self):
        lines = sections(as_text(made(earlier=EARLIER.iloc[:0])))["FIGURES"]
        assert len(lines) == len(REVIEWED)
        assert lines[0].startswith("  Offer = 200 offered. ")

    @pytest.mark.parametrize("seconds", [250.0, 250.04, 250.3])
    def test_a_change_that_does_not_show_is_none(self, seconds):
        now = EARLIER.assign(tHandle_sum=1000 * seconds * 152)
        text = as_text(made(now, EARLIER))
        assert "  Avg Handle stayed at 4:10.\n" in text
        assert "−0" not in text

    def test_a_note_on_the_intervals_follows_their_words(self):
        march = whole_days(date(2026, 3, 1), date(2026, 3, 31), LONDON)
        head = sections(as_text(made(interval=march)))["intervals"]
        assert head[0] == "Sun 1 – Tue 31 Mar 2026 against Sun 1 – Sat 28 Feb 2026"
        assert "31 days against 28 days" in head[1]

    def test_what_has_nothing_to_say_has_no_heading(self):
        blank = CURRENT.iloc[:0]
        said = sections(as_text(made(blank, blank)))
        assert list(said) == ["intervals", "FIGURES", "HOW FIRM THE FIGURES ARE"]
        assert all(" has no value. " in line for line in said["FIGURES"])


class TestSelf:
    """An interval compared with itself has not changed."""

    def check(self, said: dict[str, Any], text: str) -> None:
        assert {row["delta"] for row in said["kpis"]} <= {0, None}
        assert {row["verdict"] for row in said["kpis"]} <= {"neutral", ""}
        moved = [row["contribution"] for rows in said["drivers"].values() for row in rows]
        assert moved == pytest.approx([0.0] * len(moved), abs=1e-9)
        assert "WHAT CHANGED" not in text
        assert " rose " not in text
        assert " fell " not in text.replace(" fell into ", " ")

    def test_in_figures_and_words(self):
        same = made(CURRENT, CURRENT)
        self.check(as_json(same), as_text(same))
        assert "  Service Level stayed at 68.4 %.\n" in as_text(same)

    @CASES
    @given(frames())
    def test_whatever_the_figures(self, frame):
        short = frame.assign(interval_end=frame["interval_start"] + timedelta(hours=1))
        same = made(short, short)
        self.check(as_json(same), as_text(same))
        assert json.dumps(as_json(same), allow_nan=False)


@pytest.fixture(scope="module")
def weeks(demo) -> tuple[Comparison, list[pd.DataFrame]]:
    """A week of the demo organization and the one before, each asked in one request."""
    pair = comparison(WEEK, Way.PREVIOUS, LONDON, datetime(2026, 6, 15, 12, tzinfo=UTC))
    queries = [
        week(interval=pair.current, metrics=REVIEW_METRICS, granularity=Granularity.HALF_HOUR),
        week(interval=pair.earlier, metrics=REVIEW_METRICS),
    ]
    assert [len(pieces(query)) for query in queries] == [1, 1]
    with api_on(demo) as api:
        return pair, [answer.frame for answer in fetch_all(api, queries, budget())]


class TestDemo:
    """A week of the demo organization."""

    def test_its_parts_agree(self, weeks):
        pair, (current, earlier) = weeks
        firm = stability(pair.current, datetime(2026, 6, 15, 12, tzinfo=UTC), LONDON)
        whole = review(current, earlier, pair, LONDON, Directory({}), Targets({}), firm)
        said = as_json(whole)
        lines = {row["key"]: row["count"] for row in said["reconciliation"]["lines"]}
        rows = {row["kpi"]: row for row in said["kpis"]}
        assert lines["offered"] == rows["offered"]["value"] > 10_000
        assert lines["offered"] == sum(lines.values()) - lines["offered"]
        for key, parts in said["drivers"].items():
            moved = sum(part["contribution"] for part in parts)
            assert moved == pytest.approx(rows[key]["delta"], abs=1e-9)
        assert 3 <= len(said["talking_points"]) <= 7
        assert len(said["worst"]["buckets"]) == 10
        assert list(sections(as_text(whole))) == ["intervals", *TITLES]

    def test_each_line_is_a_sentence_without_odd_figures(self, weeks):
        pair, (current, earlier) = weeks
        firm = stability(pair.current, AS_OF, LONDON)
        text = as_text(review(current, earlier, pair, LONDON, Directory({}), Targets({}), firm))
        lines = [line for line in text.splitlines() if line.startswith("  ")]
        assert [line for line in lines if not line.endswith(".")] == []
        for wrong in ("..", " nan", "None", "—", " .", " ;", "less than 0.1", " 0 to "):
            assert wrong not in text
