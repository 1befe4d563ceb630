"""What a viewer reads on a page, and what a viewer does there."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.browser.browsing import settle

FIRST = date.today() - timedelta(days=10)  # noqa: DTZ011 - far from any edge
LAST = FIRST + timedelta(days=6)
"""A week that is over in every zone, and never in the future of whoever runs the tests."""

WEEK = {"from": str(FIRST), "to": str(LAST)}


TWO_QUEUES: Final = (
    "263bded7-2f44-57a4-938d-22a2d0de305d",
    "42491d95-d01f-5eea-8170-f1b1a00de9b7",
)
"""Of the demo organization; both are called Complaints."""

MATRIX: Final = "of each queue by media type, the total first"
PAIRS: Final = "Figures of each queue and media type, the total first"
QUEUES: Final = "Figures of each queue over all its media types, the total first"
MEDIA: Final = "Media types"
"""What tables are called where they cannot be seen, or a part of it."""

DRAWN_SECONDS: Final = 10
"""Charts take the width of a new window only when nothing else is to be drawn."""


def link(url: str, *more: Mapping[str, str | Sequence[str]]) -> str:
    """The address of a page for WEEK, with more parameters; `url` ends without a slash."""
    params: dict[str, str | Sequence[str]] = {}
    for each in (WEEK, *more):
        params |= each
    return f"{url}?{urlencode(params, doseq=True)}"


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


def last_day(page: Page) -> date:
    """The last day that is shown, where the interval ends with a day; none is it at midnight."""
    days = summary(page).split(" · ")[1]
    return datetime.strptime(days.rpartition("– ")[2], "%a %d %b %Y").date()  # noqa: DTZ007


def table(page: Page, name: str) -> Locator:
    """The table of this name."""
    return main(page).get_by_role("table", name=name)


def rows(page: Page, name: str) -> list[list[str]]:
    """The rows of a table that are seen, header and total first: their texts without signs."""
    table(page, name).wait_for()
    found: list[list[str]] = table(page, name).evaluate(
        "table => [...table.rows].filter(row => row.offsetParent).map(row => [...row.cells].map("
        "cell => cell.querySelector('span, a').textContent.replaceAll('\\u00a0', ' ')))"
    )
    return found


@dataclass
class Clicks:
    """Clicks like a viewer, and counts."""

    count: int = 0

    def __call__(self, target: Locator, **how: Any) -> None:
        target.click(**how)
        self.count += 1

    def row(self, page: Page, name: str, first: str) -> None:
        """The name in the row of a table that begins with `first`."""
        self(table(page, name).get_by_role("link", name=first, exact=True).first)

    def menu(self, page: Page, title: str) -> None:
        """A page in the menu, or in its section at the end, until it is drawn."""
        entry = page.get_by_test_id("stTopNavLink").filter(has_text=title)
        if not entry.count():
            self(page.get_by_text("Behind the figures", exact=True))
            entry = page.get_by_role("menuitem", name=title)
        self(entry)
        expect(heading(page, title)).to_be_visible()
        settle(page)

    def download(self, page: Page, key: str, label: str) -> tuple[str, bytes]:
        """The name and the content of a file of the table or chart with this key."""
        self(page.locator(f".st-key-{key}-files").get_by_test_id("stPopoverButton"))
        with page.expect_download() as waiting:
            self(page.get_by_role("button", name=label, exact=True))
        page.keyboard.press("Escape")
        arrived = waiting.value
        return arrived.suggested_filename, Path(arrived.path()).read_bytes()


def heading(page: Page, title: str) -> Locator:
    """The title of the page."""
    return main(page).get_by_role("heading", name=title, level=1)


def first_words(page: Page) -> str:
    """What stands on top of a page, which is its title."""
    return main(page).inner_text().strip().splitlines()[0]


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
    """The pixels by which the page is wider than the window, once charts have taken its width."""

    def pixels() -> int:
        return int(
            page.evaluate(
                "Math.max(...[document.documentElement, document.querySelector("
                "'[data-testid=stMain]')].map(e => e.scrollWidth - e.clientWidth))"
            )
        )

    end = time.monotonic() + DRAWN_SECONDS
    while pixels() and time.monotonic() < end:
        page.wait_for_timeout(50)
    return pixels()
