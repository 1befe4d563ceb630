"""A walk through all pages by the menu, and back: what has been seen, and a meeting from each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from playwright.sync_api import TimeoutError as NotInTime

from dashboard.selecting import menu
from genesys.demo import DemoServer
from tests.browser.app_server import AppServer
from tests.browser.browsing import open_pages, wait_until
from tests.browser.reading import FIRST, TWO_QUEUES, Clicks, link, params
from tests.browser.showing import FULL

pytestmark = pytest.mark.browser

TITLES: Final = [entry.title for entry in menu.ENTRIES]


@dataclass(frozen=True)
class Walk:
    """A page in which the whole menu was walked twice, and what was asked the second time."""

    page: Page
    began: list[str]
    asked: list[str]


@pytest.fixture(scope="module")
def walk(
    app_server: AppServer, organization: DemoServer, browser: BrowserContext
) -> Iterator[Walk]:
    with open_pages(browser) as open_page:
        page = open_page(link(f"{app_server.url}/queues", {"pick": TWO_QUEUES[0]}))
        for title in TITLES:
            Clicks().menu(page, title)
        before, began = len(organization.requests), []
        for title in reversed(TITLES):
            Clicks().menu(page, title)
            began.append(f"{title}: {begun(page)}")
        yield Walk(page, began, [each.path for each in organization.requests[before:]])


def begun(page: Page) -> str | None:
    """The scene with which a key begins, in full screen, and until another ends it.

    A browser gives full screen for seconds after a key: where a busy machine took longer, the
    next one asks for it again.
    """
    show = page.locator("dialog.show")
    page.keyboard.press("f")
    scene = show.locator(".scene.now")
    scene.wait_for()
    try:
        page.wait_for_function(f"() => {FULL}", timeout=10_000)
    except NotInTime:
        page.keyboard.press("f")
        wait_until(page, FULL)
    key = scene.get_attribute("data-key")
    page.keyboard.press("Escape")
    expect(show).to_have_count(0)
    wait_until(page, f"!({FULL})")
    return key


def test_pages_seen_before_ask_for_nothing_nor_does_a_meeting_of_them(walk: Walk):
    assert walk.asked == []


def test_a_key_begins_in_full_screen_from_every_page(walk: Walk):
    assert walk.began == [f"{title}: headline" for title in reversed(TITLES)]
    assert params(walk.page)["from"] == [str(FIRST)]
