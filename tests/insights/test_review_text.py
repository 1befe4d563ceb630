"""A review in sentences."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given

from genesys.analytics.fetch import fetch_all
from genesys.analytics.plan import pieces
from genesys.insights.comparison import Comparison, Way, comparison
from genesys.insights.review import REVIEW_METRICS, REVIEWED, as_json, as_text
from genesys.insights.stability import stability
from genesys.intervals import Granularity, whole_days
from genesys.organization.directory import Directory
from genesys.targets import Targets
from tests.asking import LONDON, WEEK, api_on, budget, week
from tests.by_frame import review
from tests.examples import examples
from tests.group_frames import frames
from tests.insights.reviews import (
    AS_OF,
    CURRENT,
    EARLIER,
    made,
    usual,
)

TITLES = [
    "TALKING POINTS",
    "FIGURES",
    "WHERE THE OFFERED WENT",
    "WHAT CHANGED",
    "WHEN IT HURTS",
    "HOW FIRM THE FIGURES ARE",
]


CASES = examples(5)


def sections(text: str) -> dict[str, list[str]]:
    """The lines below each heading, and those above all of them as "intervals"."""
    paragraphs = [block.split("\n") for block in text.strip().split("\n\n")]
    first, *others = paragraphs
    return {"intervals": first} | {title: lines for title, *lines in others}


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
