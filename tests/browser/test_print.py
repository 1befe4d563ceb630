"""Pages on paper: all figures, light, numbered, whatever way the sheet lies."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Final
from unicodedata import normalize

import pytest
from playwright.sync_api import BrowserContext, Page
from pypdf import PdfReader

from tests.browser.app_server import AppServer
from tests.browser.browsing import open_pages
from tests.browser.reading import LAST, TWO_QUEUES, link, main

pytestmark = pytest.mark.browser

PAGES: Final = {
    "Overview": ("", {}),
    "Queues": ("/queues", {}),
    "Media types": ("/media", {}),
    "When": ("/when", {}),
    "What changed": ("/changes", {}),
    "Complaints": ("/queues", {"pick": TWO_QUEUES[0]}),
}

TEXTS: Final = """tables => tables.flatMap(table => [...table.rows].flatMap(row =>
    [...row.cells].map(cell => cell.querySelector('a, span').textContent)))"""

DARK: Final = """() => [document.body, ...document.querySelectorAll(
    '.stApp, [data-testid=stMain], [data-testid=stMetric]')].map(
    each => getComputedStyle(each).backgroundColor)"""


def printed(page: Page, *, landscape: bool) -> list[str]:
    """The text of each sheet, without blanks and ligatures, as those of paper are its own."""
    sheets = PdfReader(BytesIO(page.pdf(format="A4", landscape=landscape, print_background=True)))
    return [closed(sheet.extract_text()) for sheet in sheets.pages]


def closed(text: str) -> str:
    return "".join(normalize("NFKC", text).split())


@pytest.fixture(scope="module", params=PAGES)
def opened(
    app_server: AppServer, browser: BrowserContext, request: pytest.FixtureRequest
) -> Iterator[tuple[str, Page]]:
    """Each page by its title, opened in the dark once for all tests of it."""
    path, more = PAGES[request.param]
    with open_pages(browser) as open_page:
        yield request.param, open_page(link(app_server.url + path, more), scheme="dark")


overview = pytest.mark.parametrize("opened", ["Overview"], indirect=True)


def test_a_page_prints_all_its_figures_on_numbered_sheets(opened: tuple[str, Page]):
    title, page = opened
    texts = main(page).locator(".figures table").evaluate_all(TEXTS)

    for landscape in (False, True):
        sheets = printed(page, landscape=landscape)
        whole = "".join(sheets)

        assert title.replace(" ", "") in sheets[0]
        assert [f"{at}/{len(sheets)}" in text for at, text in enumerate(sheets, 1)] == [True] * len(
            sheets
        )
        assert all(f"{LAST.day}{LAST:%b%Y}" in text for text in sheets)
        assert {text for text in texts if closed(text) not in whole} == set()


@overview
def test_paper_is_light_and_without_what_is_there_to_be_pressed(opened: tuple[str, Page]):
    _, page = opened
    before = page.evaluate(DARK)
    page.emulate_media(media="print", color_scheme="dark")

    assert {*page.evaluate(DARK)} <= {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
    assert before != page.evaluate(DARK)
    for name in ("stSidebar", "stHeader", "stButton", "stPopover", "stPageLink", "stButtonGroup"):
        for element in page.get_by_test_id(name).all():
            assert not element.is_visible(), name
    page.emulate_media(media="null", color_scheme="dark")


@overview
def test_words_in_tiles_are_whole_on_a_narrow_sheet(opened: tuple[str, Page]):
    _, page = opened

    sheets = PdfReader(BytesIO(page.pdf(format="A4", print_background=True)))

    text = normalize("NFKC", sheets.pages[0].extract_text())
    for label in ("Answer %", "Abandon %", "Service Level %", "Avg Handle"):
        assert label in text
