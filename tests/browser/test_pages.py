"""Every page, as a viewer opens it from a link."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, get_args

import pytest
from playwright.sync_api import Page

from dashboard import menu
from genesys.demo import DemoServer
from tests.browser.app_server import AppServer
from tests.browser.browsing import SCREENSHOTS, SIZES, Scheme, settle, shoot
from tests.browser.reading import TWO_QUEUES, Clicks, link, main, overflow
from tests.browser.screenshots import PAGES

pytestmark = pytest.mark.browser

Open = Callable[..., Page]

TITLES: Final = {entry.key: entry.title for entry in menu.ENTRIES} | {
    "queue": "Complaints (Claims)",
    "queues-compared": "Queues",
}


def first_words(page: Page) -> str:
    """What stands on top of a page, which is its title."""
    return main(page).inner_text().strip().splitlines()[0]


@pytest.mark.parametrize("name", ["queues", "connection"])
def test_the_first_visitor_of_a_fresh_server_gets_frame_and_page(
    start_server: Callable[..., AppServer], open_page: Open, name: str
) -> None:
    page = open_page(start_server().url + PAGES[name])

    assert page.get_by_test_id("stTopNavLink").all_inner_texts()
    assert page.get_by_test_id("stSidebar").is_visible() == (name != "connection")
    assert first_words(page) == TITLES[name]
    assert page.get_by_test_id("stException").count() == 0


@pytest.mark.parametrize("scheme", get_args(Scheme))
@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_by_its_link_and_fits_every_window(
    app_server: AppServer, open_page: Open, name: str, scheme: Scheme
) -> None:
    page = open_page(app_server.url + PAGES[name], scheme=scheme)

    assert first_words(page) == TITLES[name]
    assert page.get_by_test_id("stException").count() == 0
    for viewport in SIZES:
        page.set_viewport_size(viewport)
        settle(page)
        assert overflow(page) == 0, viewport
        shoot(page, SCREENSHOTS / f"{name}-{scheme}-{viewport['width']}.png")


def test_pages_seen_before_ask_for_nothing(
    app_server: AppServer, organization: DemoServer, open_page: Open
) -> None:
    page = open_page(link(f"{app_server.url}/queues", {"pick": TWO_QUEUES[0]}))
    walk(page)
    before = len(organization.requests)

    walk(page)

    assert organization.requests[before:] == []


def walk(page: Page) -> None:
    """Through all pages of the menu, and back."""
    titles = [entry.title for entry in menu.ENTRIES]
    for title in (*titles, *reversed(titles[:-1])):
        Clicks().menu(page, title)
