"""A meeting as it is held: begun by a key, walked through, left, come back to."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import serious
from tests.browser.app_server import AppServer
from tests.browser.browsing import settle, wait_until
from tests.browser.reading import link, main, params
from tests.browser.showing import FULL, ON_TOP, SIZES, faults, key_of_scene, ready

pytestmark = pytest.mark.browser

Open = Callable[..., Page]


def test_a_key_on_a_page_begins_and_a_reload_comes_back_to_the_scene(
    app_server: AppServer, open_page: Open
):
    page = open_page(link(app_server.url))
    page.keyboard.press("p")
    ready(page)
    assert key_of_scene(page) == "headline"

    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Next scene").click()
    assert (key_of_scene(page), params(page)["scene"]) == ("offered", ["3"])

    page.reload()
    ready(page)
    assert key_of_scene(page) == "offered"

    page.keyboard.press("Escape")
    expect(page.locator("dialog.show")).to_have_count(0)
    settle(page)
    assert "scene" not in params(page)
    expect(main(page)).to_contain_text("Meeting")


def test_a_scene_is_left_out_and_moved_before_and_the_show_follows(
    app_server: AppServer, open_page: Open
):
    page = open_page(link(f"{app_server.url}/meeting"))
    main(page).get_by_text("What came in", exact=True).click()
    settle(page)
    main(page).locator(".st-key-Up-when button").click()
    settle(page)
    main(page).get_by_label("A sentence to Queues by media type").fill("Mind the claims.")
    page.keyboard.press("Enter")
    settle(page)
    main(page).get_by_role("button", name="Present").click()
    ready(page)

    order = page.locator(".scene").evaluate_all("all => all.map(each => each.dataset.key)")
    assert order[:4] == ["headline", "matrix", "when", "changed"]
    page.keyboard.press("2")
    expect(page.locator(".scene.now .said")).to_have_text("Mind the claims.")

    page.keyboard.press("End")
    (told,) = re.findall(r"http\S+", page.locator(".scene.now").inner_text())
    same = parse_qs(urlsplit(told).query)
    assert same == {key: words for key, words in params(page).items() if key != "scene"}
    assert {"scenes", "say-matrix"} < {*same}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_scenes_fill_the_wall_over_everything_and_are_read_by_everybody(
    app_server: AppServer, open_page: Open, scheme: str
):
    address = link(f"{app_server.url}/meeting", {"scene": "1"})
    page = open_page(address, scheme=scheme, settled=False)
    ready(page)
    found: dict[str, list[str]] = {}
    for at in range(page.locator(".scene").count()):
        page.keyboard.press(str((at + 1) % 10))
        if wrong := serious(page, ".scene.now"):
            found[f"axe {key_of_scene(page)}"] = wrong
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("document.querySelector('dialog.show').removeAttribute('data-ready')")
        page.keyboard.press("End")
        page.keyboard.press("Home")
        ready(page)
        for at in range(page.locator(".scene").count()):
            page.keyboard.press(str((at + 1) % 10))
            if wrong := faults(page):
                found[f"{width} {key_of_scene(page)}"] = wrong

    assert found == {}
    assert page.evaluate(ON_TOP)
    assert serious(page) == []


def test_what_is_presented_stays_as_it_was_when_it_began(app_server: AppServer, open_page: Open):
    page = open_page(link(f"{app_server.url}/meeting"))
    page.keyboard.press("f")
    ready(page)
    began = page.locator(".scene").count()

    page.keyboard.press("4")

    # Nobody can click what lies below; a page that renews itself changes it all the same.
    main(page).locator(".st-key-shows-offered input").evaluate("it => it.click()")
    page.wait_for_url(lambda url: "scenes=" in url)
    settle(page)
    assert page.locator(".scene").count() == began
    assert (key_of_scene(page), params(page)["scene"]) == ("changed", ["4"])

    page.keyboard.press("Escape")
    page.keyboard.press("f")
    ready(page)
    expect(page.locator(".scene")).to_have_count(began - 1)


def test_what_closes_a_show_before_it_begins_is_an_escape_of_its_own(
    app_server: AppServer, open_page: Open
):
    page = open_page(link(f"{app_server.url}/meeting"))

    page.evaluate(BEGUN_AND_CLOSED, None)
    ready(page)
    page.keyboard.press("Escape")
    expect(page.locator("dialog.show")).to_have_count(0)

    page.evaluate(BEGUN_AND_CLOSED, "Escape")
    expect(page.locator("dialog.show")).to_have_count(0)
    page.keyboard.press("f")
    ready(page)


BEGUN_AND_CLOSED = """async key => {
  const pressed = key => document.body.dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true }));
  pressed("f");
  let dialog;
  while (!(dialog = document.querySelector("dialog.show"))) await null;
  if (key) pressed(key);
  dialog.close();
}"""
"""A show is begun by its key and closed at once, with another key or without any."""


def test_keys_that_somebody_types_begin_nothing(app_server: AppServer, open_page: Open):
    page = open_page(link(f"{app_server.url}/meeting"))
    title = main(page).get_by_label("Title", exact=True)
    title.press_sequentially("Fine, p")
    expect(title).to_have_value("Fine, p")
    expect(page.locator("dialog.show")).to_have_count(0)

    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "title=Fine" in url)
    settle(page)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Control+p")
    expect(page.locator("dialog.show")).to_have_count(0)
    page.keyboard.press("p")
    expect(page.locator(".scene.now .whose")).to_contain_text("Fine, p")


def test_the_key_leaves_full_screen_and_takes_it_again_while_the_show_goes_on(
    app_server: AppServer, open_page: Open
):
    page = open_page(f"{app_server.url}/meeting?period=last-week")
    page.keyboard.press("f")
    wait_until(page, FULL)
    ready(page)
    page.keyboard.press("End")
    # Whoever opens it in a month sees the same week.
    expect(page.locator(".scene.now")).to_contain_text(re.compile(r"/meeting\?from=\S+&to=\S+"))
    page.keyboard.press("3")
    for wanted in (f"!({FULL})", FULL):
        page.keyboard.press("p")
        wait_until(page, wanted)
        assert key_of_scene(page) == "offered"
        assert page.evaluate(ON_TOP)
