"""Targets of groups and of all."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from genesys.analytics.frames import NONE, START
from genesys.kpis.catalogue import KPI_BY_KEY, KPIS
from genesys.kpis.parts import GROUP
from genesys.kpis.rollup import rollup
from genesys.targets import (
    Across,
)
from tests.by_frame import across, common_targets, judge
from tests.cells import cells, handled, level
from tests.targets.judged import AHT, DEFAULTS, LEVEL, own


class TestGroups:
    def test_have_the_rows_of_the_figures(self):
        frame = cells(
            ("q2", "voice", level(9, 30)), ("q1", "email", {}), (NONE, "voice", handled(3, 9))
        )

        for by in (GROUP, ("queue_id",), ("media_type",), (), (START, *GROUP)):
            table, figures = judge(frame, by, KPIS, DEFAULTS), rollup(frame, by, KPIS)
            keys = [name for name in figures if name in table]
            assert table[keys].equals(figures[keys])
            assert len(table) == len(figures)

    def test_have_columns_only_for_kpis_that_may_have_a_target(self):
        table = judge(cells(("q1", "voice", {})), GROUP, KPIS, DEFAULTS)

        assert "offered_status" not in table
        assert [name for name in table if name.startswith("asa_sec")] == [
            "asa_sec_target",
            "asa_sec_status",
        ]

    def test_of_an_empty_frame_are_none_and_its_total_has_no_status(self):
        assert judge(cells(), GROUP, [LEVEL], DEFAULTS).empty
        assert judge(cells(), (), [LEVEL], DEFAULTS)["service_level_pct_status"].tolist() == [""]

    def test_whose_parts_share_a_target_are_judged_by_it(self):
        frame = cells(("q1", "voice", level(10, 50)), ("q2", "voice", level(90, 100)))

        table = judge(frame, ("media_type",), [LEVEL], own(q1=60, q2=60))

        assert table["service_level_pct_target"].tolist() == [60.0]
        assert table["service_level_pct_status"].tolist() == ["met"]
        assert table["contacts_in_hand"].tolist() == [10]

    def test_whose_parts_have_different_targets_are_not_judged(self):
        frame = cells(("q1", "voice", level(10, 50)), ("q2", "voice", level(90, 100)))

        table = judge(frame, (), [LEVEL], own(q1=60, q2=70))

        assert table["service_level_pct_target"].isna().all()
        assert table["service_level_pct_status"].tolist() == [""]
        assert table["contacts_to_target"].tolist() == [pd.NA]

    def test_do_not_look_at_parts_that_add_nothing(self):
        frame = cells(
            ("q1", "voice", level(10, 50)),
            ("q2", "voice", {"nOffered_count": 3}),
            (NONE, "voice", level(1, 5)),
        )

        (common,) = common_targets(frame, (), [LEVEL], own(q1=60, q2=70))["service_level_pct"]

        assert (common.target, common.seconds) == (60, 20)

    def test_of_voice_like_times_do_not_look_at_deferred_media(self):
        frame = cells(("q1", "voice", handled(30, 900)), ("q1", "email", handled(30, 90_000)))

        (common,) = common_targets(frame, ("queue_id",), [AHT], DEFAULTS)["aht_sec"]

        assert common.target == 10


class TestAcross:
    FRAME = cells(
        ("q1", "voice", level(80, 100)),
        ("q2", "voice", level(200, 300)),
        ("q3", "voice", level(5, 5)),
        (NONE, "voice", level(0, 900)),
        ("q1", "email", level(0, 900)),
    )

    def test_counts_the_pairs_that_met_theirs_and_weighs_the_targets(self):
        found = across(self.FRAME, LEVEL, own(q1=80, q2=90, q3=70))

        # (80 × 100 + 90 × 300 + 70 × 5) / 405
        assert found == Across(1, 2, Decimal(35_350) / 405, few=1)

    def test_says_in_words_what_its_figures_are(self):
        words = across(self.FRAME, LEVEL, own(q1=80, q2=90, q3=70)).words(LEVEL)

        assert words == (
            "1 of 2 queue and media type pairs met their own target, 1 more had few contacts;"
            " their targets weighted by contacts: 87.3 %"
        )

    def test_of_a_baseline_has_no_weighted_target(self):
        frame = cells(("q1", "voice", handled(50, 500)), ("q2", "voice", handled(50, 900)))
        earlier = cells(("q1", "voice", handled(50, 500)), ("q2", "voice", handled(50, 500)))

        assert across(frame, AHT, DEFAULTS, earlier) == Across(1, 2, None)

    def test_without_any_target_says_nothing(self):
        found = across(self.FRAME, KPI_BY_KEY["avg_wait_sec"], DEFAULTS)

        assert found == Across(0, 0, None)
        assert found.words(KPI_BY_KEY["avg_wait_sec"]) == ""
