"""Met, near or missed: exact at the edges, silent on few contacts, fair across targets."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genesys.analytics.frames import NONE, START
from genesys.kpis.catalogue import KPI_BY_KEY
from genesys.kpis.parts import GROUP
from genesys.targets import (
    ICONS,
    Status,
    Targets,
    contacts_in_hand,
    contacts_to_target,
)
from tests.by_frame import judge
from tests.cells import cells, handled, level
from tests.examples import examples
from tests.targets.judged import AHT, DEFAULTS, LEVEL, own


def status(kpi_key: str, media: str, figures: dict[str, float], targets: Targets = DEFAULTS) -> str:
    table = judge(cells(("q1", media, figures)), GROUP, [KPI_BY_KEY[kpi_key]], targets)
    return table[f"{kpi_key}_status"].item()


class TestStatus:
    @pytest.mark.parametrize(
        ("in_time", "expected"),
        [(1000, "met"), (800, "met"), (799, "near"), (700, "near"), (699, "missed"), (0, "missed")],
    )
    def test_of_a_service_level(self, in_time, expected):
        assert status("service_level_pct", "voice", level(in_time, 1000)) == expected

    @pytest.mark.parametrize(
        ("kpi", "figures", "expected"),
        [
            (
                "abandon_pct",
                {"tAbandon_count": 5, "tAnswered_count": 95, "nOffered_count": 100},
                "met",
            ),
            (
                "abandon_pct",
                {"tAbandon_count": 8, "tAnswered_count": 92, "nOffered_count": 100},
                "near",
            ),
            (
                "abandon_pct",
                {"tAbandon_count": 9, "tAnswered_count": 91, "nOffered_count": 100},
                "missed",
            ),
            ("answer_pct", {"tAnswered_count": 95, "nOffered_count": 100}, "met"),
            ("answer_pct", {"tAnswered_count": 90, "nOffered_count": 100}, "near"),
            ("answer_pct", {"tAnswered_count": 89, "nOffered_count": 100}, "missed"),
            ("asa_sec", {"tAnswered_sum": 2_000_000, "tAnswered_count": 100}, "met"),
            ("asa_sec", {"tAnswered_sum": 2_000_001, "tAnswered_count": 100}, "near"),
            ("asa_sec", {"tAnswered_sum": 6_000_000, "tAnswered_count": 100}, "near"),
            ("asa_sec", {"tAnswered_sum": 6_000_001, "tAnswered_count": 100}, "missed"),
            ("transfer_pct", {"nTransferred_count": 10, "tHandle_count": 100}, "met"),
            ("transfer_pct", {"nTransferred_count": 15, "tHandle_count": 100}, "near"),
            ("transfer_pct", {"nTransferred_count": 16, "tHandle_count": 100}, "missed"),
        ],
    )
    def test_holds_right_on_the_limits(self, kpi, figures, expected):
        assert status(kpi, "voice", figures) == expected

    def test_is_exact_where_floats_are_not(self):
        # 29 of 100 is 28.999999999999996 % in floats.
        assert status("service_level_pct", "voice", level(29, 100), own(q1=29)) == "met"

    @pytest.mark.parametrize(("counted", "expected"), [(19, "few contacts"), (20, "missed")])
    def test_of_under_20_contacts_is_few_contacts(self, counted, expected):
        assert status("service_level_pct", "voice", level(0, counted)) == expected

    def test_looks_at_the_own_denominator_not_at_the_offered(self):
        figures = {"nOffered_count": 500, "nTransferred_count": 9, "tHandle_count": 19}

        assert status("transfer_pct", "voice", figures) == "few contacts"

    @pytest.mark.parametrize("figures", [{}, level(0, 0), {"nOffered_count": 100}])
    def test_is_none_without_a_value(self, figures):
        assert status("service_level_pct", "voice", figures) == ""

    def test_is_none_without_a_target(self):
        assert status("service_level_pct", "email", level(1, 100)) == ""

    def test_is_none_of_work_without_a_queue(self):
        table = judge(cells((NONE, "voice", level(1, 100))), GROUP, [LEVEL], DEFAULTS)

        assert table["service_level_pct_status"].tolist() == [""]

    def test_has_an_icon_of_its_own_and_a_word(self):
        icons = [ICONS[each] for each in Status]

        assert len(set(icons)) == len(icons)
        assert [str(each) for each in Status] == ["met", "near", "missed", "few contacts", ""]


class TestBaseline:
    @staticmethod
    def judged(now: float, before: float | None, handled_before: int = 100) -> tuple[float, str]:
        frame = cells(("q1", "voice", handled(100, now)))
        earlier = (
            None if before is None else cells(("q1", "voice", handled(handled_before, before)))
        )
        table = judge(frame, GROUP, [AHT], DEFAULTS, earlier)
        return table["aht_sec_target"].item(), table["aht_sec_status"].item()

    @pytest.mark.parametrize(
        ("now", "expected"),
        [
            (30_000, "met"),
            (33_000, "met"),
            (27_000, "met"),
            (33_001, "near"),
            (26_999, "near"),
            (36_000, "near"),
            (24_000, "near"),
            (36_001, "missed"),
            (23_999, "missed"),
        ],
    )
    def test_is_kept_within_10_and_20_per_cent_either_way(self, now, expected):
        assert self.judged(now, 30_000) == (300.0, expected)

    def test_that_is_not_there_gives_no_target(self):
        target, word = self.judged(30_000, None)

        assert pd.isna(target)
        assert word == ""

    def test_of_few_contacts_judges_nothing(self):
        assert self.judged(30_000, 900, handled_before=19)[1] == "few contacts"

    def test_of_zero_judges_nothing(self):
        assert self.judged(30_000, 0) == (0.0, "")

    def test_is_that_of_the_same_queue_and_media_type(self):
        frame = cells(("q1", "voice", handled(100, 30_000)), ("q2", "voice", handled(50, 5_000)))
        earlier = cells(("q2", "voice", handled(50, 10_000)), ("q3", "voice", handled(50, 9_000)))

        table = judge(frame, GROUP, [AHT], DEFAULTS, earlier)

        assert table["aht_sec_status"].tolist() == ["", "missed"]
        assert table["aht_sec_target"].tolist()[1] == 200.0

    def test_holds_for_every_bucket(self):
        frame = cells(("q1", "voice", handled(100, 30_000)))

        table = judge(frame, (START, *GROUP), [AHT], DEFAULTS, frame)

        assert table["aht_sec_status"].tolist() == ["met"]

    def test_of_deferred_media_is_none_of_voice_like_totals(self):
        voice, email = (cells(("q1", media, handled(99, 9_000))) for media in ("voice", "email"))

        assert judge(voice, (), [AHT], DEFAULTS, email)["aht_sec_status"].tolist() == [""]
        assert judge(voice, (), [AHT], DEFAULTS, voice)["aht_sec_status"].tolist() == ["met"]


class TestContacts:
    @pytest.mark.parametrize(
        ("in_time", "counted", "target", "short", "in_hand"),
        [
            (1254, 1600, "80", 26, 0),
            (1280, 1600, "80", 0, 0),
            (1300, 1600, "80", 0, 20),
            (0, 3, "33.4", 2, 0),
            (29, 100, "29", 0, 0),
            (0, 0, "80", 0, 0),
            (7, 7, "100", 0, 0),
            (5, 7, "0", 0, 5),
        ],
    )
    def test_are_worked_by_hand(self, in_time, counted, target, short, in_hand):
        assert contacts_to_target(in_time, counted, Decimal(target)) == short
        assert contacts_in_hand(in_time, counted, Decimal(target)) == in_hand

    @examples(60)
    @given(st.data())
    def test_are_those_of_trying_one_after_the_other(self, data):
        counted = data.draw(st.integers(1, 150))
        in_time = data.draw(st.integers(0, counted))
        target = data.draw(st.decimals(0, 100, places=2))

        def met(contacts: int) -> bool:
            return contacts * 100 * 100 >= int(target * 100) * counted

        short = next(k for k in range(counted + 1) if met(in_time + k))
        assert contacts_to_target(in_time, counted, target) == short
        hand = [k for k in range(in_time + 1) if met(in_time - k)]
        assert contacts_in_hand(in_time, counted, target) == max(hand, default=0)

    def test_stand_beside_the_service_level(self):
        frame = cells(
            ("q1", "voice", level(1254, 1600)),
            ("q2", "voice", level(95, 100)),
            ("q3", "email", level(1, 100)),
        )

        table = judge(frame, GROUP, [LEVEL], own(q1=80, q2=90))

        assert table["contacts_to_target"].tolist() == [26, 0, pd.NA]
        assert table["contacts_in_hand"].tolist() == [0, 5, pd.NA]
        assert str(table["contacts_in_hand"].dtype) == "Int64"
