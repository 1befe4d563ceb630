"""The Overview on paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.browser.app_server import AppServer
from tests.browser.browsing import settle
from tests.browser.reading import link, main

pytestmark = pytest.mark.browser

PAPER: Final[ViewportSize] = {"width": 1047, "height": 718}
"""A4, landscape, in CSS pixels, within margins of 10 mm."""

HIDDEN: Final = (
    "stSidebar",
    "stHeader",
    "stButton",
    "stDownloadButton",
    "stPopover",
    "stPageLink",
)


def test_the_overview_prints_without_filters_and_buttons_and_nothing_is_cut_off(
    app_server: AppServer, open_page: Callable[..., Page]
) -> None:
    page = open_page(link(app_server.url))
    assert page.get_by_test_id("stSidebar").is_visible()

    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)
    settle(page)

    for name in HIDDEN:
        for element in page.get_by_test_id(name).all():
            assert element.evaluate("it => getComputedStyle(it).display") == "none", name
    for name in ("stPlotlyChart", "stBidiComponentIsolated", "stMetric"):
        for element in main(page).get_by_test_id(name).all():
            box = element.bounding_box()
            assert box is not None
            assert box["x"] >= 0, name
            assert box["x"] + box["width"] <= PAPER["width"], name

    written = page.pdf(format="A4", landscape=True, print_background=True)

    assert written.startswith(b"%PDF-")
    assert written.count(b"/Type /Page\n") >= 1
