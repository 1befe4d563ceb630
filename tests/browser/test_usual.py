"""What is usual, as a reader sees it: pale bands, and what today is on course for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from playwright.sync_api import Locator, Page, expect

from genesys.__main__ import main as genesys
from genesys.demo import DemoServer
from tests.browser.app_server import AppServer
from tests.browser.reading import main

pytestmark = pytest.mark.browser

DAYS: Final = 70


@pytest.fixture(scope="module")
def server(
    organization: DemoServer,
    start_server: Callable[..., AppServer],
    tmp_path_factory: pytest.TempPathFactory,
) -> AppServer:
    """The dashboard of an organization of which ten weeks are kept."""
    env = {**organization.env, "DASHBOARD_DATA": str(tmp_path_factory.mktemp("kept"))}
    since = f"{datetime.now(UTC) - timedelta(days=DAYS):%Y-%m-%d}"
    with pytest.MonkeyPatch.context() as patch:
        for name, value in env.items():
            patch.setenv(name, value)
        assert genesys(["keep", "--quiet", "--since", since]) == 0
    return start_server(**env)


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
