"""One value that cannot be used costs its metric of its group alone."""

from __future__ import annotations

from typing import Any

import pytest

from genesys.analytics.losses import Lost, lost
from genesys.kpis.catalogue import KPI_BY_KEY
from genesys.kpis.rollup import rollup
from tests.analytics.hostile_results import (
    ANSWERED,
    CLAIMS,
    LEVEL,
    OFFERED,
    TUESDAY,
    asked,
    day,
    metric,
    of,
)

NO_VALUES = {
    "null": None,
    "a word": "12",
    "true": True,
    "a list": [1],
    "1e300": 1e300,
    "above 2 to the 53": 2**53 + 2,
    "400 digits": int("9" * 400),
}


class TestOddValues:
    """One odd value costs its metric in its group, and nothing else."""

    @pytest.mark.parametrize("value", NO_VALUES.values(), ids=NO_VALUES)
    @pytest.mark.parametrize("stat", ["count", "sum", "max"])
    def test_of_a_time(self, value: Any, stat: str):
        odd = metric("tAnswered", **{**ANSWERED["stats"], stat: value})
        frame = asked(of(day(OFFERED, odd, LEVEL)), of(day(OFFERED, ANSWERED), group=CLAIMS))
        assert lost(frame) == (Lost("tAnswered", "q1", "voice"),)

        kpis = [KPI_BY_KEY[key] for key in ("offered", "answered", "answer_pct", "asa_sec")]
        rows = rollup(frame, ("queue_id",), kpis)
        assert rows["offered"].tolist() == [10, 10]
        assert rows["answered"].isna().tolist() == [True, False]
        assert rows["answer_pct"].fillna(-1).tolist() == [-1, 80]
        assert rows["asa_sec"].fillna(-1).tolist() == [-1, 10]
        total = rollup(frame, (), kpis).iloc[0]
        assert (total["answered"], total["answer_pct"], total["asa_sec"]) == (8, 80, 10)

    @pytest.mark.parametrize("stats", [None, [], "none", 7])
    def test_of_all_statistics(self, stats: Any):
        odd = {"metric": "nOffered", "stats": stats}
        frame = asked(of(day(odd, ANSWERED)))
        assert lost(frame) == (Lost("nOffered", "q1", "voice"),)
        assert frame["tAnswered_count"].tolist() == [8]

    @pytest.mark.parametrize("stat", ["sum", "min", "max"])
    def test_of_a_time_below_0(self, stat: str):
        odd = metric("tAnswered", **{**ANSWERED["stats"], stat: -5})
        assert lost(asked(of(day(OFFERED, odd)))) == (Lost("tAnswered", "q1", "voice"),)

    def test_of_a_service_level(self):
        odd = metric("oServiceLevel", numerator=None, denominator=10)
        frame = asked(of(day(OFFERED, odd)))
        assert lost(frame) == (Lost("oServiceLevel", "q1", "voice"),)
        assert rollup(frame, (), [KPI_BY_KEY["service_level_pct"]]).isna().all(axis=None)

    def test_nulls_where_nothing_was_counted_are_none(self):
        none = metric("tAnswered", count=0, sum=None, min=None, max=None, ratio=None)
        frame = asked(of(day(OFFERED, none)))
        assert lost(frame) == ()
        assert frame["tAnswered_count"].tolist() == [0]

    def test_of_one_day_cost_the_group_its_total(self):
        odd = day(metric("nOffered", count=None), interval=TUESDAY)
        frame = asked(of(day(OFFERED), odd))
        assert frame["nOffered_count"].fillna(-1).tolist() == [10, -1]
        assert rollup(frame, ("queue_id",), [KPI_BY_KEY["offered"]])["offered"].isna().all()
