"""The KPI catalogue: its keys, what each is made of, and what its help says."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from genesys.kpis.catalogue import (
    CATALOGUE_METRICS,
    KPI_BY_KEY,
    KPIS,
    Applies,
    Better,
    Unit,
    metrics_of,
)
from genesys.metrics import API_METRICS, stats_of

EVERY_KPI = pytest.mark.parametrize("kpi", KPIS, ids=lambda kpi: kpi.key)


def test_keys_are_those_of_files_in_their_order():
    assert [kpi.key for kpi in KPIS] == (
        """
        offered answered answer_pct abandoned abandon_pct short_abandoned flow_out flow_out_pct
        service_level_pct met_target missed_target asa_sec avg_wait_sec max_wait_sec
        total_wait_sec avg_abandon_sec handled aht_sec max_handle_sec
        total_handle_sec avg_talk_sec
        total_talk_sec held avg_hold_sec total_hold_sec acw avg_acw_sec total_acw_sec
        transferred transfer_pct blind_transferred consult_transferred consulted outbound
        not_responding voicemail first_response_sec agent_response_sec
        """.split()
    )
    assert list(KPI_BY_KEY) == [kpi.key for kpi in KPIS]


@pytest.mark.parametrize(
    ("unit", "raw", "value"),
    [
        (Unit.COUNT, 7.0, 7.0),
        (Unit.PERCENT, Fraction(1, 3), Fraction(100, 3)),
        (Unit.PERCENT, Decimal("0.8"), Decimal("80.0")),
        (Unit.SECONDS, Fraction(1, 3), Fraction(1, 3000)),
        (Unit.SECONDS, 1500.0, 1.5),
    ],
)
def test_shares_and_milliseconds_become_per_cent_and_seconds_as_exact_as_they_come(
    unit: Unit, raw: object, value: object
):
    scaled = unit.scaled(raw)
    assert (scaled, type(scaled)) == (value, type(value))


@pytest.mark.parametrize(
    ("better", "sign"),
    [(Better.UP, 1), (Better.DOWN, -1), (Better.BASELINE, 0), (Better.NEITHER, 0)],
)
def test_a_change_is_good_or_bad_by_its_sign(better: Better, sign: int):
    assert better.sign == sign


def test_labels_tell_kpis_apart():
    assert len({kpi.label for kpi in KPIS}) == len(KPIS)


def test_all_together_take_one_request():
    assert sorted(CATALOGUE_METRICS) == (
        """
        nBlindTransferred nConsult nConsultTransferred nOffered nOutbound nTransferred
        oServiceLevel tAbandon tAcw tAgentResponseTime tAnswered tFirstResponse tFlowOut tHandle
        tHeldComplete tNotResponding tShortAbandon tTalkComplete tVoicemail tWait
        """.split()
    )
    assert set(CATALOGUE_METRICS) <= set(API_METRICS)


@EVERY_KPI
def test_is_made_of_statistics_that_its_metrics_carry(kpi):
    for column in kpi.columns:
        metric, _, stat = column.rpartition("_")
        assert metric in API_METRICS
        assert stat in stats_of(metric)
        assert stat not in ("ratio", "target", "min")


@EVERY_KPI
def test_key_tells_the_unit(kpi):
    suffix = {Unit.PERCENT: "_pct", Unit.SECONDS: "_sec"}.get(kpi.unit, "")

    assert kpi.key.endswith(suffix)
    assert kpi.key.endswith(("_pct", "_sec")) == bool(suffix)
    assert kpi.is_time == (kpi.unit is Unit.SECONDS)


@EVERY_KPI
def test_help_holds_the_formula_and_the_unit(kpi):
    assert kpi.formula in kpi.help
    assert kpi.unit.value in kpi.help
    assert kpi.help.endswith(".")


@pytest.mark.parametrize(
    ("key", "formula"),
    [
        ("offered", "nOffered.count"),
        ("answer_pct", "tAnswered.count / nOffered.count"),
        ("abandon_pct", "tAbandon.count / nOffered.count"),
        ("flow_out_pct", "tFlowOut.count / nOffered.count"),
        ("service_level_pct", "oServiceLevel.numerator / oServiceLevel.denominator"),
        ("met_target", "oServiceLevel.numerator"),
        ("missed_target", "oServiceLevel.denominator − oServiceLevel.numerator"),
        ("asa_sec", "tAnswered.sum / tAnswered.count"),
        ("avg_wait_sec", "tWait.sum / tWait.count"),
        ("max_wait_sec", "tWait.max"),
        ("max_handle_sec", "tHandle.max"),
        ("total_wait_sec", "tWait.sum"),
        ("avg_abandon_sec", "tAbandon.sum / tAbandon.count"),
        ("aht_sec", "tHandle.sum / tHandle.count"),
        ("avg_talk_sec", "tTalkComplete.sum / tTalkComplete.count"),
        ("avg_hold_sec", "tHeldComplete.sum / tHeldComplete.count"),
        ("avg_acw_sec", "tAcw.sum / tAcw.count"),
        ("transfer_pct", "nTransferred.count / tHandle.count"),
        ("first_response_sec", "tFirstResponse.sum / tFirstResponse.count"),
        ("agent_response_sec", "tAgentResponseTime.sum / tAgentResponseTime.count"),
    ],
)
def test_formula_is_that_of_the_product(key, formula):
    assert KPI_BY_KEY[key].formula == formula


def test_good_and_bad_news_are_known():
    up = {kpi.key for kpi in KPIS if kpi.better is Better.UP}
    down = {kpi.key for kpi in KPIS if kpi.better is Better.DOWN}

    assert {"answer_pct", "service_level_pct"} <= up
    assert {"abandoned", "abandon_pct", "asa_sec", "max_wait_sec", "transfer_pct"} <= down
    assert KPI_BY_KEY["aht_sec"].better is Better.BASELINE


@EVERY_KPI
def test_asks_for_what_its_rules_need(kpi):
    needed = metrics_of([kpi])

    assert set(kpi.metrics) <= set(needed) <= set(CATALOGUE_METRICS)
    assert len(needed) == len(set(needed))
    if kpi.applies is not Applies.SENT:
        assert "nOffered" in needed


@pytest.mark.parametrize(
    ("key", "needed"),
    [
        ("offered", {"nOffered"}),
        ("outbound", {"nOutbound", "nOffered", "tAnswered", "tAbandon", "tHandle"}),
        ("abandon_pct", {"tAbandon", "nOffered", "tAnswered", "tHandle", "tFlowOut"}),
        ("voicemail", {"tVoicemail", "nOffered"}),
        ("service_level_pct", {"oServiceLevel"}),
        ("aht_sec", {"tHandle", "nOffered"}),
        ("first_response_sec", {"tFirstResponse", "nOffered", "tHandle"}),
    ],
)
def test_alone_a_kpi_asks_for_little(key, needed):
    assert set(metrics_of([KPI_BY_KEY[key]])) == needed
