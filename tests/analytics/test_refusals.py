"""Refused metrics: found, left out, remembered, and said of the KPIs that need them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genesys.analytics.fetch import Progress, fetch, fetch_all
from genesys.analytics.refusals import RefusedMetrics, first_named, is_refused_value
from genesys.errors import ApiError, Facts, PermissionMissing
from genesys.intervals import Granularity, whole_days
from genesys.kpis.catalogue import CATALOGUE_METRICS, KPI_BY_KEY
from genesys.kpis.rollup import rollup
from tests.analytics.refusing import Refusing, ask, counts, refused
from tests.asking import LONDON, budget, week
from tests.examples import examples

A_YEAR = week(interval=whole_days(date(2025, 6, 1), date(2026, 5, 31), LONDON))
"""A query of 12 pieces."""


class TestFinding:
    """The refused metrics and no others are left out, however the API words its refusal."""

    def test_a_metric_that_is_named_is_asked_apart_and_all_others_together(self):
        api = Refusing(("nError",), lambda names: f"The metric '{names[0]}' is not accepted.")
        answer = ask(api, "nOffered nError nOutbound")

        assert api.asked == [
            ["nOffered", "nError", "nOutbound"],
            ["nError"],
            ["nOffered", "nOutbound"],
        ]
        assert counts(answer) == {"nOffered_count": 7, "nOutbound_count": 7}
        assert answer.refused == ("nError",)
        assert answer.query.metrics == ("nOffered", "nError", "nOutbound")

    def test_none_is_named_and_the_metrics_are_halved(self):
        api = Refusing(("nError",))
        answer = ask(api, "nOffered nError nOutbound nConsult")

        assert api.asked == [
            ["nOffered", "nError", "nOutbound", "nConsult"],
            ["nOffered", "nError"],
            ["nOffered"],
            ["nError"],
            ["nOutbound", "nConsult"],
        ]
        assert counts(answer) == {"nOffered_count": 7, "nOutbound_count": 7, "nConsult_count": 7}

    @pytest.mark.parametrize(
        "message",
        ["One of: nOffered, nOutbound, nConsult.", "nOffered and nErrors are known.", "", "No."],
    )
    def test_a_metric_that_is_named_as_accepted_is_not_lost(self, message: str):
        api = Refusing(("nError", "nConnected"), lambda _: message)
        answer = ask(api, "nOffered nError nOutbound nConnected nConsult")

        assert counts(answer) == {"nOffered_count": 7, "nOutbound_count": 7, "nConsult_count": 7}
        assert answer.refused == ("nError", "nConnected")

    def test_the_refused_have_no_columns_so_that_nothing_takes_them_for_zero(self):
        answer = ask(Refusing(("tVoicemail",)), "nOffered tVoicemail tAnswered tAbandon tHandle")

        assert not [name for name in answer.frame if name.startswith("tVoicemail")]
        kpis = [KPI_BY_KEY["offered"], KPI_BY_KEY["voicemail"]]
        row = rollup(answer.frame, (), kpis).iloc[0]
        assert row["offered"] == 7
        assert row.isna()["voicemail"]

    @pytest.mark.parametrize("granularity", [None, Granularity.DAY])
    def test_a_metric_that_only_some_pieces_refuse_has_no_columns_either(self, granularity):
        class RefusingLater(Refusing):
            def aggregate(self, body: dict[str, Any], budget: object) -> bytes:
                self.refuse = () if body["interval"].startswith("2025-06-01") else ("nError",)
                return super().aggregate(body, budget)

        api = RefusingLater(())
        metrics = ("nOffered", "nError")
        query = week(interval=A_YEAR.interval, metrics=metrics, granularity=granularity)
        answer = fetch(api, query, budget())

        assert api.asked[0] == ["nOffered", "nError"]
        assert answer.refused == ("nError",)
        assert counts(answer) == {"nOffered_count": 12 * 7}
        assert not [name for name in answer.frame if name.startswith("nError")]

    def test_once_known_they_are_asked_in_no_further_piece(self):
        api = Refusing(("nOffered",), lambda names: f"{names[0]} is not accepted.")
        answer = fetch(api, A_YEAR, budget())

        assert len(api.asked) == 14
        assert sum("nOffered" in metrics for metrics in api.asked) == 2
        assert answer.frame["tAnswered_count"].sum() == 12 * 7

    def test_progress_ends_with_all_of_what_was_answered(self):
        seen: list[Progress] = []
        fetch(Refusing(("tWait",)), A_YEAR, budget(), on_progress=seen.append)

        assert [each.done for each in seen] == sorted(each.done for each in seen)
        assert seen[-1].done == seen[-1].total > 12


SOME = CATALOGUE_METRICS[:8]


@examples(15)
@given(
    refused_ones=st.sets(st.sampled_from(SOME), max_size=6),
    named=st.lists(st.sampled_from(SOME), max_size=4),
    pressure=st.sampled_from([0.0, 1.0]),
)
def test_whatever_is_refused_and_whatever_is_named_all_others_are_answered(
    refused_ones: set[str], named: list[str], pressure: float
):
    api = Refusing(tuple(refused_ones), lambda _: f"See {', '.join(named)}.", pressure)
    answer = ask(api, " ".join(SOME))

    assert set(answer.refused) == refused_ones
    asked = {name.removesuffix("_count") for name in counts(answer)}
    assert asked == set(SOME) - refused_ones
    assert set(counts(answer).values()) == {7}


class TestStanding:
    """An error that leaving out a metric does not mend stays what it was."""

    @pytest.mark.parametrize("metrics", ["nError", "nError nConnected"])
    def test_every_metric_is_refused(self, metrics: str):
        refusals = RefusedMetrics()
        with pytest.raises(ApiError, match="not accepted") as caught:
            ask(Refusing(("nError", "nConnected")), metrics, refusals)

        assert caught.value.facts.code == "invalid.value"
        assert caught.value.piece.startswith("Mon 11 – Sun 17 May 2026")
        assert refusals.metrics == frozenset()

    def test_one_of_several_queries_has_no_other_metric(self):
        queries = [week(metrics=("nOffered", "nError")), week(metrics=("nError",))]
        with pytest.raises(ApiError, match="not accepted"):
            fetch_all(Refusing(("nError",)), queries, budget())

    @pytest.mark.parametrize(
        "error",
        [
            refused("nError", code="bad.request"),
            refused("nError", status=500),
            PermissionMissing("nError", "", Facts(status=403, code="missing.permissions")),
        ],
    )
    def test_other_errors_are_no_refusals(self, error: ApiError):
        class Failing(Refusing):
            def aggregate(self, body: dict[str, Any], budget: object) -> bytes:
                super().aggregate(body, budget)
                raise error

        api = Failing(())
        assert not is_refused_value(error)
        with pytest.raises(type(error)):
            ask(api, "nOffered nError")
        assert len(api.asked) == 1


def test_the_first_metric_named_is_a_whole_word_and_one_of_those_asked():
    error = refused("tWaits, tAnswered or nOffered?")
    assert first_named(error, ("nOffered", "tAnswered", "tWait")) == "tAnswered"
    assert first_named(error, ("tWait",)) == ""
