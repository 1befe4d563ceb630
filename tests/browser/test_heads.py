"""The heads of every table: each is come to by Tab, sorts, and leaves the page where it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Locator, Page

from tests.browser.app_server import AppServer
from tests.browser.browsing import open_pages, settle
from tests.browser.reading import TWO_QUEUES, Clicks, link, main

pytestmark = pytest.mark.browser

BY_MENU: Final = (
    "Overview",
    "Queues",
    "Media types",
    "When",
    "What changed",
    "Query",
    "Connection",
)
BY_LINK: Final[Mapping[str, tuple[str, Mapping[str, str | Sequence[str]]]]] = {
    "overview by division": ("", {"rows": "By division"}),
    "overview changes": ("", {"cells": "Changes"}),
    "one queue": ("/queues", {"pick": TWO_QUEUES[0]}),
    "side by side": ("/queues", {"pick": TWO_QUEUES}),
}

WAYS: Final = """table => [...table.tHead.rows[0].cells].map(head => [head.className,
    ...[1, 2, 3].map(
        () => { head.querySelector('button').click(); return head.getAttribute('aria-sort'); })])"""
"""What three clicks on each head make of its column, behind what the head is."""


HEAD: Final = """table => [...table.tHead.querySelectorAll('button')].indexOf(
    table.getRootNode().activeElement)"""
"""The place of the head that has the focus; -1 where none has it."""


def walked(page: Page, table: Locator) -> list[int]:
    """The heads that Tab comes to, from the first on, before what else takes the focus."""
    table.get_by_role("button").first.focus()
    heads = []
    for _ in range(table.get_by_role("columnheader").count() + 1):  # and the field that finds
        heads.append(int(table.evaluate(HEAD)))
        page.keyboard.press("Tab")
    return [each for each in heads if each >= 0]


@pytest.fixture(scope="module")
def walked_through(app_server: AppServer, browser: BrowserContext) -> Iterator[Page]:
    with open_pages(browser) as open_page:
        yield open_page(link(app_server.url))


@pytest.mark.parametrize("title", BY_MENU)
def test_every_head_of_every_table_sorts_and_the_page_stays(walked_through: Page, title: str):
    Clicks().menu(walked_through, title)
    assert_every_head_sorts_and_the_page_stays(walked_through)


@pytest.mark.parametrize("name", BY_LINK)
def test_every_head_of_a_table_that_a_link_chose_sorts_and_the_page_stays(
    app_server: AppServer, open_page: Callable[..., Page], name: str
):
    path, more = BY_LINK[name]
    assert_every_head_sorts_and_the_page_stays(open_page(link(app_server.url + path, more)))


def assert_every_head_sorts_and_the_page_stays(page: Page) -> None:
    at, title = urlsplit(page.url).path, page.get_by_role("heading", level=1).inner_text()
    for behind in main(page).get_by_text("As a table").all():
        behind.click()
    settle(page)

    tables = main(page).locator(".figures table").all()
    assert tables
    for each in tables:
        assert walked(page, each) == list(range(each.get_by_role("columnheader").count()))
        first = each.locator("tbody").inner_text()
        for kind, *ways in each.evaluate(WAYS):
            usual = ["ascending", "descending"] if kind == "text" else ["descending", "ascending"]
            assert ways == [*usual, "none"]
        each.get_by_role("columnheader").last.get_by_role("button").click()
        for _ in range(2):
            each.get_by_role("columnheader").last.get_by_role("button").click()
        assert each.locator("tbody").inner_text() == first
    settle(page)

    assert urlsplit(page.url).path == at
    assert page.get_by_role("heading", level=1).inner_text() == title
