"""More rows than are asked for at once: tables and trend apart, or a few queues alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest

from dashboard.selecting.selection import Selection
from genesys.analytics.frames import ALL, END, START
from genesys.kpis.catalogue import KPI_BY_KEY, KPIS
from genesys.kpis.rollup import GROUP, rollup
from reports.data import queries
from tests.by_frame import trend
from tests.dashboard.world import CLAIMS, FIRST_WEEK, TODAY, World, figures, offered, total

HALF_HOURS = Selection(period="last-30-days", step="half-hour")
"""24 queues x 2 media types x 1,440 half hours are more rows than are asked for at once."""


def test_too_many_rows_are_asked_for_as_a_table_and_as_a_trend(world: World):
    seen = figures(HALF_HOURS)

    # The table and the trend, of both intervals.
    assert world.asked().count("query") == 4
    assert (seen.frame[END] - seen.frame[START]).unique() == [timedelta(days=30)]
    assert set(seen.trend["queue_id"]) == {ALL}
    assert (seen.trend[END] - seen.trend[START]).unique() == [timedelta(minutes=30)]
    in_queues = seen.frame[seen.frame["queue_id"] != "(none)"]
    assert offered(seen.trend) == offered(in_queues)


def test_the_figures_are_the_same_however_they_are_asked_for(world: World):
    by_day = figures(replace(HALF_HOURS, step="day"))
    at_once = figures(HALF_HOURS)

    whole = [rollup(seen.frame, GROUP, KPIS) for seen in (by_day, at_once)]
    pd.testing.assert_frame_equal(whole[0], whole[1])


def test_a_few_queues_of_a_large_organization_are_asked_for_alone(world: World):
    figures(FIRST_WEEK)
    world.asked()

    seen = figures(replace(HALF_HOURS, find="claims"))
    again = figures(replace(HALF_HOURS, find="claims", media_types=("voice",)))

    assert world.asked() == ["query", "query"]
    assert seen.trend is seen.frame
    assert set(seen.earlier["queue_id"]) <= set(seen.frame["queue_id"])
    assert sorted({seen.directory.label(key) for key in seen.frame["queue_id"].unique()}) == [
        "Claims",
        "Complaints (Claims)",
        "Home Claims",
        "Motor Claims",
        "Travel Claims",
    ]
    assert set(again.frame["media_type"]) == {"voice"}


def test_the_trend_of_chosen_queues_is_of_these(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(queries, "MOST_BUCKETS", 10)

    every, claims = figures(FIRST_WEEK), figures(replace(FIRST_WEEK, queue_ids=(CLAIMS,)))

    # Both intervals for the table, and their trends of all queues and of one.
    assert world.asked().count("query") == 6
    assert offered(claims.trend) == offered(claims.frame) < offered(every.trend)


def test_table_and_trend_of_a_running_day_end_alike(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(queries, "MOST_BUCKETS", 10)
    by_minute = [
        (50, ()),
        (20, (CLAIMS,)),  # within the life of the table: a new trend for its interval
        (45, ()),  # more than a minute after the first: a new interval
        (50, (CLAIMS,)),
    ]
    for seconds, queue_ids in by_minute:
        world.pass_by(seconds)
        seen = figures(replace(TODAY, queue_ids=queue_ids))

        step = TODAY.step_for(seen.interval)
        course = trend(seen.trend, seen.interval, step, seen.zone, [KPI_BY_KEY["offered"]])
        assert [int(course["offered"].sum())] == total(seen, "offered")
        assert course[END].max() == seen.interval.end
