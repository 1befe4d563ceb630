"""A fetch that takes long: what a viewer sees of it, and how it ends early."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from genesys.demo import DemoOptions, DemoServer, serve
from tests.browser.app_server import AppServer
from tests.browser.browsing import settle
from tests.browser.reading import link, main, tiles
from tests.hostile import SILENT, HostileServer, Seen, Sent
from tests.hostile_queues import answered, environment

pytestmark = pytest.mark.browser

LATENCY_MS = 300
MONTH_OF_HOURS = 90
"""Queries at the least: 28 days of 24 hours and some 54 queues by media type, 400 at a time."""
STOP = "[class*=st-key-stop-] button"
PARTS = re.compile(r"Fetching figures: (\d+) of (\d+) parts")

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def organization() -> Iterator[DemoServer]:
    """Slow, and made to answer in many small parts."""
    with serve(DemoOptions(rate_limit=0, latency_ms=LATENCY_MS, result_limit=400)) as server:
        yield server


@pytest.fixture(scope="module")
def dashboard(organization: DemoServer, start_server: Callable[..., AppServer]) -> AppServer:
    return start_server(**organization.env)


@pytest.fixture
def start(dashboard: AppServer, organization: DemoServer, open_page: Open) -> Callable[..., Page]:
    """Open a link, and go on as soon as parts are counted."""

    def opened(**more: str) -> Page:
        page = open_page(link(dashboard.url, more), settled=False)
        expect(main(page)).to_contain_text(PARTS, timeout=20_000)
        return page

    return opened


def queries(server: DemoServer) -> int:
    return sum(request.path.endswith("/query") for request in server.requests)


def sent_later(server: DemoServer) -> int:
    """Queries that are answered once all that were under way have been."""
    time.sleep(2 * LATENCY_MS / 1000)
    before = queries(server)
    time.sleep(3 * LATENCY_MS / 1000)
    return queries(server) - before


def test_stop_sends_no_further_part_and_fetch_again_goes_on(
    organization: DemoServer, start: Callable[..., Page]
):
    page = start()
    done, total = map(int, PARTS.search(main(page).inner_text()).groups())  # type: ignore[union-attr]
    assert 0 <= done < total

    page.locator(STOP).click()

    expect(main(page)).to_contain_text("Stopped before the figures were complete")
    assert page.get_by_test_id("stProgress").count() == 0
    assert tiles(page) == {}
    assert sent_later(organization) == 0

    page.get_by_role("button", name="Fetch again").click()

    expect(page.get_by_test_id("stMetric").first).to_be_visible(timeout=60_000)
    settle(page)
    assert page.get_by_test_id("stProgress").count() == 0
    assert page.locator(STOP).count() == 0


def test_applying_another_filter_stops_the_fetch(
    dashboard: AppServer, organization: DemoServer, start: Callable[..., Page]
):
    page = start(step="half-hour")

    page.get_by_role("button", name="Reset").click()
    page.wait_for_url(f"{dashboard.url}/")
    expect(main(page)).to_contain_text(PARTS)
    page.locator(STOP).click()

    expect(main(page)).to_contain_text("Stopped before the figures were complete")
    assert sent_later(organization) == 0


def test_leaving_the_page_sends_no_further_part(
    organization: DemoServer, start: Callable[..., Page]
):
    before = queries(organization)
    page = start(step="hour", period="last-month")

    page.close()

    # On a busy machine it takes a while until the server hears of it.
    assert any(sent_later(organization) == 0 for _ in range(5))
    assert queries(organization) - before < MONTH_OF_HOURS / 2


def test_while_a_new_view_loads_no_old_figure_is_seen(dashboard: AppServer, open_page: Open):
    page = open_page(link(dashboard.url))
    old = page.get_by_test_id("stMetric").first
    expect(old).to_be_visible()

    page.get_by_role("button", name="Earlier").click()

    expect(main(page)).to_contain_text(PARTS)
    assert not old.is_visible()
    assert main(page).get_by_role("heading", level=1).is_hidden()
    expect(old).to_be_visible(timeout=60_000)


def test_a_request_that_hangs_is_named_and_stop_works_at_once(
    start_server: Callable[..., AppServer], open_page: Open
):
    hanging = [ASKED_IN_TURN[0]]

    def answer(seen: Seen) -> Sent:
        return SILENT if f"{seen.method} {seen.path}" == hanging[0] else answered(seen)

    with HostileServer(answer) as server:
        page = open_page(link(start_server(**environment(server)).url), settled=False)
        for then in (*ASKED_IN_TURN[1:], "nothing"):
            expect(main(page)).to_contain_text(
                re.compile(
                    rf"{hanging[0]} has not been answered since \d\d:\d\d:\d\d, for \d+ seconds"
                ),
                timeout=20_000,
            )

            page.locator(STOP).click()

            expect(main(page)).to_contain_text("Stopped before the figures", timeout=4_000)
            expect(page.get_by_test_id("stProgress")).to_have_count(0)
            hanging[0] = then
            page.get_by_role("button", name="Fetch again").click()

        settle(page)
        assert tiles(page)["Offer"] == "100"
        assert page.locator(STOP).count() == 0


ASKED_IN_TURN = (
    "GET /api/v2/routing/queues/divisionviews/all",
    "GET /api/v2/organizations/me",
    "POST /api/v2/analytics/conversations/aggregates/query",
    "GET /api/v2/routing/queues",
)
"""The list of queues, the organization's name, the figures, and the queues' own targets."""
