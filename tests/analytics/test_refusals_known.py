"""What is known of refused metrics, and by whom."""

from __future__ import annotations

import pytest

from genesys.analytics.fetch import Mode, fetch, fetch_all
from genesys.analytics.refusals import RefusedMetrics
from genesys.demo import DemoOptions, DemoServer, serve
from genesys.intervals import Granularity
from genesys.kpis.catalogue import CATALOGUE_METRICS
from tests.analytics.refusing import Refusing, ask, counts
from tests.asking import api_on, budget, sent, week
from tests.conftest import DEMO_NOW
from tests.contacts import figures


class TestMemory:
    """What an organization refuses is found out once."""

    def test_a_refused_metric_is_not_asked_again(self):
        api, refusals = Refusing(("nError",)), RefusedMetrics()
        first = ask(api, "nOffered nError", refusals)
        before = len(api.asked)
        second = ask(api, "nError nOffered", refusals)

        assert api.asked[before:] == [["nOffered"]]
        assert first.refused == second.refused == ("nError",)
        assert figures(first.frame) == figures(second.frame)
        assert ask(api, "nOffered", refusals).refused == ()

    def test_without_a_memory_it_is_found_out_each_time(self):
        api = Refusing(("nError",))
        ask(api, "nOffered nError")
        before = len(api.asked)
        ask(api, "nOffered nError")
        assert len(api.asked) == 2 * before

    def test_what_alone_would_be_left_out_is_asked_all_the_same(self):
        refusals = RefusedMetrics()
        refusals.add(["nError"])
        answer = ask(Refusing(()), "nError", refusals)
        assert (counts(answer), answer.refused) == ({"nError_count": 7}, ())

    def test_two_queries_that_refuse_in_turn_share_what_is_known(self):
        api, refusals = Refusing(("nError", "nConnected")), RefusedMetrics()
        queries = [week(metrics=("nOffered", "nError")), week(metrics=("nOffered", "nConnected"))]
        one, two = fetch_all(api, queries, budget(), refusals=refusals)

        assert (one.refused, two.refused) == (("nError",), ("nConnected",))
        assert refusals.metrics == {"nError", "nConnected"}


class TestDemo:
    """The demo organization with a refused metric, through the whole client."""

    @pytest.fixture
    def refusing(self):
        options = DemoOptions(rate_limit=0, refuse=("tVoicemail",), clock=lambda: DEMO_NOW)
        with serve(options) as server:
            yield server

    @pytest.mark.parametrize("mode", Mode)
    def test_all_other_figures_are_those_of_an_organization_that_refuses_nothing(
        self, demo: DemoServer, refusing: DemoServer, mode: Mode
    ):
        others = tuple(name for name in CATALOGUE_METRICS if name != "tVoicemail")
        query = week(metrics=CATALOGUE_METRICS, granularity=Granularity.DAY)
        with api_on(refusing) as api:
            answer = fetch(api, query, budget(), mode=mode)
        with api_on(demo) as api:
            whole = fetch(api, week(metrics=others, granularity=Granularity.DAY), budget())

        assert answer.refused == ("tVoicemail",)
        assert figures(answer.frame) == figures(whole.frame)

    def test_pieces_that_are_too_large_as_well_are_cut_all_the_same(self, demo: DemoServer):
        query = week(metrics=("tVoicemail", "nOffered", "nError"), granularity=Granularity.DAY)
        options = DemoOptions(
            rate_limit=0, refuse=("tVoicemail", "nError"), result_limit=60, clock=lambda: DEMO_NOW
        )
        with serve(options) as server, api_on(server) as api:
            answer = fetch(api, query, budget())
        with api_on(demo) as api:
            whole = fetch(api, week(metrics=("nOffered",), granularity=Granularity.DAY), budget())

        assert answer.refused == ("tVoicemail", "nError")
        assert figures(answer.frame) == figures(whole.frame)

    def test_two_requests_find_it_out_once_and_for_all(self, refusing: DemoServer):
        refusals, before = RefusedMetrics(), len(refusing.requests)
        query = week(metrics=CATALOGUE_METRICS)
        with api_on(refusing) as api:
            fetch(api, query, budget(), refusals=refusals)
            assert sent(refusing, before) == {"POST/query": 3}
            fetch(api, query, budget(), refusals=refusals)
        assert sent(refusing, before) == {"POST/query": 4}
        assert refusals.metrics == {"tVoicemail"}
