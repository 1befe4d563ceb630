"""What stands where on the pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pytest
from playwright.sync_api import BrowserContext, FloatRect, Locator, Page, ViewportSize

from tests.browser.app_server import AppServer
from tests.browser.browsing import DESKTOP, PHONE, PROJECTOR, open_pages, settle
from tests.browser.reading import MATRIX, TWO_QUEUES, main, overflow, table

pytestmark = pytest.mark.browser

VIEWS: Final = ("/", f"/queues?pick={TWO_QUEUES[0]}", "/when", "/changes")

SHIFTS: Final = """() => new Promise(resolve => {
    new PerformanceObserver(list => resolve(
        list.getEntries().reduce((sum, each) => sum + each.value, 0))
    ).observe({type: "layout-shift", buffered: true});
    setTimeout(resolve, 300, 0);
})"""
"""How far all that has been drawn has jumped, as browsers measure it; they say nothing of none."""


@dataclass(frozen=True)
class Opened:
    """A page that is open, and how far it jumped while it loaded."""

    page: Page
    shifts: float

    def seen_in(self, viewport: ViewportSize) -> Page:
        """The page from its top, drawn for a window of this size."""
        main(self.page).evaluate("main => main.scrollTo(0, 0)")
        if self.page.viewport_size != viewport:
            self.page.set_viewport_size(viewport)
            settle(self.page)
            overflow(self.page)
        return self.page


@pytest.fixture(scope="module")
def opened(
    app_server: AppServer, browser: BrowserContext, request: pytest.FixtureRequest
) -> Iterator[Opened]:
    """Each view, opened once on a desk for all tests of it."""
    with open_pages(browser) as open_page:
        page = open_page(f"{app_server.url}{request.param}")
        yield Opened(page, page.evaluate(SHIFTS))


def of(*paths: str) -> pytest.MarkDecorator:
    """The views that a test looks at."""
    return pytest.mark.parametrize("opened", paths, indirect=True)


def place(of: Locator) -> FloatRect:
    """Where something lies on the page."""
    box = of.bounding_box()
    assert box is not None
    return box


@of("/")
def test_on_a_desk_the_matrix_begins_in_the_upper_half(opened: Opened) -> None:
    page = opened.seen_in(DESKTOP)
    tiles = main(page).get_by_test_id("stMetric").all()

    title = main(page).get_by_role("heading", name="by queue and media type").first
    assert place(title)["y"] < DESKTOP["height"] / 2
    assert place(table(page, MATRIX))["y"] < 500
    assert len({place(tile)["y"] for tile in tiles}) == 1, "one row"
    assert place(main(page).locator(".st-key-points"))["y"] < DESKTOP["height"] / 2


@of("/")
def test_on_a_projector_matrix_and_trend_stand_side_by_side(opened: Opened) -> None:
    page = opened.seen_in(PROJECTOR)
    matrix, trend = (
        place(main(page).locator(f".st-key-overview-{name}")) for name in ("matrix", "trend")
    )

    assert matrix["y"] == trend["y"]
    assert matrix["x"] + matrix["width"] <= trend["x"]
    assert trend["x"] + trend["width"] <= PROJECTOR["width"]


@of("/")
def test_on_a_projector_what_is_shorter_than_the_matrix_stays_beside_its_last_row(
    opened: Opened,
) -> None:
    page = opened.seen_in(PROJECTOR)
    main(page).locator(".st-key-overview-matrix").get_by_role("row").last.evaluate(
        "row => row.scrollIntoView({block: 'end'})"
    )

    for name in ("points", "trend"):
        beside = place(main(page).locator(f".st-key-overview-{name}"))
        assert 0 < beside["y"] < PROJECTOR["height"] / 2, name


@of("/")
def test_on_a_telephone_all_stands_in_one_column(opened: Opened) -> None:
    page = opened.seen_in(PHONE)
    places = [
        place(main(page).locator(f".st-key-overview-{name}"))
        for name in ("points", "matrix", "trend")
    ]

    assert len({each["x"] for each in places}) == 1
    assert [each["y"] for each in places] == sorted(each["y"] for each in places)
    assert overflow(page) <= 0


@of("/", f"/queues?pick={TWO_QUEUES[0]}")
def test_on_a_telephone_what_can_be_done_with_a_page_stands_on_one_line(opened: Opened) -> None:
    page = opened.seen_in(PHONE)
    actions = [
        main(page).get_by_role("link", name="Present", exact=True),
        main(page).get_by_role("button", name="Copy link"),
        main(page).get_by_role("button", name="Refresh"),
    ]

    middles = [place(each)["y"] + place(each)["height"] / 2 for each in actions]
    assert max(middles) - min(middles) < 4


@of(f"/queues?pick={TWO_QUEUES[0]}")
def test_on_a_telephone_every_kpi_can_be_chosen_without_scrolling_sideways(opened: Opened) -> None:
    page = opened.seen_in(PHONE)

    choices = main(page).locator(".st-key-focus").get_by_role("radio").all()
    assert len(choices) == 6
    for each in choices:
        box = place(each)
        assert 0 <= box["x"] <= box["x"] + box["width"] <= PHONE["width"]


@of(f"/queues?pick={TWO_QUEUES[0]}")
def test_one_queue_stands_as_two_by_two_in_one_window(opened: Opened) -> None:
    page = opened.seen_in(DESKTOP)
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


@of("/", "/when")
def test_a_page_that_loads_hardly_jumps(opened: Opened) -> None:
    assert opened.shifts <= 0.1


COVERED = """chart => {
    const camera = chart.querySelector('.modebar-group').getBoundingClientRect();
    return [...chart.querySelectorAll('svg text')].filter(text => {
        const box = text.getBoundingClientRect();
        return box.width && box.left < camera.right && camera.left < box.right
            && box.top < camera.bottom && camera.top < box.bottom;
    }).map(text => text.textContent);
}"""


@of(*VIEWS)
def test_the_camera_covers_no_legend_of_a_chart(opened: Opened) -> None:
    page = opened.seen_in(DESKTOP)
    for chart in main(page).get_by_test_id("stPlotlyChart").all():
        chart.scroll_into_view_if_needed()
        chart.hover()
        chart.locator(".modebar-group").wait_for()
        assert chart.evaluate(COVERED) == []


@of("/")
def test_all_that_a_tile_says_is_read_without_pointing_at_it(opened: Opened) -> None:
    for viewport in (DESKTOP, PHONE):
        page = opened.seen_in(viewport)
        for tile in main(page).get_by_test_id("stMetric").all():
            frame = place(tile)
            for text in tile.get_by_test_id("stMetricDeltaDescription").locator("p").all():
                said = place(text)
                assert said["x"] + said["width"] <= frame["x"] + frame["width"]
                assert said["y"] + said["height"] <= frame["y"] + frame["height"]
