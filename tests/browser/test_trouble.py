"""Pages on which something is wrong: errors, and names that would do harm."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from genesys.demo import DemoOptions, serve
from tests.browser.app_server import AppServer
from tests.browser.browsing import PHONE, SCREENSHOTS, shoot
from tests.browser.reading import link, main, overflow, rows, summary
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


def test_hostile_names_run_nothing_load_nothing_and_read_as_they_are(
    start_server: Callable[..., AppServer], open_page: Open
):
    with organization() as server:
        app = start_server(**environment(server))
        page = open_page(link(app.url, {"queue": IDS[1:4]}), viewport=PHONE)
        dialogs: list[str] = []
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))

        for shown in (IDS[1:4], IDS[4:7], IDS[7:]):
            page.goto(link(app.url, {"queue": shown}))
            expect(main(page)).to_contain_text("Queues by media type")
            said = summary(page)
            for key in shown:
                name = NAMES[IDS.index(key)]
                assert (name if name != TURNED else "Sales ?gnilliB") in said
            links = main(page).locator("a:not([href^='#'])")
            assert links.evaluate_all("links => links.map(link => link.href)") == []
            assert main(page).locator("img, script, iframe, strong:has-text('bold')").count() == 0
            assert overflow(page) == 0
        assert {row[0] for row in rows(page)[2:]} == {*NAMES[7:]}
        assert dialogs == []


def test_hostile_names_can_be_picked(start_server: Callable[..., AppServer], open_page: Open):
    with organization() as server:
        page = open_page(link(start_server(**environment(server)).url))

        page.get_by_test_id("stSidebar").get_by_label("Queues", exact=True).first.click()

        names = page.get_by_role("option").all_text_contents()
        assert sorted(names) == sorted(NAMES)
        assert page.get_by_role("listbox").locator("a, img, script").count() == 0
