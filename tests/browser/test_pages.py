"""Every page, as a viewer opens it from a link."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.accessibility import serious
from tests.browser.app_server import AppServer
from tests.browser.browsing import DESKTOP, SIZES, open_pages, settle
from tests.browser.reading import first_words, main, overflow
from tests.browser.screenshots import PAGES, TITLES

pytestmark = pytest.mark.browser

GROUND: Final = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"


@dataclass(frozen=True)
class Opened:
    """A page that is open, and the name of its pictures."""

    page: Page
    name: str


@pytest.fixture(scope="module", params=PAGES)
def opened(
    app_server: AppServer, browser: BrowserContext, request: pytest.FixtureRequest
) -> Iterator[Opened]:
    """Each page, opened once for all tests of it."""
    with open_pages(browser) as open_page:
        yield Opened(open_page(app_server.url + PAGES[request.param]), request.param)


def test_a_page_opens_by_its_link(opened: Opened) -> None:
    assert first_words(opened.page) == TITLES[opened.name]
    assert opened.page.get_by_test_id("stException").count() == 0


def test_charts_and_tables_have_names(opened: Opened) -> None:
    for chart in main(opened.page).get_by_test_id("stPlotlyChart").all():
        assert chart.get_attribute("role") == "figure"
        assert chart.get_attribute("aria-label")
    for table in main(opened.page).locator("table").all():
        assert table.locator("caption").count() or table.get_attribute("aria-label")


def test_a_page_fits_every_window(opened: Opened) -> None:
    for viewport in SIZES:
        opened.page.set_viewport_size(viewport)
        settle(opened.page)
        assert overflow(opened.page) == 0, viewport
    opened.page.set_viewport_size(DESKTOP)


def test_assistive_technology_finds_nothing_serious_in_either_theme(opened: Opened) -> None:
    assert serious(opened.page) == []
    light = opened.page.evaluate(GROUND)

    opened.page.emulate_media(color_scheme="dark")
    opened.page.reload()  # the server knows the theme from the next run on
    expect(main(opened.page)).to_contain_text(TITLES[opened.name])  # that run has begun
    settle(opened.page)
    assert opened.page.evaluate(GROUND) != light

    assert serious(opened.page) == []
