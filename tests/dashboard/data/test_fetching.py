"""From a selection to figures: what is asked, what is kept and how long, and whose it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from dashboard.data import fetching
from dashboard.data import organization as at_work
from dashboard.selecting.selection import CUSTOM, DEFAULT, Selection
from genesys.__main__ import main
from genesys.analytics.fetch import Progress
from genesys.demo import DemoOptions, DemoServer, serve
from genesys.errors import Cancelled, PermissionMissing, QueryError
from genesys.insights.earlier import Way
from genesys.insights.report import report
from genesys.kpis.catalogue import KPI_BY_KEY
from genesys.kpis.parts import GROUP
from genesys.safe_csv import to_csv
from tests.conftest import DEMO_NOW
from tests.dashboard.world import (
    BILLING,
    CLAIMS,
    FIRST_WEEK,
    FIRST_WEEK_FIGURES,
    TODAY,
    World,
    figures,
    offered,
    total,
)

DELETED = "2cca10b1-ebf1-5bae-87a7-5cf120d02367"


def test_the_first_view_signs_on_and_asks_who_which_queues_and_both_intervals(world: World):
    figures(FIRST_WEEK)

    assert world.asked() == ["token", "me", "all", "query", "query"]


def test_figures_of_a_week(world: World):
    seen = figures(FIRST_WEEK)

    assert total(seen, *FIRST_WEEK_FIGURES) == [*FIRST_WEEK_FIGURES.values()]
    assert seen.source.organization == "Northwind Mutual (demo)"
    assert (seen.source.is_demo, seen.zone.key) == (False, "Europe/London")


@pytest.mark.parametrize(
    "other",
    [
        FIRST_WEEK,
        replace(FIRST_WEEK, media_types=("email",)),
        replace(FIRST_WEEK, queue_ids=(CLAIMS,)),
        replace(FIRST_WEEK, find="claims"),
        replace(FIRST_WEEK, kpis=("max_wait_sec",)),
        replace(FIRST_WEEK, step="hour"),
    ],
    ids=["same", "media", "queue", "find", "kpis", "the automatic step by name"],
)
def test_another_look_at_the_same_interval_asks_nothing(world: World, other: Selection):
    figures(FIRST_WEEK)
    world.asked()

    figures(other)

    assert world.asked() == []


def test_days_begin_in_the_zone_of_the_selection(world: World):
    figures(FIRST_WEEK)
    world.asked()

    seen = figures(replace(FIRST_WEEK, zone="Asia/Kathmandu"))

    assert seen.interval.text(seen.zone) == (
        "2026-06-01T00:00:00.000+05:45/2026-06-08T00:00:00.000+05:45"
    )
    assert (seen.zone.key, seen.source.zone_is_set) == ("Asia/Kathmandu", True)
    assert world.asked() == ["query", "query"]


def test_another_comparison_asks_the_earlier_interval_alone(world: World):
    first = figures(FIRST_WEEK)
    world.asked()

    year = figures(replace(FIRST_WEEK, compare=Way.YEAR))
    figures(replace(FIRST_WEEK, compare=Way.WEEKDAYS))
    again = figures(replace(FIRST_WEEK, compare=Way.YEAR))

    # Weekdays of a whole week are the week before, which is there already.
    assert world.asked() == ["query"]
    assert year.frame.equals(first.frame)
    assert [each.comparison.words for each in (first, year)] == [
        "Mon 1 – Sun 7 Jun 2026 against Mon 25 – Sun 31 May 2026",
        "Mon 1 – Sun 7 Jun 2026 against Mon 2 – Sun 8 Jun 2025",
    ]
    assert again.earlier.equals(year.earlier)


def test_the_earlier_figures_are_those_of_the_earlier_interval_and_filtered_alike(world: World):
    before = Selection(period=CUSTOM, first=date(2026, 5, 25), last=date(2026, 5, 31))
    for filters in ({}, {"media_types": ("email",)}, {"queue_ids": (CLAIMS,)}):
        seen = figures(replace(FIRST_WEEK, **filters))
        then = figures(replace(before, **filters))

        assert offered(seen.earlier) == offered(then.frame) > 0


def test_the_earlier_interval_may_be_looked_at_as_the_chosen_one_is_refreshed(world: World):
    first = figures(TODAY)
    world.pass_by(30)
    fetching.refresh(first.source, first.interval)
    second = figures(TODAY)

    assert second.as_of == DEMO_NOW + timedelta(seconds=30)
    assert first.comparison.earlier == second.comparison.earlier


def test_weeks_and_months_are_added_up_from_the_days_that_are_there(world: World):
    for step in ("day", "week", "month"):
        figures(replace(FIRST_WEEK, step=step))

    assert world.asked().count("query") == 2


def test_filters_choose_rows(world: World):
    emails = figures(replace(FIRST_WEEK, media_types=("email",)))
    claims = figures(replace(FIRST_WEEK, queue_ids=(CLAIMS,), media_types=("voice",)))
    both = figures(replace(FIRST_WEEK, queue_ids=(BILLING, CLAIMS), media_types=("voice",)))
    deleted = figures(replace(FIRST_WEEK, find="Deleted"))

    assert [offered(each.frame) for each in (emails, claims, both)] == [2836, 2327, 2327 + 1897]
    assert (set(deleted.frame["queue_id"]), offered(deleted.frame)) == ({DELETED}, 59 + 226)
    assert claims.trend is claims.frame


def test_a_queue_that_nobody_knows_has_no_figures(world: World):
    assert figures(replace(FIRST_WEEK, queue_ids=("gone",))).frame.empty


def test_a_search_that_finds_no_queue_is_an_error(world: World):
    with pytest.raises(QueryError, match="There is no queue with 'nothing like it' in its name"):
        figures(replace(FIRST_WEEK, find="nothing like it"))


def test_a_closed_interval_is_kept_an_hour(world: World):
    first = figures(FIRST_WEEK)
    world.pass_by(3599)
    assert figures(FIRST_WEEK).as_of == first.as_of
    world.asked()

    world.pass_by(1)

    assert figures(FIRST_WEEK).as_of == DEMO_NOW + timedelta(hours=1)
    assert world.asked().count("query") == 2


def test_a_running_interval_is_kept_a_minute_although_its_end_moves_on(world: World):
    world.pass_by(30)
    first = figures(TODAY)
    world.pass_by(59)
    second = figures(TODAY)
    assert world.asked().count("query") == 2

    world.pass_by(1)
    third = figures(TODAY)

    assert world.asked() == ["query", "query"]
    ends = [DEMO_NOW, DEMO_NOW, DEMO_NOW + timedelta(minutes=1)]
    assert [each.interval.end for each in (first, second, third)] == ends
    assert [each.comparison.earlier.end for each in (first, second, third)] == [
        end - timedelta(days=1) for end in ends
    ]
    assert [each.as_of.second for each in (first, second, third)] == [30, 30, 30]


def test_a_day_that_has_just_ended_is_not_taken_for_the_running_one(world: World):
    world.now = datetime(2026, 6, 15, 22, 59, 30, tzinfo=UTC)
    running = figures(TODAY)
    world.pass_by(40)
    closed = figures(Selection(period="yesterday"))

    assert world.asked().count("query") == 4
    assert closed.interval.start == running.interval.start
    assert closed.interval.end == running.interval.end + timedelta(minutes=1)


def test_refresh_asks_anew_for_this_interval_and_the_queues_alone(world: World):
    seen = figures(FIRST_WEEK)
    figures(DEFAULT)
    world.asked()

    world.pass_by(5)
    fetching.refresh(seen.source, seen.interval)

    assert figures(FIRST_WEEK).as_of == DEMO_NOW + timedelta(seconds=5)
    assert world.asked() == ["all", "query"]
    # The week before the default's is the one refreshed, which is there again.
    figures(DEFAULT)
    assert world.asked() == []


def test_the_list_of_queues_is_kept_ten_minutes(world: World):
    figures(FIRST_WEEK)
    world.pass_by(599)
    figures(FIRST_WEEK)
    assert world.asked().count("all") == 1

    world.pass_by(1)
    figures(FIRST_WEEK)

    assert world.asked() == ["all"]


def test_a_page_says_what_the_command_line_says(world: World, capsysbinary):
    seen = figures(FIRST_WEEK)
    kpis = [KPI_BY_KEY[key] for key in ("offered", "abandon_pct", "max_wait_sec", "asa_sec")]
    page = report(seen.frame, seen.interval, seen.zone, seen.directory, GROUP, kpis)

    dates = ["--from", "2026-06-01", "--to", "2026-06-07"]
    keys = ["--kpis", ",".join(kpi.key for kpi in kpis)]
    code = main(["report", *dates, *keys, "--format", "csv", "--full", "--quiet"], now=DEMO_NOW)

    assert code == 0
    assert capsysbinary.readouterr().out == to_csv(page)
    assert len(page) == 56


def test_organizations_are_kept_apart(world: World, sign_on: Callable[[DemoServer], None]):
    here = figures(FIRST_WEEK)
    with serve(DemoOptions(rate_limit=0, seed=8, queues=3, clock=lambda: DEMO_NOW)) as other:
        sign_on(other)
        at_work._client.cache_clear()
        there = figures(FIRST_WEEK)

    assert len(there.directory.queues) == 3
    assert offered(there.frame) != offered(here.frame)


def test_a_failure_is_not_kept(world: World, sign_on: Callable[[DemoServer], None]):
    permission = "analytics:conversationAggregate:view"
    with serve(DemoOptions(rate_limit=0, deny=(permission,))) as server:
        sign_on(server)
        for _ in range(2):
            before = len(server.requests)
            with pytest.raises(PermissionMissing) as caught:
                figures(FIRST_WEEK)
            assert caught.value.facts.permissions == (permission,)

            new = server.requests[before:]
            assert {each.status for each in new if each.path.endswith("/query")} == {403}


def test_whoever_stops_a_fetch_leaves_it_undone(world: World):
    seen: list[Progress] = []

    def stop(progress: Progress) -> None:
        seen.append(progress)
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        figures(FIRST_WEEK, stop)
    assert len(seen) == 1

    done: list[Progress] = []
    figures(FIRST_WEEK, done.append)
    assert done[-1] == Progress(2, 2)


def test_now_is_an_aware_moment():
    assert abs(fetching.now() - datetime.now(UTC)) < timedelta(minutes=1)
