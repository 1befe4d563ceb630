"""Pages on which something is wrong: errors, and names that would do harm."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from dashboard.selecting import menu
from genesys.demo import DemoOptions, serve
from tests.browser.app_server import AppServer
from tests.browser.browsing import PHONE, SCREENSHOTS, settle, shoot
from tests.browser.reading import PAIRS, QUEUES, Clicks, link, main, overflow, rows, summary
from tests.hostile_queues import IDS, NAMES, TURNED, environment, organization

pytestmark = pytest.mark.browser

Open = Callable[..., Page]


def test_errors_say_what_to_do_and_try_again_tries(
    start_server: Callable[..., AppServer], open_page: Open
):
    denied = "analytics:conversationAggregate:view"
    with serve(DemoOptions(rate_limit=0, deny=(denied,))) as server:
        app = start_server(**server.env)
        page = open_page(link(app.url), viewport=PHONE)

        alert = page.get_by_test_id("stAlert")
        expect(alert).to_contain_text("Analytics > Conversation Aggregate > View")
        expect(main(page)).to_contain_text("correlation id: ")
        assert overflow(page) == 0
        shoot(page, SCREENSHOTS / "error-light-390.png")

        before = len(server.requests)
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_test_id("stApp")).to_have_attribute(
            "data-test-script-state", "notRunning"
        )
        page.wait_for_timeout(500)
        # The refusal of one interval may come before the other is asked for.
        assert [each.status for each in server.requests[before:]] in ([403], [403, 403])
        assert server.client_secret not in page.content() + app.log


@pytest.fixture(scope="module")
def hostile(start_server: Callable[..., AppServer]) -> Iterator[AppServer]:
    """The dashboard of an organization whose names would do harm."""
    with organization() as server:
        yield start_server(**environment(server))


def test_hostile_names_run_nothing_load_nothing_and_read_as_they_are(
    hostile: AppServer, open_page: Open
):
    page = open_page(f"{hostile.url}/_stcore/health", viewport=PHONE, settled=False)

    for shown in (IDS[1:4], IDS[4:7], IDS[7:]):
        page.goto(link(hostile.url, {"queue": shown}))
        expect(main(page)).to_contain_text("Queues by media type")
        settle(page)
        said = summary(page)
        for name in map(named, shown):
            assert name in said
        assert_harmless(page)
        assert overflow(page) == 0
    assert {row[0] for row in rows(page, PAIRS)[2:]} == {*NAMES[7:]}


def test_hostile_names_do_no_harm_on_any_page(hostile: AppServer, open_page: Open):
    page = open_page(link(hostile.url, {"kpi": ["offered", "answer_pct"]}))

    for entry in menu.ENTRIES:
        Clicks().menu(page, entry.title)
        assert page.get_by_test_id("stException").count() == 0, entry.title
        assert_harmless(page)


def test_hostile_names_do_no_harm_in_tables_titles_and_side_by_side(
    hostile: AppServer, open_page: Open
):
    page = open_page(link(f"{hostile.url}/queues"))
    assert {row[0] for row in rows(page, QUEUES)[2:]} == {*NAMES}
    assert_harmless(page)

    for key in (IDS[0], IDS[2], IDS[3], IDS[8]):
        page.goto(link(f"{hostile.url}/queues", {"pick": key}))
        settle(page)
        assert titled(page) == named(key)
        assert_harmless(page)

    page.goto(link(f"{hostile.url}/queues", {"pick": IDS[:6]}))
    settle(page)
    assert titled(page) == "Queues"
    assert_harmless(page)


def titled(page: Page) -> str:
    """The page's title, without what keeps addresses in it from becoming links."""
    return main(page).get_by_role("heading", level=1).inner_text().replace("\u2060", "")


def named(queue_id: str) -> str:
    """A queue's name as a page shows it."""
    name = NAMES[IDS.index(queue_id)]
    return name if name != TURNED else "Sales ?gnilliB"


def assert_harmless(page: Page) -> None:
    """No name has become a picture, a script, a link that leads away, or bold."""
    addresses = main(page).locator("a").evaluate_all("links => links.map(link => link.href)")
    own = "/".join(page.url.split("/")[:3])
    assert [each for each in addresses if each and not each.startswith(f"{own}/")] == []
    assert (
        main(page).locator(":not(.st-key-kpis *):is(img, iframe), strong:has-text('bold')").count()
        == 0
    )
    assert main(page).locator("script:not([class*=st-key-] script)").count() == 0


def test_hostile_names_can_be_picked(hostile: AppServer, open_page: Open):
    page = open_page(link(hostile.url))

    page.get_by_test_id("stSidebar").get_by_label("Queues", exact=True).first.click()

    names = page.get_by_role("option").all_text_contents()
    assert sorted(names) == sorted(NAMES)
    assert page.get_by_role("listbox").locator("a, img, script").count() == 0
