"""The show as one file, opened from disk: nothing asked for, keys, sizes, paper, hostile names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from genesys.demo import DemoServer
from genesys.kpis.catalogue import KPI_BY_KEY
from reports.page.page import to_html
from reports.scenes.choice import Choice
from reports.scenes.definitions import KEYS
from reports.scenes.meeting import Meeting
from reports.scenes.show import show
from tests import hostile_queues
from tests.browser.accessibility import serious
from tests.browser.showing import SIZES, faults, key_of_scene, ready
from tests.reports.meetings import demo_meeting, meeting_of

pytestmark = pytest.mark.browser

SAID = "Two agents were missing on Monday."


@pytest.fixture(scope="module")
def meeting(demo: DemoServer) -> Meeting:
    return demo_meeting(demo)


@pytest.fixture(scope="module")
def file(meeting: Meeting, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("show") / "show.html"
    path.write_text(to_html(show(meeting, Choice(said=(("matrix", SAID),)))), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def opened(file: Path, browser: BrowserContext) -> Iterator[tuple[Page, list[str]]]:
    """The file at 1280 x 720, and the addresses that it asked for."""
    page = browser.new_page()
    page.set_viewport_size({"width": 1280, "height": 720})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: asked.append(str(error)))
    page.goto(file.as_uri())
    ready(page)
    yield page, asked
    page.close()


@pytest.fixture
def page(opened: tuple[Page, list[str]]) -> Page:
    page, _ = opened
    page.keyboard.press("Home")
    return page


def test_the_file_asks_nobody_for_anything_and_is_small_enough_for_a_mail(
    file: Path, opened: tuple[Page, list[str]]
):
    _, asked = opened

    assert [each for each in asked if not each.startswith(("file:", "data:", "blob:"))] == []
    assert file.stat().st_size <= 6_500_000


def test_keys_go_from_scene_to_scene(page: Page):
    seen = []
    for key in ("ArrowRight", " ", "PageDown", "ArrowLeft", "PageUp", "End", "Home", "4", "0"):
        page.keyboard.press(key)
        seen.append(key_of_scene(page))

    assert seen == [
        "matrix", "offered", "changed", "offered", "matrix", "method", "headline", "changed",
        "method",
    ]  # fmt: skip
    assert page.url.endswith("#10")


def test_clicks_at_the_edges_go_on_and_back(page: Page):
    page.get_by_role("button", name="Next scene").click()
    page.get_by_role("button", name="Next scene").click()
    assert key_of_scene(page) == "offered"

    page.get_by_role("button", name="Previous scene").click()
    assert key_of_scene(page) == "matrix"


def test_a_key_is_answered_within_a_fifth_of_a_second(page: Page):
    waited = page.evaluate(
        """async () => {
          const times = [];
          for (let at = 0; at < 9; at += 1) {
            const began = performance.now();
            dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
            await new Promise(requestAnimationFrame);
            await new Promise(requestAnimationFrame);
            times.push(performance.now() - began);
          }
          return times.sort((one, other) => one - other)[4];
        }"""
    )

    assert key_of_scene(page) == "method"
    assert waited < 200


def test_the_presenters_sentence_stands_in_its_scene(page: Page):
    page.keyboard.press("2")

    expect(page.locator(".scene.now .said")).to_have_text(SAID)


def test_a_table_sorts_and_the_one_behind_a_chart_opens(page: Page):
    page.keyboard.press("2")
    wall = page.locator(".scene.now table")
    wall.get_by_role("button", name="voice").click()
    expect(wall.locator("tbody tr").nth(1)).to_contain_text("84.1")
    wall.get_by_role("button", name="voice").click(click_count=2)

    page.keyboard.press("3")
    page.locator(".scene.now").get_by_role("button", name="Table of").click()
    sheet = page.get_by_role("dialog", name="Offered by media type")
    expect(sheet.get_by_role("columnheader", name="Media type")).to_be_visible()
    page.keyboard.press("ArrowRight")
    assert key_of_scene(page) == "offered"
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_scrolls_is_cut_or_too_small_to_read(page: Page, width: int, height: int):
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("document.querySelector('.show').removeAttribute('data-ready')")
    page.keyboard.press("ArrowRight")
    ready(page)

    found = {}
    for at, key in enumerate(KEYS, start=1):
        page.keyboard.press(str(at % 10))
        found[key] = faults(page)

    assert found == {key: [] for key in KEYS}


@pytest.mark.parametrize("dark", [False, True])
def test_assistive_technology_finds_nothing_serious(page: Page, dark: bool):
    page.emulate_media(color_scheme="dark" if dark else "light")
    page.reload()
    ready(page)

    found = {}
    for at, key in enumerate(KEYS, start=1):
        page.keyboard.press(str(at % 10))
        found[key] = serious(page, ".scene.now")

    assert found == {key: [] for key in KEYS}
    assert serious(page) == []


def test_changes_stand_beside_their_values_on_paper_too_so_that_all_rows_fit(page: Page):
    page.keyboard.press("2")
    page.set_viewport_size({"width": 780, "height": 440})
    page.emulate_media(media="print")
    change = page.locator("#scene-matrix .wall td .change").first

    assert change.evaluate("change => getComputedStyle(change).display") == "inline-block"

    page.emulate_media(media="null")
    page.set_viewport_size({"width": 1280, "height": 720})


def test_it_prints_a_sheet_for_each_scene(page: Page):
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)

    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == len(KEYS)


def test_a_timer_goes_on_by_itself_and_begins_again_after_the_last(
    file: Path, browser: BrowserContext
):
    page = browser.new_page()
    page.clock.install()
    page.goto(f"{file.as_uri()}?every=20#9")
    ready(page)
    seen = []
    for _ in range(3):
        seen.append(key_of_scene(page))
        page.clock.fast_forward(20_000)

    assert seen == ["outcomes", "method", "headline"]
    page.close()


def test_the_pointer_goes_where_nobody_moves_it_for_three_seconds(
    file: Path, browser: BrowserContext
):
    page = browser.new_page()
    page.clock.install()
    page.goto(file.as_uri())
    ready(page)
    show = page.locator(".show")
    page.mouse.move(300, 300)
    page.clock.fast_forward(2_900)
    assert show.evaluate("it => getComputedStyle(it).cursor") != "none"
    page.clock.fast_forward(200)
    assert show.evaluate("it => getComputedStyle(it).cursor") == "none"
    page.mouse.move(310, 300)
    assert show.evaluate("it => getComputedStyle(it).cursor") != "none"
    page.close()


def test_keys_are_left_to_who_types_and_to_the_browser(page: Page):
    page.keyboard.press("Control+ArrowRight")
    assert key_of_scene(page) == "headline"

    page.keyboard.press("3")
    page.locator(".scene.now").get_by_role("button", name="Table of").focus()
    page.keyboard.press(" ")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("End")
    assert key_of_scene(page) == "offered"
    page.keyboard.press("Escape")


def test_a_phone_scrolls_all_scenes_one_below_the_other(file: Path, browser: BrowserContext):
    page = browser.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(file.as_uri())
    ready(page)

    wide = page.evaluate("document.scrollingElement.scrollWidth")
    tops = page.locator(".scene").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect().top)"
    )
    assert wide == 390
    assert tops == sorted(tops)
    assert len({round(each) for each in tops}) == len(KEYS)
    page.close()


def test_hostile_names_are_text_and_fit(browser: BrowserContext, tmp_path: Path):
    path = tmp_path / "hostile.html"
    with hostile_queues.organization() as server:
        made = meeting_of(hostile_queues.environment(server))
    shown = show(
        replace(made, focus=KPI_BY_KEY["answer_pct"]), Choice(scenes=("matrix", "offered"))
    )
    path.write_text(to_html(shown), encoding="utf-8")
    page = browser.new_page()
    page.set_viewport_size({"width": 1280, "height": 720})
    troubles: list[str] = []
    page.on("dialog", lambda dialog: troubles.append(dialog.message))
    page.on("request", lambda request: troubles.append(request.url))
    page.goto(path.as_uri())
    ready(page)

    names = page.locator(".scene.now th[scope=row]").all_text_contents()
    assert "<img src=x onerror=alert(1)>" in names
    assert "<script>alert(2)</script>" in names
    assert page.locator(".scene img, .scene a").count() == 0
    assert faults(page) == []
    assert [each for each in troubles if not each.startswith(("file:", "data:", "blob:"))] == []
    page.close()
