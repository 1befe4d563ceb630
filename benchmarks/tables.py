"""How usable a table of 5,000 queues is in Chromium: to sort, to show whole, and to scroll.

Against the same table of 50 queues, all in one run; each time is until the next frame is drawn.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path
from typing import Final

from playwright.sync_api import BrowserContext, Page

from genesys.demo import DemoOptions, serve
from tests.browser import chromium
from tests.browser.app_server import copy_project, start_app
from tests.browser.browsing import Pages, open_chromium

QUEUES: Final = (50, 5000)
ADDRESS: Final = "/queues?period=last-7-days"

TIMED: Final = """(selector) => new Promise(done => {
    const root = document.querySelector('[data-testid=stBidiComponentIsolated]').shadowRoot;
    const began = performance.now();
    root.querySelector(selector).click();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
})"""

SCROLLED: Final = """() => new Promise(done => {
    const main = document.querySelector('[data-testid=stMain]');
    const frames = [];
    let last = performance.now();
    const step = () => {
        frames.push(performance.now() - last);
        last = performance.now();
        main.scrollTop += 400;
        if (frames.length < 60) requestAnimationFrame(step);
        else done(frames.sort((a, b) => a - b)[56]);
    };
    requestAnimationFrame(step);
})"""
"""The 95th percentile of the times between frames while the page scrolls."""

HEAD: Final = "thead th:nth-child(3) button"


def times(page: Page) -> dict[str, float]:
    """Milliseconds of what a reader does with the table."""

    def clicked(selector: str) -> float:
        return statistics.median(float(page.evaluate(TIMED, selector)) for _ in range(5))

    first = clicked(HEAD)
    whole = 0.0
    if page.locator(".figures .more button").count():
        whole = float(page.evaluate(TIMED, ".more button"))
    return {
        "sort, first 50 shown": first,
        "show all": whole,
        "sort, all shown": clicked(HEAD),
        "scroll, a frame (p95)": float(page.evaluate(SCROLLED)),
    }


def measured(queues: int, browser: BrowserContext) -> dict[str, float]:
    with (
        tempfile.TemporaryDirectory() as temporary,
        serve(DemoOptions(queues=queues, rate_limit=0)) as demo,
    ):
        copy_project(folder := Path(temporary))
        with start_app(folder, demo.env) as server:
            page = Pages(browser)(server.url + ADDRESS)
            found = times(page)
            page.close()
    return found


def main() -> None:
    executable = chromium.executable()
    if executable is None:
        sys.exit(chromium.HELP)
    with open_chromium(executable) as browser:
        few, many = (measured(queues, browser) for queues in QUEUES)
    for what, milliseconds in many.items():
        print(
            f"{what:<24}{few[what]:8.0f} ms at {QUEUES[0]}, {milliseconds:8.0f} ms at {QUEUES[1]}"
        )


if __name__ == "__main__":
    main()
