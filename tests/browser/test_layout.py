"""What stands where on the pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest
from playwright.sync_api import FloatRect, Locator, Page

from tests.browser.app_server import AppServer
from tests.browser.browsing import DESKTOP, PHONE, PROJECTOR
from tests.browser.reading import MATRIX, TWO_QUEUES, link, main, overflow, table

pytestmark = pytest.mark.browser

Open = Callable[..., Page]


def place(of: Locator) -> FloatRect:
    """Where something lies on the page."""
    box = of.bounding_box()
    assert box is not None
    return box


def test_on_a_desk_the_matrix_begins_in_the_upper_half(
    app_server: AppServer, open_page: Open
) -> None:
    page = open_page(link(app_server.url), viewport=DESKTOP)
    tiles = main(page).get_by_test_id("stMetric").all()

    title = main(page).get_by_role("heading", name="by queue and media type").first
    assert place(title)["y"] < DESKTOP["height"] / 2
    assert place(table(page, MATRIX))["y"] < 500
    assert len({place(tile)["y"] for tile in tiles}) == 1, "one row"
    assert place(main(page).locator(".st-key-points"))["y"] < DESKTOP["height"] / 2


def test_on_a_projector_matrix_and_trend_stand_side_by_side(
    app_server: AppServer, open_page: Open
) -> None:
    page = open_page(link(app_server.url), viewport=PROJECTOR)
    matrix, trend = (
        place(main(page).locator(f".st-key-overview-{name}")) for name in ("matrix", "trend")
    )

    assert matrix["y"] == trend["y"]
    assert matrix["x"] + matrix["width"] <= trend["x"]
    assert trend["x"] + trend["width"] <= PROJECTOR["width"]


def test_on_a_telephone_all_stands_in_one_column(app_server: AppServer, open_page: Open) -> None:
    page = open_page(link(app_server.url), viewport=PHONE)
    places = [
        place(main(page).locator(f".st-key-overview-{name}"))
        for name in ("points", "matrix", "trend")
    ]

    assert len({each["x"] for each in places}) == 1
    assert [each["y"] for each in places] == sorted(each["y"] for each in places)
    assert overflow(page) <= 0


def test_one_queue_stands_as_two_by_two_in_one_window(
    app_server: AppServer, open_page: Open
) -> None:
    page = open_page(f"{app_server.url}/queues?pick={TWO_QUEUES[0]}", viewport=DESKTOP)
    media, trend, week, outcomes = (
        place(main(page).locator(f".st-key-queue-{name}"))
        for name in ("media", "trend", "week", "outcomes")
    )

    assert media["y"] == trend["y"] < week["y"] == outcomes["y"]
    assert media["x"] == week["x"] < trend["x"] == outcomes["x"]
    for each in (week, outcomes):
        assert each["y"] + each["height"] <= DESKTOP["height"]
    assert trend["x"] + trend["width"] <= DESKTOP["width"]
    assert overflow(page) <= 0


SHIFTS: Final = """() => new Promise(resolve => new PerformanceObserver(list => resolve(
    list.getEntries().reduce((sum, each) => sum + each.value, 0))
).observe({type: "layout-shift", buffered: true}))"""
"""How far all that has been drawn has jumped, as browsers measure it."""


@pytest.mark.parametrize("path", ["/", "/when"])
def test_a_page_that_loads_hardly_jumps(app_server: AppServer, open_page: Open, path: str) -> None:
    page = open_page(f"{app_server.url}{path}", viewport=DESKTOP)

    assert page.evaluate(SHIFTS) <= 0.1


COVERED = """chart => {
    const camera = chart.querySelector('.modebar-group').getBoundingClientRect();
    return [...chart.querySelectorAll('svg text')].filter(text => {
        const box = text.getBoundingClientRect();
        return box.width && box.left < camera.right && camera.left < box.right
            && box.top < camera.bottom && camera.top < box.bottom;
    }).map(text => text.textContent);
}"""


@pytest.mark.parametrize("path", ["/", f"/queues?pick={TWO_QUEUES[0]}", "/when", "/changes"])
def test_the_camera_covers_no_legend_of_a_chart(
    app_server: AppServer, open_page: Open, path: str
) -> None:
    page = open_page(f"{app_server.url}{path}", viewport=DESKTOP)
    for chart in main(page).get_by_test_id("stPlotlyChart").all():
        chart.scroll_into_view_if_needed()
        chart.hover()
        chart.locator(".modebar-group").wait_for()
        assert chart.evaluate(COVERED) == []


def test_all_that_a_tile_says_is_read_without_pointing_at_it(
    app_server: AppServer, open_page: Open
) -> None:
    for viewport in (DESKTOP, PHONE):
        page = open_page(link(app_server.url), viewport=viewport)
        for tile in main(page).get_by_test_id("stMetric").all():
            frame = place(tile)
            for text in tile.get_by_test_id("stMetricDeltaDescription").locator("p").all():
                said = place(text)
                assert said["x"] + said["width"] <= frame["x"] + frame["width"]
                assert said["y"] + said["height"] <= frame["y"] + frame["height"]
