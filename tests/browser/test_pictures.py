"""What the camera of a chart saves."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page

from genesys.intervals import Interval, start_of_day
from genesys.moments import span
from tests.browser.app_server import AppServer
from tests.browser.reading import FIRST, LAST, link, main
from tests.browser.truth import ZONE

pytestmark = pytest.mark.browser

Open = Callable[..., Page]


def picture(page: Page, key: str, folder: Path) -> tuple[Image.Image, dict[str, Any]]:
    """What a chart's camera saves, and what stands on it."""
    chart = main(page).locator(f".st-key-{key}").get_by_test_id("stPlotlyChart")
    chart.scroll_into_view_if_needed()
    chart.hover()
    slide = (
        "it => JSON.stringify(it.querySelector('.js-plotly-plot')._context.toImageButtonOptions)"
    )
    options = json.loads(chart.evaluate(slide))
    with page.expect_download() as waiting:
        chart.get_by_role("button", name="Download plot as a PNG").click()
    waiting.value.save_as(folder / "chart.png")
    with Image.open(folder / "chart.png") as image:
        image.load()
    return image, options["slide"]


@pytest.mark.parametrize(("path", "key"), [("/", "trend-chart"), ("/when", "week")])
def test_a_picture_taken_in_the_dark_is_a_light_slide(
    app_server: AppServer, open_page: Open, tmp_path: Path, path: str, key: str
) -> None:
    page = open_page(link(f"{app_server.url}{path}"), scheme="dark")

    image, _ = picture(page, key, tmp_path)

    assert image.width == 2880
    assert image.height >= 1200
    assert image.getextrema()[3] == (255, 255), "opaque"
    colours = image.convert("RGB").getcolors(image.width * image.height)
    count, ground = max(colours or [])
    assert ground == (255, 255, 255)
    assert count > image.width * image.height / 4
    assert (15, 23, 42) in {colour for _, colour in colours or []}, "the ink of the title"


def test_a_picture_says_what_it_shows_and_the_page_stays_as_it_is(
    app_server: AppServer, open_page: Open, tmp_path: Path
) -> None:
    page = open_page(link(app_server.url, {"media": ["voice", "email"]}))
    layout = "document.querySelector('.js-plotly-plot').layout"
    before = page.evaluate(f"JSON.stringify({layout}.title ?? null)")

    _, slide = picture(page, "trend-chart", tmp_path)

    week = Interval(*(start_of_day(day, ZONE) for day in (FIRST, LAST)))
    assert slide["title"]["text"] == "<b>Service Level % by media type over time</b>"
    said = slide["title"]["subtitle"]["text"]
    assert span(week, ZONE).split(" – ")[0] in said
    for words in ("all queues", "voice, email", "Compared with ", "Northwind Mutual", "as of "):
        assert words in said
    assert page.evaluate(f"JSON.stringify({layout}.title ?? null)") == before
