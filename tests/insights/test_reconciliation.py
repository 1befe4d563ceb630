"""Where the offered went: lines that add up to the offered to the unit."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from hypothesis import given

from genesys.analytics.frames import to_frame
from genesys.insights.reconciliation import RECONCILIATION_METRICS, sentences
from genesys.kpis.catalogue import CATALOGUE_METRICS
from genesys.kpis.rollup import rollup
from tests.by_frame import reconcile
from tests.examples import examples
from tests.group_frames import frame_of, frames, level, offered

SAMPLE = (Path(__file__).parents[1] / "samples" / "tenant_week.json").read_bytes()
CASES = examples(20)

VOICE = ("q1", "voice", offered(100, tAnswered=85, nOverSla=15, tAbandon=10, tShortAbandon=4,
                                tFlowOut=3) | level(70, 95))  # fmt: skip


def counts(frame: pd.DataFrame) -> dict[str, int]:
    table = reconcile(frame)
    return {key: int(count) for key, count in zip(table["key"], table["count"], strict=True)}


def test_offered_is_answered_abandoned_flowed_out_and_the_rest() -> None:
    assert counts(frame_of(VOICE)) == {
        "offered": 100,
        "in_target": 70,
        "late": 15,
        "short": 4,
        "abandoned": 6,
        "flow_out": 3,
        "carried_over": 2,
    }


def test_as_a_table_it_has_labels_and_whole_numbers() -> None:
    table = reconcile(frame_of(VOICE))
    assert list(table.columns) == ["key", "label", "count"]
    assert table["count"].dtype == "Int64"
    assert list(table["label"]) == [
        "Offered", "Answered in target", "Answered late", "Short abandons", "Other abandons",
        "Flow-outs", "Carried over",
    ]  # fmt: skip


def test_it_is_told_in_sentences() -> None:
    assert sentences(reconcile(frame_of(VOICE))) == (
        "100 were offered to queues.",
        "70 (70.0 %) were answered within the target time.",
        "15 (15.0 %) were answered after the target time.",
        "4 (4.0 %) left within the limit of a short abandon.",
        "6 (6.0 %) left later without an answer.",
        "3 (3.0 %) left the queue unanswered for a flow or another queue.",
        (
            "2 (2.0 %) were offered in the interval and ended after it,"
            " net of those that came before it."
        ),
    )


def test_answered_beyond_the_offered_was_offered_before() -> None:
    frame = frame_of(("q1", "email", offered(116, tAnswered=120)))
    assert counts(frame)["carried_over"] == -4
    assert sentences(reconcile(frame))[-1] == (
        "4 (3.4 %) were offered before the interval and ended in it, net of those still open."
    )


def test_without_a_known_target_the_answered_are_one_line() -> None:
    answered = {"offered": 50, "answered": 40, "left": 0, "flow_out": 8, "carried_over": 2}
    row = ("q1", "voice", offered(50, tAnswered=40, tFlowOut=8))
    assert counts(frame_of(row, without=("tShortAbandon",))) == answered
    refused = ("q1", "voice", row[2] | level(30, 40))
    assert counts(frame_of(refused, without=("nOverSla", "tShortAbandon"))) == answered


def test_a_service_level_without_nOverSla_says_that_nothing_was_late() -> None:  # noqa: N802
    found = counts(frame_of(("q1", "voice", offered(50, tAnswered=40) | level(40, 40))))
    assert (found["in_target"], found["late"]) == (40, 0)
    assert "answered" not in found


def test_groups_with_and_without_a_target_stand_side_by_side() -> None:
    found = counts(frame_of(VOICE, ("q1", "email", offered(20, tAnswered=18))))
    assert (found["offered"], found["in_target"], found["late"], found["answered"]) == (
        120, 70, 15, 18,
    )  # fmt: skip
    assert found["carried_over"] == 4


def test_customer_first_callbacks_have_their_outcome_on_the_voice_row() -> None:
    found = counts(frame_of(VOICE, ("q1", "callback", offered(30, tWait=30))))
    assert (found["offered"], found["on_voice"], found["carried_over"]) == (130, 30, 2)


def test_work_outside_any_queue_is_no_part_of_it() -> None:
    frame = frame_of(VOICE, ("(none)", "voice", offered(1000, tAnswered=900)))
    assert counts(frame) == counts(frame_of(VOICE))


def test_one_is_said_in_the_singular_and_few_without_a_share() -> None:
    assert sentences(reconcile(frame_of(("q1", "chat", offered(1, tAnswered=1))))) == (
        "1 was offered to queues.",
        "1 was answered where no target time is known.",
    )


def test_nothing_stays_nothing() -> None:
    for frame in (frame_of(), frame_of(("q1", "email", {"tHandle_count": 234}))):
        assert reconcile(frame).empty
        assert sentences(reconcile(frame)) == ()


def test_the_metrics_to_ask_for_are_the_catalogue_and_one_more() -> None:
    assert (*CATALOGUE_METRICS, "nOverSla") == RECONCILIATION_METRICS


def test_the_live_sample_adds_up() -> None:
    found = counts(to_frame(SAMPLE))
    # 150 + 27 callbacks; 116 + 13 + 339 + 124 others, of which 120 + 11 + 277 + 103 answered
    assert found["offered"] == 769
    assert found["on_voice"] == 177
    assert found.get("in_target", 0) + found.get("late", 0) + found.get("answered", 0) == 511
    assert sum(found.values()) == 2 * 769


@CASES
@given(frames())
def test_the_lines_add_up_to_the_offered_whatever_the_api_sends(frame) -> None:
    table = reconcile(frame)
    shown = dict(zip(table["key"], table["count"], strict=True))
    if not table.empty:
        assert shown["offered"] == sum(count for key, count in shown.items() if key != "offered")
        total = rollup(frame, ())["offered"].iloc[0]
        assert shown["offered"] == (0 if pd.isna(total) else total)
    assert all(text.endswith(".") for text in sentences(table))
