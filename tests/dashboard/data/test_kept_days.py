"""Pages look into kept days first, and what they ask of closed days is kept."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec import structs

from dashboard.data import fetching, organization
from dashboard.data.kept_days import kept_days
from dashboard.sections.connection import connection
from dashboard.sections.requests import origins
from dashboard.sign_in import present
from dashboard.sign_in.present import Present
from genesys.analytics import half_hours
from genesys.organization.scope import Scope
from tests.conftest import DEMO_NOW
from tests.dashboard.world import (
    CLAIMS,
    FIRST_WEEK,
    FIRST_WEEK_FIGURES,
    World,
    figures,
    offered,
    total,
)
from tests.days.at_once import keep_span


@pytest.fixture
def data(tmp_path, monkeypatch) -> Path:
    """Days are kept here."""
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    return tmp_path


def kept(world: World, data: Path, since: str, until: str) -> None:
    keep_span(world.server, data, date.fromisoformat(since), date.fromisoformat(until), DEMO_NOW)


def wait_for_keeping() -> None:
    for thread in threading.enumerate():
        if thread.name == "keeping days":
            thread.join()


def test_a_week_that_is_kept_is_not_asked_and_shows_the_same_figures(data, world: World):
    kept(world, data, "2026-05-24", "2026-06-08")
    world.asked()
    seen = figures(FIRST_WEEK)

    assert world.asked() == ["token", "me", "all"]
    assert total(seen, *FIRST_WEEK_FIGURES) == [*FIRST_WEEK_FIGURES.values()]


def test_of_a_week_that_is_kept_in_part_the_rest_is_asked_and_the_query_page_says_so(
    data, world: World
):
    kept(world, data, "2026-06-03", "2026-06-05")
    seen = figures(FIRST_WEEK)

    assert origins(seen) == (
        (
            r"This interval\: from kept days\: Wed 3 Jun 2026 01\:00 – Sat 6 Jun 2026 01\:00\."
            r" The rest was asked\."
        ),
        "The bodies ask for all of it anew.",
    )
    assert total(seen, "offered") == [19778]


def test_half_hours_that_a_page_asks_are_kept_and_not_asked_again(data, world: World):
    seen = figures(FIRST_WEEK)
    rows = fetching.half_hours(seen, lambda _: None)
    wait_for_keeping()
    days = kept_days(organization.client(), seen.source)
    assert days
    assert sorted(days.asked()) == [date(2026, 6, day) for day in range(1, 7)]

    fetching.clear()
    again = fetching.half_hours(figures(FIRST_WEEK), lambda _: None)
    (answer,) = again.answers
    assert sum((each.length for each in answer.held), timedelta()) == timedelta(days=6)
    assert offered(again.frame) == offered(rows.frame) == 19778


def test_large_organizations_have_half_hours_by_queue_from_kept_days(
    data, world: World, monkeypatch
):
    monkeypatch.setattr(half_hours, "MOST_ROWS", 1_000)
    kept(world, data, "2026-05-31", "2026-06-07")
    fine = fetching.half_hours(figures(FIRST_WEEK), lambda _: None)

    assert fine.answers[0].query.group_by == ("queueId", "mediaType")
    assert fine.answers[0].asked == ()
    assert offered(fine.frame) == 19778


def test_connection_says_how_many_days_are_kept_and_where(data, world: World):
    kept(world, data, "2026-06-03", "2026-06-05")
    said = dict(connection(organization.client(), organization.source()))

    assert said["Kept days"].startswith("3 days, Wed 3 Jun 2026 to Fri 5 Jun 2026, in ")


def test_without_a_place_none_are_kept_and_connection_says_so(world: World):
    said = dict(connection(organization.client(), organization.source()))

    assert said["Kept days"].startswith("none are kept here")


def test_of_kept_days_people_see_their_divisions_alone(data, world: World, monkeypatch):
    kept(world, data, "2026-05-24", "2026-06-08")
    theirs = Scope(division_names=frozenset({"Sales"}))
    monkeypatch.setattr(present, "present", lambda: Present(None, theirs))
    seen = figures(FIRST_WEEK)
    fine = fetching.half_hours(seen, lambda _: None)
    listed = world.server.people.organization.queues
    sales = {each.id for each in listed if each.division.name == "Sales"}

    assert seen.now.answers[0].held
    for frame in (seen.frame, seen.earlier, fine.frame):
        assert {*frame["queue_id"].cat.categories} <= sales


def test_the_division_of_a_queue_is_the_one_it_has_today(data, world: World, monkeypatch):
    kept(world, data, "2026-05-24", "2026-06-08")
    theirs = Scope(division_names=frozenset({"Sales"}))
    monkeypatch.setattr(present, "present", lambda: Present(None, theirs))
    directory = organization.whole_directory()
    sales = next(
        each.division for each in directory.queues.values() if each.division.name == "Sales"
    )
    claims = structs.replace(directory.queues[CLAIMS], division=sales)
    moved = replace(directory, queues={**directory.queues, CLAIMS: claims})
    monkeypatch.setattr(organization, "whole_directory", lambda: moved)

    assert CLAIMS in {*figures(FIRST_WEEK).frame["queue_id"]}
