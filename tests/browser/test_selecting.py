"""Selecting as only a browser shows it: history, keys, what is typed, what has not loaded yet."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.app_server import AppServer
from tests.browser.browsing import VIEWER, open_pages, settle
from tests.browser.reading import MATRIX, Clicks, apply, choose, main, summary

pytestmark = pytest.mark.browser

Open = Callable[..., Page]


def view(page: Page) -> tuple[str, str]:
    """The title and the period that stand on the page."""
    return main(page).get_by_role("heading", level=1).inner_text(), summary(page).split(" · ")[0]


def test_back_goes_one_view_back_each_time_the_default_view_included(
    app_server: AppServer, open_page: Open
):
    page = open_page(app_server.url)
    before = page.evaluate("history.length")
    seen = [view(page)]

    choose(page, "Period", "Last week")
    sidebar = page.get_by_test_id("stSidebar")
    sidebar.get_by_role("button", name="email", exact=True).click()
    apply(page, then="Last week · ")
    seen.append(view(page))
    Clicks().row(page, MATRIX, "Technical Support")
    expect(main(page).get_by_role("heading", name="Technical Support", level=1)).to_be_visible()
    settle(page)
    seen.append(view(page))
    Clicks().menu(page, "When")
    seen.append(view(page))

    assert seen == [
        ("Overview", "Last 7 days"),
        ("Overview", "Last week"),
        ("Technical Support", "Last week"),
        ("When", "Last week"),
    ]
    assert page.evaluate("history.length") == before + 3
    for title, period in reversed(seen[:-1]):
        page.go_back()
        expect(main(page).get_by_role("heading", name=title, level=1)).to_be_visible()
        expect(main(page)).to_contain_text(f"{period} · ")
    assert page.url == f"{app_server.url}/"


def test_changes_that_are_not_applied_are_counted(app_server: AppServer, open_page: Open):
    page = open_page(app_server.url)
    side = page.get_by_test_id("stSidebar")
    expect(side).not_to_contain_text("not applied")

    choose(page, "Period", "Last week")
    expect(side).to_contain_text("1 change not applied")
    email = side.get_by_role("button", name="email", exact=True)
    email.click()
    expect(side).to_contain_text("2 changes not applied")
    assert view(page) == ("Overview", "Last 7 days")
    apply(page, then="Last week · ")
    expect(side).not_to_contain_text("not applied")

    email.click()
    expect(side).to_contain_text("1 change not applied")
    email.click()
    expect(side).not_to_contain_text("not applied")


WATCH = """() => {
    window.mixed = [];
    const tiles = () => [...document.querySelectorAll('[data-testid=stMetricValue]')];
    const old = new Set(tiles().map(tile => tile.innerText));
    const seen = element => getComputedStyle(element).visibility === 'visible';
    const look = () => {
        const words = document.querySelector('[data-testid=stMain] [data-testid=stMarkdown]');
        if (words && seen(words) && words.innerText.includes('Last week')) {
            const texts = tiles().filter(seen).map(tile => tile.innerText);
            window.mixed.push(...texts.filter(text => old.has(text)));
        }
        requestAnimationFrame(look);
    };
    look();
}"""
"""Looks at each frame that is drawn for old figures below the heading of another period."""


def test_no_new_heading_stands_over_old_figures(app_server: AppServer, open_page: Open):
    page = open_page(app_server.url)
    choose(page, "Period", "Last week")
    settle(page)
    page.evaluate(WATCH)

    apply(page, then="Last week · ")

    shown = {tile.inner_text() for tile in page.get_by_test_id("stMetricValue").all()}
    assert set(page.evaluate("window.mixed")) <= shown


HIDDEN = """() => {
    window.hidden = 0;
    const look = () => {
        const parts = '[data-testid=stMetric], .st-key-matrix-sheet';
        const tiles = [...document.querySelectorAll(parts)];
        if (tiles.some(tile => getComputedStyle(tile).visibility !== 'visible')) window.hidden += 1;
        requestAnimationFrame(look);
    };
    look();
}"""
"""Counts the frames in which a tile or the matrix is not seen."""


def test_another_kpi_of_a_view_that_is_new_hides_nothing(app_server: AppServer, open_page: Open):
    page = open_page(app_server.url)
    page.evaluate(HIDDEN)

    main(page).get_by_role("radio", name="Abandon %").click()
    expect(main(page).get_by_role("heading", name="Abandon % by queue").first).to_be_visible()
    settle(page)

    assert page.evaluate("window.hidden") == 0


def test_keys_go_to_the_period_before_and_back_but_not_while_typing(
    app_server: AppServer, open_page: Open
):
    page = open_page(f"{app_server.url}/?period=this-week")
    later = page.get_by_role("button", name="Later")
    expect(later).to_be_disabled()

    page.keyboard.press("[")
    expect(main(page)).to_contain_text("Last week · ")
    settle(page)
    page.get_by_role("textbox", name="Queue name contains").press("]")
    page.get_by_role("textbox", name="Queue name contains").fill("")
    page.wait_for_timeout(300)
    assert view(page) == ("Overview", "Last week")
    later.click()

    expect(main(page)).to_contain_text("This week · ")


def test_escape_keeps_the_names_that_are_typed_and_unknown_ones_stay_named(
    app_server: AppServer, open_page: Open
):
    page = open_page(app_server.url)
    page.get_by_text("Paste queue names").click()
    names = page.get_by_role("textbox", name="Queue names, one on a line")
    names.fill("Billing\nBiling")
    names.press("Escape")
    expect(names).to_have_value("Billing\nBiling")

    page.clock.install()
    apply(page, then="· Billing ·")

    page.clock.fast_forward(6000)  # other messages go after four seconds
    message = page.get_by_test_id("stToast")
    expect(message).to_contain_text("Not found as queues: “Biling”.")
    message.get_by_role("button").click()
    expect(message).to_have_count(0)


def test_the_calendar_begins_on_monday_whatever_the_browsers_language(
    app_server: AppServer, browser: BrowserContext
):
    assert browser.browser
    context = browser.browser.new_context(**{**VIEWER, "locale": "en-US"})
    with context, open_pages(context) as open_page:
        page = open_page(app_server.url)
        choose(page, "Period", "Custom range")
        page.get_by_test_id("stDateInput").filter(has_text="First and last day").click()

        heads = page.get_by_role("grid").locator("th")
        expect(heads.first).to_have_text("M")
