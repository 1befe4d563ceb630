"""What is never good or bad news: few contacts, and shares of another time's contacts."""

from __future__ import annotations

import pytest

from genesys.kpis.catalogue import KPI_BY_KEY
from genesys.kpis.parts import GROUP, parts
from genesys.kpis.unjudged import why_unjudged
from tests.by_frame import compare, judge
from tests.cells import cells, level
from tests.targets.judged import DEFAULTS


def ended(offered: int, answered: int, lost: int = 0, flown: int = 0) -> dict[str, float]:
    names = ("nOffered_count", "tAnswered_count", "tAbandon_count", "tFlowOut_count")
    return dict(zip(names, (offered, answered, lost, flown), strict=True))


def why(key: str, figures: dict[str, float]) -> str:
    (word,) = why_unjudged(parts(cells(("q1", "email", figures))).by(GROUP), KPI_BY_KEY[key])
    return word


@pytest.mark.parametrize(("counted", "word"), [(19, "few contacts"), (20, ""), (0, "")])
def test_few_is_fewer_than_20_in_the_own_denominator(counted: int, word: str):
    assert why("service_level_pct", level(0, counted) | ended(500, 500)) == word


def test_a_count_has_no_denominator_and_is_never_few():
    assert why("offered", ended(3, 3)) == ""


@pytest.mark.parametrize(
    ("key", "figures", "word"),
    [
        ("answer_pct", ended(100, 124), "24 answered had been offered before"),
        ("answer_pct", ended(100, 100), ""),
        ("abandon_pct", ended(100, 5, 103), "3 abandoned had been offered before"),
        (
            "transfer_pct",
            ended(100, 100) | {"nTransferred_count": 1100, "tHandle_count": 100},
            "1,000 more transferred than handled",
        ),
    ],
)
def test_a_share_of_more_than_all_says_what_is_too_much(key: str, figures: dict, word: str):
    assert why(key, figures) == word


@pytest.mark.parametrize(
    ("figures", "word"),
    [
        (ended(80, 20), "60 of 80 offered were carried over"),
        (ended(80, 20, 10, 10), ""),
        (ended(80, 20, 9, 10), "41 of 80 offered were carried over"),
    ],
)
def test_a_share_of_what_is_mostly_carried_over_says_so(figures: dict, word: str):
    assert why("answer_pct", figures) == word


def test_the_status_and_the_change_are_that_reason():
    before, now = (cells(("q1", "voice", ended(100, each))) for each in (60, 124))
    kpis = [KPI_BY_KEY["answer_pct"]]

    status = judge(now, GROUP, kpis, DEFAULTS)["answer_pct_status"].item()
    turns = [compare(*pair, GROUP, kpis) for pair in ((now, before), (before, now))]

    assert status == "24 answered had been offered before"
    assert {turn["answer_pct_verdict"].item() for turn in turns} == {status}


def test_no_change_is_neither_good_nor_bad_however_few():
    few = cells(("q1", "voice", ended(10, 9)))
    kpis = [KPI_BY_KEY["answer_pct"]]

    assert compare(few, few, GROUP, kpis)["answer_pct_verdict"].item() == "neutral"
    worse = compare(cells(("q1", "voice", ended(10, 6))), few, GROUP, kpis)
    assert worse["answer_pct_verdict"].item() == "few contacts"
