"""Why there is nothing: every moment is written out."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pandas as pd
import pytest

from genesys.analytics.fetch import fetch
from genesys.demo import DemoOptions, DemoServer, serve
from genesys.intervals import Interval, whole_days
from genesys.organization.retention import (
    Emptiness,
    emptiness,
    emptiness_sentence,
    read_retention_days,
    retention_note,
)
from tests.asking import LONDON, api_on, budget, week
from tests.conftest import DEMO_NOW
from tests.hostile import EMPTY_503, NOT_JSON, SILENT, HostileServer, refuse
from tests.insights.test_comparison import frame
from tests.insights.test_earlier import local

NOON = "2026-06-15T12:07:20"

WORK = frame(a__voice={"nOffered_count": 3}, none__voice={"tIvr_count": 9})
ZEROS = frame(a__voice={"nOffered_count": 0}, none__voice={"nOffered_count": 9})
NOTHING = frame()


class TestEmptiness:
    """Beyond retention, no data and zero are three different things."""

    @pytest.mark.parametrize(
        ("selected", "whole", "days", "kind"),
        [
            (NOTHING, NOTHING, 30, Emptiness.RETENTION),
            (NOTHING, NOTHING, 35, Emptiness.NO_DATA),
            (NOTHING, NOTHING, 400, Emptiness.NO_DATA),
            (NOTHING, NOTHING, None, Emptiness.NO_DATA),
            (NOTHING, NOTHING, 0, Emptiness.NO_DATA),
            (NOTHING, NOTHING, 10**9, Emptiness.NO_DATA),
            (NOTHING, WORK, 400, Emptiness.ZERO),
            (ZEROS, ZEROS, None, Emptiness.ZERO),
            (WORK, WORK, None, Emptiness.NONE),
            (WORK, WORK, 400, Emptiness.NONE),
            (WORK, WORK, 35, Emptiness.PARTLY),
            (NOTHING, WORK, 35, Emptiness.PARTLY),
        ],
    )
    def test_kinds(self, selected: pd.DataFrame, whole: pd.DataFrame, days, kind):
        interval = whole_days(date(2026, 5, 8), date(2026, 5, 14), LONDON)
        found = emptiness(selected, whole, interval, local(NOON), LONDON, days)
        assert found is kind

    def test_each_is_said_in_a_sentence(self):
        def said(kind: Emptiness) -> str:
            return emptiness_sentence(kind, local(NOON), LONDON, 30)

        assert said(Emptiness.RETENTION) == (
            "The interval is older than the 30 days for which this organization keeps figures,"
            " back to Sat 16 May 2026: there are none any more, which is not zero."
        )
        assert said(Emptiness.PARTLY) == (
            "This organization keeps figures for 30 days: those before Sat 16 May 2026 are"
            " missing, which is not zero."
        )
        assert said(Emptiness.NO_DATA).startswith("The organization sent no figures at all")
        assert said(Emptiness.ZERO) == (
            "Nothing happened here in this interval, while figures of it are kept."
        )
        assert said(Emptiness.NONE) == ""
        assert all(emptiness_sentence(kind, local(NOON), LONDON, 30) for kind in [*Emptiness][:-1])

    def test_retention_is_read_where_permitted(self, demo: DemoServer):
        with api_on(demo) as api:
            days = read_retention_days(api, budget())
            assert days
            old = DEMO_NOW - timedelta(days=days + 30)
            query = week(interval=Interval(old, old + timedelta(days=7)))
            answer = fetch(api, query, budget())
        interval, whole = answer.query.interval, answer.frame
        assert emptiness(whole, whole, interval, DEMO_NOW, LONDON, days) is Emptiness.RETENTION

    def test_retention_that_may_not_be_read_is_unknown(self):
        options = DemoOptions(rate_limit=0, deny=("analytics:dataRetention:view",))
        with serve(options) as server, api_on(server) as api:
            assert read_retention_days(api, budget()) is None

    @pytest.mark.parametrize("days", [0, -1, -(10**30), 10**30, None])
    def test_that_cannot_be_says_nothing(self, days):
        noon = local(NOON)
        interval = Interval(noon - timedelta(days=900), noon)
        assert retention_note(interval, noon, LONDON, days) == ""

    @pytest.mark.parametrize("fault", [EMPTY_503, refuse(404, "not.found"), NOT_JSON, SILENT])
    def test_that_cannot_be_had_is_unknown(self, fault):
        with (
            HostileServer(itertools.repeat(fault)) as server,
            api_on(server, timeout=(1.0, 0.05)) as api,
        ):
            assert read_retention_days(api, budget()) is None


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ([(8, 15)], "they are shown as they were kept here."),
        ([(8, 12), (11, 15)], "they are shown as they were kept here."),
        ([(8, 10), (12, 15)], "they are shown where they were kept here."),
        ([(15, 20)], "is not zero."),
        ([], "is not zero."),
    ],
)
def test_days_that_are_kept_here_are_not_called_missing(held, words):
    week = whole_days(date(2026, 5, 8), date(2026, 5, 14), LONDON)
    spans = [whole_days(date(2026, 5, a), date(2026, 5, b - 1), LONDON) for a, b in held]

    note = retention_note(week, local(NOON), LONDON, 30, spans)
    assert note.endswith(words)
