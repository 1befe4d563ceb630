"""Comparison: two intervals in words, and the figures of both worked out by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genesys.analytics.fetch import Progress, fetch, fetch_all
from genesys.analytics.frames import END, NONE, START
from genesys.demo import DemoServer
from genesys.insights.comparison import Presence, Verdict
from genesys.intervals import Granularity, whole_days
from genesys.kpis.catalogue import KPI_BY_KEY, Kpi
from genesys.kpis.rollup import rollup
from tests.asking import LONDON, WEEK, api_on, budget, sent, week
from tests.by_frame import compare
from tests.contacts import figures
from tests.examples import examples

BEFORE = whole_days(date(2026, 5, 4), date(2026, 5, 10), LONDON)


def frame(**rows: dict[str, float]) -> pd.DataFrame:
    """Rows by `queue__media`, all in one bucket."""
    table = pd.DataFrame([*rows.values()] or None, dtype="float64")
    keys = [name.split("__") for name in rows]
    moments = {
        name: pd.Series([moment] * len(rows), dtype="datetime64[us, UTC]")
        for name, moment in ((START, WEEK.start), (END, WEEK.end))
    }
    groups = {
        name: pd.Categorical([key[at].replace("none", NONE) for key in keys])
        for at, name in enumerate(("queue_id", "media_type"))
    }
    return pd.DataFrame(moments | groups).join(table)


def kpis(keys: str) -> list[Kpi]:
    return [KPI_BY_KEY[key] for key in keys.split()]


def row(table: pd.DataFrame, at: int = 0) -> dict[str, Any]:
    """A row as plain values, None where there is none."""
    return {key: None if pd.isna(value) else value for key, value in table.iloc[at].items()}


NOW = frame(
    claims__voice={
        "nOffered_count": 100,
        "tAnswered_count": 80,
        "tAnswered_sum": 1_600_000,
        "tHandle_count": 80,
        "tHandle_sum": 24_000_000,
        "tAbandon_count": 20,
        "oServiceLevel_numerator": 60,
        "oServiceLevel_denominator": 100,
    },
    sales__voice={"nOffered_count": 10, "tAnswered_count": 10, "tAnswered_sum": 50_000},
    none__voice={"nOffered_count": 1000},
)


THEN = frame(
    claims__voice={
        "nOffered_count": 50,
        "tAnswered_count": 45,
        "tAnswered_sum": 450_000,
        "tHandle_count": 45,
        "tHandle_sum": 9_000_000,
        "oServiceLevel_numerator": 40,
        "oServiceLevel_denominator": 50,
    },
    billing__voice={"nOffered_count": 5, "tAnswered_count": 5, "tAbandon_count": 1},
)


class TestFigures:
    """Current, earlier, delta, change and verdict of each KPI."""

    def test_of_a_group_in_both(self):
        wanted = kpis("offered answer_pct abandoned service_level_pct asa_sec aht_sec")
        table = compare(NOW, THEN, ["queue_id", "media_type"], wanted)
        found = row(table[table["queue_id"] == "claims"])

        assert found == {
            "queue_id": "claims",
            "media_type": "voice",
            "presence": "both",
            "offered": 100,
            "offered_earlier": 50,
            "offered_delta": 50,
            "offered_change": 1.0,
            "offered_verdict": "neutral",
            "answer_pct": 80.0,
            "answer_pct_earlier": 90.0,
            "answer_pct_delta": -10.0,
            "answer_pct_change": pytest.approx(-1 / 9),
            "answer_pct_verdict": "worse",
            "abandoned": 20,
            "abandoned_earlier": 0,
            "abandoned_delta": 20,
            "abandoned_change": None,
            "abandoned_verdict": "worse",
            "service_level_pct": 60.0,
            "service_level_pct_earlier": 80.0,
            "service_level_pct_delta": -20.0,
            "service_level_pct_change": -0.25,
            "service_level_pct_verdict": "worse",
            "asa_sec": 20.0,
            "asa_sec_earlier": 10.0,
            "asa_sec_delta": 10.0,
            "asa_sec_change": 1.0,
            "asa_sec_verdict": "worse",
            "aht_sec": 300.0,
            "aht_sec_earlier": 200.0,
            "aht_sec_delta": 100.0,
            "aht_sec_change": 0.5,
            "aht_sec_verdict": "neutral",
        }

    def test_a_fall_of_what_should_fall_is_better(self):
        found = row(compare(THEN, NOW, (), kpis("asa_sec answer_pct")))
        assert found["asa_sec_verdict"] == Verdict.BETTER
        assert found["answer_pct_verdict"] == Verdict.BETTER

    def test_of_the_total_hold_no_work_outside_queues(self):
        found = row(compare(NOW, THEN, (), kpis("offered answer_pct")))
        assert found == {
            "presence": "both",
            "offered": 110,
            "offered_earlier": 55,
            "offered_delta": 55,
            "offered_change": 1.0,
            "offered_verdict": "neutral",
            "answer_pct": pytest.approx(100 * 90 / 110),
            "answer_pct_earlier": pytest.approx(100 * 50 / 55),
            "answer_pct_delta": pytest.approx(-100 / 11),
            "answer_pct_change": pytest.approx(-0.1),
            "answer_pct_verdict": "worse",
        }

    def test_groups_that_came_or_went_are_said_so_and_have_no_change(self):
        table = compare(NOW, THEN, ["queue_id"], kpis("offered"))
        values = table.astype(object).where(table.notna(), None).to_numpy().tolist()
        assert values == [
            [NONE, "appeared", 1000, None, None, None, ""],
            ["billing", "vanished", None, 5, None, None, ""],
            ["claims", "both", 100, 50, 50, 1.0, "neutral"],
            ["sales", "appeared", 10, None, None, None, ""],
        ]

    @pytest.mark.parametrize(
        ("current", "earlier", "presence"),
        [
            (NOW, frame(), Presence.APPEARED),
            (frame(), NOW, Presence.VANISHED),
            (frame(), frame(), Presence.BOTH),
            (NOW, frame(none__voice={"nOffered_count": 3}), Presence.APPEARED),
        ],
    )
    def test_a_total_against_nothing_has_no_change(self, current, earlier, presence):
        found = row(compare(current, earlier, (), kpis("offered asa_sec")))
        assert found["presence"] == presence
        assert (found["offered_delta"], found["asa_sec_delta"]) == (None, None)
        assert found["offered_verdict"] == found["asa_sec_verdict"] == ""

    def test_what_has_no_value_on_one_side_has_no_change(self):
        found = row(compare(NOW, THEN, ["queue_id"], kpis("aht_sec")), at=3)
        assert found["queue_id"] == "sales"
        assert {found[f"aht_sec{end}"] for end in ("", "_delta", "_change")} == {None}

    def test_times_of_voice_are_never_held_against_times_of_email(self):
        mail = frame(
            claims__email={"nOffered_count": 1, "tAnswered_count": 1, "tAnswered_sum": 9e9}
        )
        found = row(compare(NOW, mail, (), kpis("asa_sec offered")))
        assert (found["asa_sec"], found["asa_sec_earlier"]) == (pytest.approx(1650 / 90), None)
        assert found["offered_delta"] == 109

        blended = row(compare(NOW, mail, (), kpis("asa_sec"), blended=True))
        assert blended["asa_sec_earlier"] == 9e6

    def test_media_types_of_the_same_kind_go_together(self):
        both = frame(
            claims__email={"nOffered_count": 1, "tAnswered_count": 1, "tAnswered_sum": 8000},
            claims__voice={"nOffered_count": 1, "tAnswered_count": 1, "tAnswered_sum": 2000},
        )
        mail = both[both["media_type"] == "email"]
        found = row(compare(mail, both, ["queue_id"], kpis("asa_sec")))
        assert (found["asa_sec"], found["asa_sec_earlier"], found["asa_sec_delta"]) == (8, 8, 0)


counts = st.fixed_dictionaries(
    {},
    optional={
        name: st.integers(0, 10**6)
        for name in ("nOffered_count", "tAnswered_count", "tAnswered_sum", "tAbandon_count")
    },
)


groups = st.sampled_from(["a__voice", "a__email", "b__callback", "b__chat", "none__voice"])


frames = st.dictionaries(groups, counts, max_size=5).map(lambda rows: frame(**rows))


columns = ("nOffered_count", "tAnswered_count", "tAnswered_sum", "tAbandon_count")


def whole(table: pd.DataFrame) -> pd.DataFrame:
    return table.reindex(columns=[*table.columns[:4], *columns]).astype(
        dict.fromkeys(columns, "float64")
    )


ASKED = kpis("offered answered answer_pct abandoned abandon_pct asa_sec")


BY = st.sampled_from([(), ("queue_id",), ("media_type",), ("queue_id", "media_type")])


@examples(15)
@given(table=frames.map(whole), by=BY)
def test_an_interval_against_itself_has_not_changed(table: pd.DataFrame, by):
    found = compare(table, table, by, ASKED)

    assert set(found["presence"]) <= {"both"}
    for kpi in ASKED:
        has_value = found[kpi.key].notna()
        assert (found.loc[has_value, f"{kpi.key}_delta"] == 0).all()
        assert (found[f"{kpi.key}_verdict"] == has_value.map({True: "neutral", False: ""})).all()


@examples(15)
@given(now=frames.map(whole), then=frames.map(whole), by=BY)
def test_the_current_figures_are_those_that_a_page_shows(now, then, by):
    found = compare(now, then, by, ASKED)
    mirrored = compare(then, now, by, ASKED)

    shown = rollup(now, by, ASKED)
    here = found[found["presence"] != "vanished"] if by else found
    for kpi in ASKED:
        pd.testing.assert_series_equal(
            here[kpi.key].reset_index(drop=True), shown[kpi.key], check_exact=True
        )
        if kpi.is_time and "media_type" not in by:
            continue
        pd.testing.assert_series_equal(
            found[f"{kpi.key}_delta"], -mirrored[f"{kpi.key}_delta"], check_names=False
        )


class TestFetching:
    """Both intervals are asked in one go."""

    def test_two_queries_give_what_each_gives_alone(self, demo: DemoServer):
        now = week(granularity=Granularity.DAY)
        then = week(interval=BEFORE, granularity=Granularity.DAY)
        seen: list[Progress] = []
        before = len(demo.requests)
        with api_on(demo) as api:
            both = fetch_all(api, [now, then], budget(), on_progress=seen.append)
            assert sent(demo, before) == {"POST/query": 2}
            alone = [fetch(api, query, budget()) for query in (now, then)]

        assert [answer.query for answer in both] == [now, then]
        assert [figures(each.frame) for each in both] == [figures(each.frame) for each in alone]
        assert both[0].as_of == both[1].as_of
        assert seen[-1] == Progress(2, 2)

    def test_no_query_is_no_answer(self, demo: DemoServer):
        with api_on(demo) as api:
            assert fetch_all(api, [], budget()) == ()
