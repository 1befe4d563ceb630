"""What is usual, as a reader sees it: pale bands, and what today is on course for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

import pytest
from playwright.sync_api import Locator, Page, expect

from genesys.days.calendar import last_closed
from genesys.demo import DemoServer
from genesys.zones import zone_named
from tests.browser.app_server import AppServer
from tests.browser.reading import main
from tests.days.at_once import keep_span

pytestmark = pytest.mark.browser

DAYS: Final = 70

CONTINENTS: Final = ("Africa/", "America/", "Asia/", "Australia/", "Europe/", "Pacific/")


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


def in_the_evening(now: datetime) -> str:
    """A zone of whole hours in which it is six: just after midnight nothing has come yet."""
    evening = (zone for zone in sorted(available_timezones()) if zone.startswith(CONTINENTS))
    return next(
        zone
        for zone in evening
        if (there := now.astimezone(ZoneInfo(zone))).hour == 18 and there.minute == now.minute
    )


@pytest.mark.parametrize("hour", range(24))
def test_somewhere_it_is_evening(hour: int):
    now = datetime(2026, 6, 15, hour, 59, tzinfo=UTC)

    assert now.astimezone(zone_named(in_the_evening(now))).hour == 18


def test_today_says_what_it_is_on_course_for(server: AppServer, open_page: Callable[..., Page]):
    zone = in_the_evening(datetime.now(UTC))
    page = open_page(f"{server.url}/?period=today&show=Offer&zone={zone}")

    expect(main(page).get_by_test_id("stMetric").first).to_contain_text("usual")
