"""What is usual, as a reader sees it: pale bands, and what today is on course for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from playwright.sync_api import Locator, Page, expect

from genesys.days.calendar import last_closed
from genesys.demo import DemoServer
from tests.browser.app_server import AppServer
from tests.browser.reading import main
from tests.days.at_once import keep_span

pytestmark = pytest.mark.browser

DAYS: Final = 70


@pytest.fixture(scope="module")
def server(
    organization: DemoServer,
    start_server: Callable[..., AppServer],
    tmp_path_factory: pytest.TempPathFactory,
) -> AppServer:
    """The dashboard of an organization of which ten weeks are kept."""
    folder, now = tmp_path_factory.mktemp("kept"), datetime.now(UTC)
    last = last_closed(now)
    keep_span(organization, folder, last - timedelta(days=DAYS), last, now)
    return start_server(**organization.env, DASHBOARD_DATA=str(folder))


def areas(page: Page, chart: str) -> Locator:
    return main(page).get_by_role("figure", name=chart).locator(".fills path")


def test_the_trend_lies_on_bands_of_what_is_usual(
    server: AppServer, open_page: Callable[..., Page]
):
    page = open_page(f"{server.url}/?period=last-7-days&show=Offer")

    expect(areas(page, "Offer by media type over time")).to_have_count(5)
    expect(main(page)).to_contain_text("Usual is the median of the same weekday and time before")


def test_today_says_what_it_is_on_course_for(server: AppServer, open_page: Callable[..., Page]):
    page = open_page(f"{server.url}/?period=today&show=Offer")

    expect(main(page).get_by_test_id("stMetric").first).to_contain_text("usual")
