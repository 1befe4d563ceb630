"""Explanations: every figure of the catalogue from its own parts, in words."""

from __future__ import annotations

import re
from decimal import Decimal

import pandas as pd
import pytest

from genesys.analytics.fetch import fetch
from genesys.insights.explanation import explain
from genesys.kpis.catalogue import CATALOGUE_METRICS, KPI_BY_KEY, KPIS, Unit
from genesys.kpis.columns import COLUMN_WORDS
from genesys.kpis.formats import value_text
from genesys.kpis.parts import GROUP
from genesys.kpis.rollup import rollup
from genesys.targets import Target, Targets
from tests.asking import api_on, budget, week
from tests.by_frame import facts
from tests.cells import cells, handled, level

NUMBER = r"([\d,]+(?:\.\d+)?)"
EVERY_KPI = pytest.mark.parametrize("kpi", KPIS, ids=lambda kpi: kpi.key)
DEFAULTS = Targets({})
OWN = Targets(
    {
        (queue, "voice"): Target(
            "service_level_pct",
            queue,
            "voice",
            Decimal(80),
            Decimal(70),
            Decimal(seconds),
            "the queue's settings",
        )
        for queue, seconds in (("q1", 20), ("q2", 14_400))
    }
)


def number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def said(key: str, media: str, figures: dict[str, float], targets=DEFAULTS, earlier=None, **more):
    """The first sentence of the explanation of a queue's figure."""
    kpi, frame = KPI_BY_KEY[key], cells(("q1", media, figures))
    text = explain(kpi, facts(frame, GROUP, [kpi], targets, earlier, **more).iloc[0])
    return text.partition(". Genesys Cloud metrics: ")[0]


@pytest.fixture(scope="module")
def frame(demo):
    with api_on(demo) as api:
        return fetch(api, week(metrics=CATALOGUE_METRICS), budget()).frame


@pytest.fixture(scope="module", params=[GROUP, ("queue_id",), ("media_type",), ()], ids=str)
def explained(frame, request):
    """The rows of `facts` and of `rollup` at one grouping of a demo week."""
    by = request.param
    rows = facts(frame, by, KPIS, DEFAULTS, frame).to_dict("records")
    return list(zip(rows, rollup(frame, by, KPIS).to_dict("records"), strict=True))


class TestOfTheDemo:
    @EVERY_KPI
    def test_the_figures_named_give_the_value_shown(self, explained, kpi):
        for row, figures in explained:
            value, equation = figures[kpi.key], explain(kpi, row).split(". Genesys")[0]
            if pd.isna(value):
                assert equation.startswith(f"{kpi.label} has no value. ")
            elif kpi.denominator:
                parts = re.search(
                    rf"= {NUMBER}(?: s)? {kpi.parts[0]} / {NUMBER} {kpi.parts[1]}", equation
                )
                share = number(parts[1]) / number(parts[2])
                shown = float(share * 100 if kpi.unit is Unit.PERCENT else share)
                assert shown == pytest.approx(value, rel=1e-12)
                assert f" {value_text(value, kpi.unit)} " in equation
            elif kpi.less:
                parts = re.search(
                    rf"{NUMBER} = {NUMBER} {kpi.parts[0]} − {NUMBER} {kpi.parts[1]}", equation
                )
                assert number(parts[1]) == number(parts[2]) - number(parts[3]) == value
            else:
                parts = re.search(rf"= {NUMBER}(?: s)? {kpi.parts[0]}", equation)
                assert float(number(parts[1])) == pytest.approx(value, rel=1e-12)

    @EVERY_KPI
    def test_metrics_and_source_are_named(self, explained, kpi):
        text = explain(kpi, explained[0][0])

        assert f"Genesys Cloud metrics: {kpi.formula}. " in text
        assert text.endswith(f"Source: {kpi.source}.")
        assert not re.search(r"\b(nan|None|<NA>)\b", text)


class TestServiceLevel:
    def test_is_explained_in_whole(self):
        kpi = KPI_BY_KEY["service_level_pct"]
        frame = cells(("q1", "voice", level(1254, 1600)))

        assert explain(kpi, facts(frame, GROUP, [kpi], OWN).iloc[0]) == (
            "Service Level 78.4 % = 1,254 in time / 1,600 answered or abandoned;"
            " target 80 % in 20 s; 26 contacts short."
            " Genesys Cloud metrics: oServiceLevel.numerator / oServiceLevel.denominator."
            " Target from the queue's settings."
            " Source: Genesys Cloud Resource Center, service level calculation; the organization's"
            " settings decide whether flow-outs, abandons and short abandons count."
        )

    @pytest.mark.parametrize(
        ("in_time", "counted", "tail"),
        [
            (1279, 1600, "1 contact short"),
            (1280, 1600, "0 contacts in hand"),
            (1281, 1600, "1 contact in hand"),
            (10, 19, "6 contacts short; few contacts"),
        ],
    )
    def test_says_what_is_short_or_in_hand(self, in_time, counted, tail):
        text = said("service_level_pct", "voice", level(in_time, counted), OWN)

        assert text.endswith(f"; target 80 % in 20 s; {tail}")

    def test_says_long_times_in_longer_units(self):
        kpi = KPI_BY_KEY["service_level_pct"]
        frame = cells(("q2", "voice", level(30, 40)))

        assert "; target 80 % in 4 h; 2 contacts short." in explain(
            kpi, facts(frame, GROUP, [kpi], OWN).iloc[0]
        )

    def test_of_a_total_with_different_targets_says_how_many_met_theirs(self):
        kpi = KPI_BY_KEY["service_level_pct"]
        frame = cells(("q1", "voice", level(90, 100)), ("q9", "voice", level(10, 100)))
        other = Target("service_level_pct", "q9", "voice", Decimal(60), Decimal(50))
        targets = Targets({**OWN.organization, ("q9", "voice"): other})

        assert "; targets: 1 of 2 queue and media type pairs met their own target;" in explain(
            kpi, facts(frame, (), [kpi], targets).iloc[0]
        )

    def test_needs_no_more_than_its_fraction(self):
        row = {"service_level_pct top": 1254.0, "service_level_pct bottom": 1600.0}

        text = explain(KPI_BY_KEY["service_level_pct"], row)

        assert text.startswith(
            "Service Level 78.4 % = 1,254 in time / 1,600 answered or abandoned. "
        )


class TestOtherKpis:
    @pytest.mark.parametrize(
        ("key", "figures", "words"),
        [
            ("offered", {"nOffered_count": 1600}, "Offer = 1,600 offered"),
            (
                "missed_target",
                level(1254, 1600),
                "Missed Target 346 = 1,600 answered or abandoned − 1,254 in time",
            ),
            (
                "asa_sec",
                {"tAnswered_sum": 3_820_004, "tAnswered_count": 100},
                (
                    "ASA 0:38 (38.2 s) = 3,820.004 s waited until answered / 100 answered;"
                    " target at most 20 s; near"
                ),
            ),
            (
                "abandon_pct",
                {"tAbandon_count": 9, "tAnswered_count": 91, "nOffered_count": 100},
                "Abandon 9.0 % = 9 abandoned / 100 offered; target at most 5 %; missed",
            ),
            (
                "max_wait_sec",
                {"tWait_max": 75_500},
                "Max Wait 1:16 = 75.5 s waited by the one that waited longest",
            ),
            (
                "max_handle_sec",
                {"tHandle_max": 72_000_000},
                "Max Handle 20:00:00 = 72,000 s handled of the one that took longest",
            ),
        ],
    )
    def test_have_their_own_words(self, key, figures, words):
        assert said(key, "voice", figures) == words

    def test_with_a_baseline_say_how_far_they_are_off_it(self):
        earlier = cells(("q1", "voice", handled(100, 30_000)))

        assert said("aht_sec", "voice", handled(100, 34_500), DEFAULTS, earlier) == (
            "Avg Handle 5:45 (345.0 s) = 34,500 s handled / 100 handled;"
            " +15.0 % against 5:00 (300.0 s) in the comparison interval; target within 10 %; near"
        )

    def test_without_a_baseline_say_nothing_of_a_target(self):
        kpi, frame = KPI_BY_KEY["aht_sec"], cells(("q1", "voice", handled(100, 34_500)))

        text = explain(kpi, facts(frame, GROUP, [kpi], DEFAULTS).iloc[0])

        assert "target" not in text.lower()

    def test_with_a_baseline_of_zero_say_that_no_change_can_be_told(self):
        earlier = cells(("q1", "voice", handled(100, 0)))

        words = said("aht_sec", "voice", handled(100, 34_500), DEFAULTS, earlier)

        assert words.endswith(
            "no change can be told against 0:00 (0.0 s) in the comparison"
            " interval; target within 10 %"
        )

    def test_without_a_value_say_why(self):
        words = said("answer_pct", "callback", {"nOffered_count": 150})

        assert words == (
            "Answer % has no value. Customer-first callback: answered appears on the voice row"
        )

    def test_of_a_refused_metric_say_so(self):
        words = said("voicemail", "voice", {"nOffered_count": 0}, refused=("tVoicemail", "tAcw"))

        assert words == (
            "Voicemail has no value. Not available in this organization: tVoicemail is refused"
        )

    @pytest.mark.parametrize(
        ("blended", "words"),
        [
            (False, "100 s handled / 10 handled. Times over voice"),
            (
                True,
                "= 900 s handled / 20 handled. Times blended over all media types: voice and email",
            ),
        ],
    )
    def test_that_are_time_totals_say_what_they_are_over(self, blended, words):
        frame = cells(("q1", "voice", handled(10, 100)), ("q1", "email", handled(10, 800)))
        kpi = KPI_BY_KEY["aht_sec"]

        text = explain(kpi, facts(frame, (), [kpi], DEFAULTS, frame, blended=blended).iloc[0])

        assert words in text.replace("; few contacts", "").replace(
            "; ±0.0 % against 0:10 (10.0 s) in the comparison interval; target within 10 %", ""
        )


def test_every_column_of_the_catalogue_has_its_words():
    assert {name for kpi in KPIS for name in kpi.columns} == set(COLUMN_WORDS)


def test_an_empty_frame_has_a_total_to_explain():
    kpi = KPI_BY_KEY["answered"]

    text = explain(kpi, facts(cells(), (), [kpi], DEFAULTS).iloc[0])

    assert text.startswith("Answer has no value. The API sent no figures.")
