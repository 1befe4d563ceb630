"""What changed: parts that are worked out by hand, and that always sum to the delta."""

from __future__ import annotations

from math import fsum

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genesys.client.entities import Queue
from genesys.kpis.catalogue import KPI_BY_KEY, KPIS, Kpi
from genesys.kpis.rollup import rollup
from genesys.organization.directory import Directory
from tests.by_frame import contributions, moves
from tests.examples import examples
from tests.group_frames import frame_of, frames, level, offered, timed
from tests.reference.rollup import of_like_media

CASES = examples(10)
DIRECTORY = Directory({"q1": Queue("q1", "Claims"), "q2": Queue("q2", "Billing")})
LEVEL = KPI_BY_KEY["service_level_pct"]

EARLIER = frame_of(("q1", "voice", level(80, 100)), ("q2", "voice", level(60, 100)))
CURRENT = frame_of(("q1", "voice", level(45, 50)), ("q2", "voice", level(75, 150)))
"""70 % became 60 %: Claims 80 % -> 90 % of a share of 50 % -> 25 %, Billing 60 % -> 50 %."""


def found(current: pd.DataFrame, earlier: pd.DataFrame, key: str) -> list[tuple]:
    table = moves(current, earlier, KPI_BY_KEY[key])
    return [
        (row.queue_id, row.media_type, row.kind, round(row.contribution, 9))
        for row in table.itertuples()
    ]


def sentences(current: pd.DataFrame, earlier: pd.DataFrame, key: str) -> list[str]:
    return list(contributions(current, earlier, KPI_BY_KEY[key], DIRECTORY)["sentence"])


def delta(current: pd.DataFrame, earlier: pd.DataFrame, kpi: Kpi) -> float | None:
    if kpi.is_time:
        earlier = of_like_media(earlier, current)
    now, before = (rollup(each, (), [kpi])[kpi.key].iloc[0] for each in (current, earlier))
    return None if pd.isna(now) or pd.isna(before) else float(now) - float(before)


class TestRatesAndMeans:
    def test_are_split_in_mix_and_performance_at_the_midpoints(self):
        # midpoint of the totals 65; Claims -0.25 x (85 - 65) and 0.375 x 10,
        # Billing 0.25 x (55 - 65) and 0.625 x -10
        assert found(CURRENT, EARLIER, "service_level_pct") == [
            ("q2", "voice", "performance", -6.25),
            ("q1", "voice", "mix", -5.0),
            ("q1", "voice", "performance", 3.75),
            ("q2", "voice", "mix", -2.5),
        ]

    def test_are_one_figure_and_one_sentence_a_group(self):
        table = contributions(CURRENT, EARLIER, LEVEL, DIRECTORY)
        figures = table[["queue_id", "kind", "contribution", "mix", "performance"]]
        assert figures.to_numpy().tolist() == [
            ["q2", "performance", -8.75, -2.5, -6.25],
            ["q1", "mix", -1.25, -5.0, 3.75],
        ]
        assert list(table["sentence"]) == [
            (
                "Billing voice went from 60.0 % to 50.0 % and took 75.0 % of the volume, 25.0"
                " points more; together that cost 8.8 points of Service Level"
                " (−6.3 pts by its own value, −2.5 pts by its share)."
            ),
            (
                "Claims voice went from 80.0 % to 90.0 % and took 25.0 % of the volume, 25.0 points"
                " less; together that cost 1.3 points of Service Level"
                " (+3.8 pts by its own value, −5.0 pts by its share)."
            ),
        ]

    def test_say_which_part_of_a_group_shows_alone(self):
        # The share of Claims stays, that of Billing at an even value has the whole effect.
        told = sentences(
            frame_of(("q1", "voice", level(60, 100)), ("q2", "voice", level(60, 100))),
            frame_of(("q1", "voice", level(80, 100)), ("q2", "voice", level(60, 100))),
            "service_level_pct",
        )
        assert told == [
            (
                "Claims voice went from 80.0 % to 60.0 %;"
                " that alone cost 10.0 points of Service Level."
            ),
            (
                "Billing voice went from 60.0 % to 60.0 %; that alone moved Service Level by less"
                " than 0.1 points."
            ),
        ]

    def test_of_few_contacts_in_either_interval_are_not_judged(self):
        few = frame_of(("q1", "voice", level(9, 19)), ("q2", "voice", level(90, 100)))
        enough = frame_of(("q1", "voice", level(80, 100)), ("q2", "voice", level(80, 100)))
        for sides in ((few, enough), (enough, few)):
            table = contributions(*sides, LEVEL, DIRECTORY).set_index("queue_id")
            assert table["why_not"].to_dict() == {"q1": "few contacts", "q2": ""}

    def test_carry_the_shares_and_values_they_rest_on(self):
        row = contributions(CURRENT, EARLIER, LEVEL, DIRECTORY).iloc[0]
        assert list(row.index) == [
            "queue_id", "media_type", "kind", "contribution", "mix", "performance",
            "weight_earlier", "weight", "value_earlier", "value", "why_not", "sentence",
        ]  # fmt: skip
        assert (row["weight_earlier"], row["weight"]) == (0.5, 0.75)
        assert (row["value_earlier"], row["value"]) == (60, 50)

    def test_tell_new_and_vanished_groups_apart(self):
        earlier = frame_of(("q1", "voice", level(80, 100)), ("q1", "chat", level(30, 100)))
        current = frame_of(("q1", "voice", level(80, 100)), ("q2", "voice", level(90, 100)))
        # totals 55 and 85, midpoint 70: new 0.5 x (90 - 70), vanished -0.5 x (30 - 70)
        assert found(current, earlier, "service_level_pct") == [
            ("q1", "chat", "vanished", 20.0),
            ("q2", "voice", "new", 10.0),
            ("q1", "voice", "mix", 0.0),
            ("q1", "voice", "performance", 0.0),
        ]
        assert sentences(current, earlier, "service_level_pct")[:3] == [
            (
                "Claims chat had 50.0 % of the volume at 30.0 % and has none now;"
                " that alone added 20.0 points to Service Level."
            ),
            (
                "Billing voice came with 50.0 % of the volume at 90.0 %;"
                " that alone added 10.0 points to Service Level."
            ),
            (
                "Claims voice went from 80.0 % to 80.0 %;"
                " that alone moved Service Level by less than 0.1 points."
            ),
        ]

    def test_are_of_voice_like_media_alone_where_they_are_times(self):
        earlier = frame_of(
            ("q1", "voice", offered(10) | timed("tAnswered", 10, 20)),
            ("q1", "email", offered(10) | timed("tAnswered", 10, 90_000)),
        )
        current = frame_of(
            ("q1", "voice", offered(10) | timed("tAnswered", 10, 35.5)),
            ("q1", "email", offered(10) | timed("tAnswered", 10, 10_000)),
        )
        assert found(current, earlier, "asa_sec") == [
            ("q1", "voice", "performance", 15.5),
            ("q1", "voice", "mix", 0.0),
        ]
        assert sentences(current, earlier, "asa_sec")[0] == (
            "Claims voice went from 0:20 to 0:36; that alone added 15.5 s to ASA."
        )
        assert sentences(earlier, current, "asa_sec")[0] == (
            "Claims voice went from 0:36 to 0:20; that alone took 15.5 s off ASA."
        )

    def test_hold_times_against_media_types_of_the_same_kind(self):
        voice = frame_of(("q1", "voice", offered(10) | timed("tHandle", 10, 300)))
        email = frame_of(("q1", "email", offered(10) | timed("tHandle", 10, 9_000)))
        assert found(voice, email, "aht_sec") == []

    def test_count_answers_to_what_was_offered_before(self):
        earlier = frame_of(("q1", "voice", offered(100, tAnswered=90)))
        current = frame_of(
            ("q1", "voice", offered(100, tAnswered=90)), ("q1", "email", {"tAnswered_count": 5})
        )
        assert found(current, earlier, "answer_pct")[0] == ("q1", "email", "performance", 5.0)
        assert sentences(current, earlier, "answer_pct")[0] == (
            "Claims email counts in the total without any volume of its own;"
            " that alone added 5.0 points to Answer."
        )


class TestCounts:
    EARLIER = frame_of(("q1", "voice", offered(900)), ("q2", "voice", offered(100)))
    CURRENT = frame_of(("q1", "voice", offered(1200)), ("q1", "chat", offered(50)))

    def test_are_the_deltas_of_the_groups(self):
        assert found(self.CURRENT, self.EARLIER, "offered") == [
            ("q1", "voice", "volume", 300.0),
            ("q2", "voice", "volume", -100.0),
            ("q1", "chat", "volume", 50.0),
        ]

    def test_are_told_in_a_sentence_each(self):
        assert sentences(self.CURRENT, self.EARLIER, "offered") == [
            "Claims voice went from 900 to 1,200; that alone added 300 to Offer.",
            "Billing voice went from 100 to none; that alone took 100 off Offer.",
            "Claims chat went from none to 50; that alone added 50 to Offer.",
        ]


@pytest.mark.parametrize(
    "key", ["service_level_pct", "offered", "asa_sec", "max_wait_sec", "max_handle_sec"]
)
def test_there_is_nothing_to_say_where_a_side_has_no_value(key) -> None:
    some = frame_of(("q1", "voice", offered(9) | level(8, 9) | timed("tAnswered", 9, 20)))
    for current, earlier in ((some, frame_of()), (frame_of(), some), (frame_of(), frame_of())):
        table = contributions(current, earlier, KPI_BY_KEY[key], DIRECTORY)
        assert table.empty
        assert "sentence" in table


def test_work_outside_any_queue_drives_nothing() -> None:
    more = frame_of(("q1", "voice", offered(9)), ("(none)", "voice", offered(500)))
    assert found(more, frame_of(("q1", "voice", offered(8))), "offered") == [
        ("q1", "voice", "volume", 1.0)
    ]


@CASES
@given(frames(), frames(), st.sampled_from(KPIS))
def test_the_parts_sum_to_the_delta_of_any_kpi(current, earlier, kpi) -> None:
    expected = delta(current, earlier, kpi)
    table = contributions(current, earlier, kpi, DIRECTORY)
    if expected is None or kpi.is_maximum:
        assert table.empty
    else:
        assert fsum(table["contribution"]) == pytest.approx(expected, abs=1e-9, rel=1e-12)
        assert table["contribution"].abs().is_monotonic_decreasing
        assert not table.duplicated(["queue_id", "media_type"]).any()


@CASES
@given(frames(), st.sampled_from(KPIS))
def test_nothing_drives_an_interval_away_from_itself(frame, kpi) -> None:
    assert (moves(frame, frame, kpi)["contribution"] == 0).all()


@CASES
@given(frames(), frames(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(current, earlier, dice) -> None:
    order = dice.sample(range(len(current)), len(current))
    first, again = (
        contributions(frame, earlier, LEVEL, DIRECTORY) for frame in (current, current.iloc[order])
    )
    pd.testing.assert_frame_equal(first, again)
