"""What a viewer reads on a page, and what a viewer does there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.browser.browsing import settle

FIRST = date.today() - timedelta(days=10)  # noqa: DTZ011 - far from any edge
LAST = FIRST + timedelta(days=6)
"""A week that is over in every zone, and never in the future of whoever runs the tests."""

WEEK = {"from": str(FIRST), "to": str(LAST)}


def link(url: str, *more: Mapping[str, str | Sequence[str]]) -> str:
    """The address of the Overview for WEEK, with more parameters."""
    params: dict[str, str | Sequence[str]] = {}
    for each in (WEEK, *more):
        params |= each
    return f"{url}/?{urlencode(params, doseq=True)}"


def params(page: Page) -> dict[str, list[str]]:
    """The parameters in the address bar."""
    return parse_qs(urlsplit(page.url).query)


def tiles(page: Page) -> dict[str, str]:
    """The KPI row."""
    return {
        tile.get_by_test_id("stMetricLabel").inner_text().strip(): tile.get_by_test_id(
            "stMetricValue"
        ).inner_text()
        for tile in page.get_by_test_id("stMetric").all()
    }


def summary(page: Page) -> str:
    """The line under the title."""
    line = page.get_by_test_id("stMain").get_by_test_id("stMarkdown").first
    return line.inner_text().replace("\u2060", "")


def rows(page: Page) -> list[list[str]]:
    """The first rows of the table, header and total first; numbers are as the file has them."""
    lines = page.get_by_test_id("stDataFrame").locator("[role=row]")
    lines.first.wait_for(state="attached")
    found: list[list[str]] = lines.evaluate_all(
        "lines => lines.map(line => [...line.querySelectorAll("
        "'[role=columnheader], [role=gridcell]')].map(cell => cell.textContent))"
    )
    return found


def main(page: Page) -> Locator:
    """The page without its sidebar."""
    return page.get_by_test_id("stMain")


def choose(page: Page, label: str, *options: str) -> None:
    """Pick options in a select box or multiselect of the sidebar."""
    box = page.get_by_test_id("stSidebar").get_by_label(label, exact=True).first
    for option in options:
        box.click()
        page.get_by_role("option", name=option, exact=True).click()
    page.keyboard.press("Escape")


def apply(page: Page, *, then: str) -> None:
    """Apply what is chosen, and wait until the summary says so."""
    page.get_by_role("button", name="Apply").click()
    expect(main(page)).to_contain_text(then)
    settle(page)


def overflow(page: Page) -> int:
    """The pixels by which the page is wider than the window."""
    return int(
        page.evaluate(
            "Math.max(...[document.documentElement, document.querySelector("
            "'[data-testid=stMain]')].map(e => e.scrollWidth - e.clientWidth))"
        )
    )
