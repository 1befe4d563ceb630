"""Auto-refresh: only for running intervals, only when wished for, and only of what can change."""

from __future__ import annotations

from genesys.demo import DemoServer
from tests.dashboard.reading import FIRST_WEEK, Open, named
from tests.dashboard.world import TODAY, World, view


def test_a_running_interval_offers_it_and_it_is_off(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, period="today")

    assert named(page.toggle, "Auto-refresh").value is False


def test_a_link_may_switch_it_on(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, period="today", auto="true")

    assert not page.exception
    assert named(page.toggle, "Auto-refresh").value is True


def test_a_finished_interval_does_not_offer_it(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, **FIRST_WEEK)

    assert "Auto-refresh" not in [toggle.label for toggle in page.toggle]


def test_after_a_minute_the_running_interval_is_asked_and_no_list_of_queues(world: World):
    view(TODAY)
    world.asked()

    world.pass_by(30)
    view(TODAY)
    assert world.asked() == []

    world.pass_by(31)
    view(TODAY)
    assert set(world.asked()) == {"query"}
