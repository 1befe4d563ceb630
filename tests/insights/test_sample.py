"""The live sample, challenged as in a meeting: compared, reconciled and explained."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from genesys.analytics.frames import to_frame
from genesys.insights.explanation import explain
from genesys.kpis.catalogue import KPI_BY_KEY
from genesys.kpis.parts import GROUP
from tests.by_frame import compare, facts, reconcile

KPIS = tuple(KPI_BY_KEY[key] for key in ("answer_pct", "asa_sec", "aht_sec"))


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return to_frame((Path(__file__).parents[1] / "samples" / "tenant_week.json").read_bytes())


def test_against_itself_nothing_has_changed_and_blank_stays_blank(frame: pd.DataFrame) -> None:
    table = compare(frame, frame, GROUP, KPIS)

    assert table["presence"].tolist() == ["both"] * 7
    assert table["answer_pct_delta"].dropna().tolist() == [0.0] * 4
    assert table["answer_pct_delta"].isna().sum() == 3
    assert table["aht_sec_delta"].dropna().tolist() == [0.0] * 5


@pytest.mark.parametrize(
    ("queue", "media_type", "key", "words"),
    [
        ("1", "message", "answer_pct", "Answer 81.7 % = 277 answered / 339 offered"),
        ("4", "email", "answer_pct", "Answer 103.4 % = 120 answered / 116 offered"),
        ("2", "message", "asa_sec", "ASA 2:38 (158.4 s) = 16,319.43 s"),
        ("3", "email", "aht_sec", "Avg Handle 5:28 (328.2 s) = 1,312.834 s handled / 4 handled"),
        ("1", "callback", "answer_pct", "Answer % has no value. Customer-first callback"),
        ("3", "email", "answer_pct", "Answer % has no value. Nothing was offered"),
    ],
)
def test_each_figure_says_what_it_is_made_of(
    frame: pd.DataFrame, queue: str, media_type: str, key: str, words: str
) -> None:
    rows = facts(frame, GROUP, KPIS)
    of_queue = rows["queue_id"].astype(str).str.endswith(queue)

    (row,) = rows[of_queue & (rows["media_type"] == media_type)].to_dict("records")

    assert explain(KPI_BY_KEY[key], row).startswith(words)


def test_the_offered_add_up_also_where_more_was_answered_than_offered(frame: pd.DataFrame) -> None:
    lines = reconcile(frame).set_index("key")["count"]

    assert lines["offered"] == 769
    assert lines.drop("offered").sum() == 769
    assert lines["on_voice"] == 177
