"""Links: what the address says, who sees what by it, and that pages hand on the selection."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.app_server import AppServer
from tests.browser.browsing import VIEWER, open_pages, settle
from tests.browser.reading import (
    FIRST,
    LAST,
    MATRIX,
    MEDIA,
    TWO_QUEUES,
    Clicks,
    apply,
    choose,
    last_day,
    link,
    main,
    params,
    rows,
    summary,
    tiles,
)

pytestmark = pytest.mark.browser

Open = Callable[..., Page]


def copied(page: Page, label: str) -> str:
    """The link that stands below `label` behind the button."""
    page.get_by_role("button", name="Copy link").click()
    shown = page.get_by_test_id("stPopoverBody")
    expect(shown.get_by_text(label)).to_be_visible()
    labels = shown.get_by_test_id("stCaptionContainer").all_inner_texts()
    address = shown.get_by_test_id("stCode").nth(labels.index(label)).inner_text().strip()
    page.keyboard.press("Escape")
    return address


@pytest.fixture(scope="module")
def other_browser(browser: BrowserContext) -> Iterator[BrowserContext]:
    """That of somebody else, who has never been on this site."""
    assert browser.browser
    with browser.browser.new_context(**VIEWER) as context:
        yield context


def elsewhere(other: BrowserContext, address: str, read: Callable[[Page], object]) -> object:
    """What somebody else reads there, in a browser that keeps nothing of the visit."""
    with open_pages(other) as open_page:
        page = open_page(address)
        found = read(page)
        page.evaluate("localStorage.clear(), sessionStorage.clear()")
    other.clear_cookies()
    return found


def overview(page: Page) -> object:
    return summary(page), tiles(page), rows(page, MATRIX)[:5]


def queue(page: Page) -> object:
    title = main(page).get_by_role("heading", level=1).inner_text()
    return title, summary(page), tiles(page), rows(page, MEDIA)


def when(page: Page) -> object:
    sentence = main(page).get_by_text("answered late or abandoned fell into").first
    charts = (
        main(page)
        .get_by_role("figure")
        .evaluate_all("charts => charts.map(chart => chart.getAttribute('aria-label'))")
    )
    return summary(page), sentence.inner_text(), charts


def test_another_kpi_draws_its_part_of_the_overview_alone_and_goes_into_links(
    app_server: AppServer, open_page: Open
):
    page = open_page(link(app_server.url + "/", {}))
    stale = "window.stale = 0; new MutationObserver(all => { window.stale += all.filter("
    stale += "each => each.target.closest('.st-key-kpis')).length; }).observe(document,"
    page.evaluate(f"{stale} {{attributes: true, subtree: true, attributeFilter: ['data-stale']}})")

    main(page).get_by_role("radio", name="Abandon %").click()
    expect(
        main(page).get_by_role("heading", name="Abandon % by queue and media type")
    ).to_be_visible()
    settle(page)

    present = main(page).get_by_role("link", name="Present", exact=True)
    assert page.evaluate("window.stale") == 0
    assert parse_qs(urlsplit(str(present.get_attribute("href"))).query)["show"] == ["Abandon %"]
    assert parse_qs(urlsplit(copied(page, "This view")).query)["show"] == ["Abandon %"]


@pytest.mark.parametrize(
    ("path", "more", "read"),
    [
        ("/", {"media": ["voice", "email"], "show": "Abandon %", "rows": "By division"}, overview),
        ("/queues", {"pick": TWO_QUEUES[0]}, queue),
        ("/when", {"pick": TWO_QUEUES[1], "show": "Abandon %"}, when),
    ],
    ids=["overview", "queue", "when"],
)
def test_a_copied_link_shows_somebody_else_the_same(
    app_server: AppServer,
    open_page: Open,
    other_browser: BrowserContext,
    path: str,
    more: dict[str, str],
    read: Callable[[Page], object],
):
    page = open_page(link(app_server.url + path, more))

    address = copied(page, "This view")

    assert urlsplit(address).path in (path, path.rstrip("/"))
    assert parse_qs(urlsplit(address).query) == params(page)
    assert elsewhere(other_browser, address, read) == read(page)


def test_a_link_with_dates_stays_on_them(app_server: AppServer, open_page: Open):
    page = open_page(app_server.url)
    assert "Last 7 days" in summary(page)

    address = copied(page, "These dates")

    last = last_day(page)
    assert parse_qs(urlsplit(address).query) == {
        "from": [str(last - timedelta(days=6))],
        "to": [str(last)],
    }


def test_the_address_changes_with_apply_and_not_before_and_survives_a_reload(
    app_server: AppServer, open_page: Open
):
    page = open_page(app_server.url)
    assert params(page) == {}

    page.get_by_test_id("stSidebar").get_by_role("button", name="email", exact=True).click()
    choose(page, "Queues", "Complaints (Claims)", "Complaints (Customer Service)")
    choose(page, "Period", "Last week")
    settle(page)
    assert params(page) == {}
    assert "Last 7 days" in summary(page)

    apply(page, then="Last week · ")

    assert params(page) == {
        "period": ["last-week"],
        "media": ["email"],
        "queue": [*TWO_QUEUES],
    }
    assert "Complaints (Claims), Complaints (Customer Service) · email" in summary(page)
    seen = tiles(page), summary(page), page.url

    page.reload()
    settle(page)
    assert (tiles(page), summary(page), page.url) == seen


def test_the_menu_and_a_cell_of_the_matrix_keep_the_selection_and_the_kpi(
    app_server: AppServer, open_page: Open
):
    page = open_page(link(app_server.url, {"media": "voice"}))
    said = summary(page)
    everywhere = {
        "period": ["custom"],
        "from": [str(FIRST)],
        "to": [str(LAST)],
        "media": ["voice"],
    }
    for title in ("Queues", "Media types", "When", "What changed", "Query", "Overview"):
        Clicks().menu(page, title)
        assert summary(page) == said
        assert params(page) == everywhere

    main(page).get_by_role("radio", name="ASA", exact=True).click()
    expect(main(page).get_by_role("heading", name="ASA by queue and media type")).to_be_visible()
    settle(page)
    Clicks().row(page, MATRIX, "Technical Support")

    expect(main(page).get_by_role("heading", name="ASA over time")).to_be_visible()
    settle(page)
    (key,) = params(page)["pick"]
    assert params(page) == {**everywhere, "show": ["ASA"], "pick": [key]}
    assert summary(page) == said.replace("all queues", "Technical Support")
