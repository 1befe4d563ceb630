"""The dashboard without a mouse; test_pages has what assistive technology finds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import serious
from tests.browser.app_server import AppServer
from tests.browser.browsing import settle
from tests.browser.reading import FIRST, LAST, link, main, params

pytestmark = pytest.mark.browser

Open = Callable[..., Page]


MOST_TABS: Final = 120
"""No page has more elements that take the focus; whoever needs more is going round."""


def test_the_table_as_changes_and_behind_a_chart_is_as_good(app_server: AppServer, open_page: Open):
    page = open_page(link(app_server.url, {"cells": "Changes"}), scheme="dark")
    main(page).locator(".st-key-trend-chart-table summary").click()
    expect(main(page).get_by_role("table", name="over time, as a table")).to_be_visible()
    settle(page)

    assert serious(page) == []


def test_from_the_filters_to_a_file_without_a_mouse(app_server: AppServer, open_page: Open):
    page = open_page(link(app_server.url))
    page.evaluate("document.activeElement.blur()")

    tab_to(page, "voice")
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    assert focused(page) == "chat"
    page.keyboard.press("Enter")
    tab_to(page, "Apply")
    page.keyboard.press("Enter")
    expect(main(page)).to_contain_text("all queues · chat")
    settle(page)
    assert params(page)["media"] == ["chat"]

    tab_to(page, "Download")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
    tab_to(page, "CSV")
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")

    name = waiting.value.suggested_filename
    words = "service-level_by-queue-and-media-type_chat"
    assert name == f"northwind-mutual-demo_{FIRST}_{LAST}_{words}.csv"
    assert Path(waiting.value.path()).read_bytes().startswith(b"\xef\xbb\xbfQueue,")


def focused(page: Page) -> str:
    """What the element that has the focus says, without its icons."""
    return str(
        page.evaluate(
            "() => { const it = document.activeElement.cloneNode(true);"
            " it.querySelectorAll('[data-testid=stIconMaterial]').forEach(icon => icon.remove());"
            " return it.textContent.trim(); }"
        )
    )


def tab_to(page: Page, text: str) -> None:
    """Press Tab until what says this has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if focused(page) == text:
            return
    raise AssertionError(f"Tab never comes to {text!r}.")
