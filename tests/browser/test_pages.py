"""Every page, as a viewer opens it from a link."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.app_server import AppServer
from tests.browser.browsing import DESKTOP, PHONE, SCREENSHOTS, shoot
from tests.browser.reading import overflow
from tests.browser.screenshots import PAGES

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_the_first_visitor_of_a_fresh_server_gets_frame_and_page(
    start_server: Callable[..., AppServer], open_page: Callable[..., Page], path: str
) -> None:
    page = open_page(start_server().url + path)

    assert page.get_by_test_id("stSidebar").is_visible()
    assert page.get_by_test_id("stMain").get_by_role("heading").count() >= 1
    assert page.get_by_test_id("stException").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_a_page_fits_the_window(
    app_server: AppServer,
    open_page: Callable[..., Page],
    path: str,
    viewport: dict[str, int],
    scheme: str,
) -> None:
    page = open_page(app_server.url + path, viewport=viewport, scheme=scheme)

    assert overflow(page) == 0
    shoot(page, SCREENSHOTS / f"{path.strip('/') or 'start'}-{scheme}-{viewport['width']}.png")
