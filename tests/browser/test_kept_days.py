"""Kept days in a browser: a year at once, what is usual, and what was known on another day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from genesys.client.api import Api
from genesys.client.budget import Budget
from genesys.days.calendar import last_closed
from genesys.days.filling import ask_again
from genesys.demo import DemoOptions, DemoServer, serve
from genesys.settings import read
from tests.asking import sent
from tests.browser.app_server import AppServer
from tests.days.at_once import days_of, keep_span

QUEUES = 2
TWO_YEARS = 735


@dataclass(frozen=True)
class World:
    """A dashboard over a year of kept days, of which the organization corrected one since."""

    app: AppServer
    organization: DemoServer
    last: date
    corrected: date


@pytest.fixture(scope="module")
def world(
    start_server: Callable[..., AppServer], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    now = datetime.now(UTC)
    folder, last = tmp_path_factory.mktemp("kept"), last_closed(now)
    corrected = last - timedelta(days=4)
    with serve(DemoOptions(queues=QUEUES, rate_limit=0)) as before:
        first = last - timedelta(days=TWO_YEARS)
        keep_span(before, folder, first, last, now - timedelta(days=1))
    options = DemoOptions(queues=QUEUES, rate_limit=0, corrected=(corrected,))
    with serve(options) as organization:
        connection = read(organization.env).connection
        assert connection
        with closing(days_of(organization, folder)) as days, closing(Api(connection)) as api:
            ask_again(days, api, Budget(10**6), now)
            assert days.trouble == ()
        app = start_server(**organization.env, DASHBOARD_DATA=str(folder))
        yield World(app, organization, last, corrected)


def answered(page: Page) -> str:
    tile = page.get_by_test_id("stMetric").filter(has_text="Answer").first
    return tile.get_by_test_id("stMetricValue").inner_text()


def test_a_year_beside_the_year_before_is_on_the_overview_without_a_question(
    world: World, open_page
):
    before = len(world.organization.requests)
    page = open_page(
        f"{world.app.url}/?from={world.last - timedelta(days=364)}&to={world.last}&zone=UTC"
        "&set=volume&compare=weekdays"
    )

    assert int(answered(page).replace(",", "")) > 50_000
    assert "POST/query" not in sent(world.organization, before)


def test_the_trend_has_a_pale_band_of_what_is_usual(world: World, open_page):
    page = open_page(
        f"{world.app.url}/?from={world.last - timedelta(days=7)}&to={world.last}&zone=UTC"
        "&set=volume&step=day&show=Offer"
    )

    expect(page.get_by_text(re.compile("usual.*made of|Usual")).first).to_be_visible()


def test_a_link_shows_what_was_known_on_another_day(world: World, open_page):
    days = f"from={world.corrected - timedelta(days=3)}&to={world.last - timedelta(days=1)}"
    link = f"{world.app.url}/?{days}&zone=UTC&set=volume"
    page = open_page(link)
    expect(page.get_by_text("(UTC) moved, found on").first).to_be_visible()
    now = answered(page)

    page = open_page(f"{link}&as_of={world.last + timedelta(days=3)}")
    known = page.get_by_test_id("stAlert").filter(has_text="As known on")
    expect(known).to_be_visible()
    then = answered(page)
    assert int(then.replace(",", "")) < int(now.replace(",", ""))

    back = page.get_by_role("button", name="As known now")
    said, button = known.bounding_box(), back.bounding_box()
    assert button["x"] > said["x"] + said["width"]
    assert said["y"] < button["y"] + button["height"] / 2 < said["y"] + said["height"]
    back.click()
    expect(known).to_have_count(0)
    expect(page.get_by_test_id("stMetricValue").filter(has_text=now).first).to_be_visible()
    assert "as_of" not in page.url
