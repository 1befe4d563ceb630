"""How long people wait, in Chromium on the demo organization, and how much the page jumps.

Each figure stands beside its aim and as a ratio to what an empty page in the same frame takes,
measured in the same run: on a busy machine the ratios count. All but those of a cold server are
medians. With -v, each layout shift is printed.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from playwright.sync_api import BrowserContext, Page, expect

from genesys.demo import DemoOptions, serve
from tests.browser import chromium
from tests.browser.app_server import copy_project, start_app
from tests.browser.browsing import SETTLED, Pages, open_chromium, settle
from tests.browser.reading import MATRIX, choose, heading, table
from tests.browser.reading import main as body

EMPTY: Final = 'import streamlit as st\n\nst.title("Overview")\nst.metric("Offer", "1")\n'
"""A page with one figure that nobody has to work out."""

LOADS: Final = 3

PERIODS: Final = {"Last week": "last-week", "Yesterday": "yesterday", "Last month": "last-month"}
LABELS: Final = ("Answer %", "Abandon %", "Avg Handle", "ASA", "Service Level %")
NAMES: Final = 3

WATCH: Final = """
window.shifts = [];
new PerformanceObserver(list => {
    for (const each of list.getEntries()) {
        window.shifts.push({value: each.value, at: each.startTime, parts: each.sources.map(
            part => part.node?.dataset?.testid ?? part.node?.nodeName)});
    }
}).observe({type: "layout-shift", buffered: true});
addEventListener("pointerdown", () => { window.pressed = performance.now(); }, true);
const look = () => {
    if (document.querySelector("[data-testid=stMetricValue]")) {
        window.firstFigure = performance.now();
    } else {
        requestAnimationFrame(look);
    }
};
look();
"""
"""Notes when the first figure is there, each layout shift, and when something is pressed."""

LOOK_EVERY_MS: Final = 10


@dataclass(frozen=True)
class Aim:
    """What is measured, the most that it may be, and what of an empty page it is held against."""

    words: str
    most: float
    against: str
    unit: str = "s"


FIRST: Final = Aim("cold server: to the first figure", 4, "its figure")
COLD: Final = Aim("cold server: layout shift", 0.1, "", "")
WARM: Final = Aim("loaded page: layout shift", 0.1, "", "")
APPLY: Final = Aim("Apply: to new figures, settled", 1, "a rerun")
KPI: Final = Aim("another KPI: settled", 0.3, "a rerun")
NAME: Final = Aim("a name: to the queue's view, settled", 0.8, "a rerun")
AIMS: Final = (FIRST, COLD, WARM, APPLY, KPI, NAME)


@dataclass
class Figures:
    """What one dashboard took."""

    of: dict[Aim, list[float]] = field(default_factory=dict)

    def add(self, aim: Aim, value: float) -> None:
        self.of.setdefault(aim, []).append(value)

    def median(self, aim: Aim) -> float:
        return statistics.median(self.of[aim])


def shift(page: Page) -> float:
    """The sum of all layout shifts, as those who look at the page see them."""
    if "-v" in sys.argv:
        for each in page.evaluate("window.shifts"):
            print("   ", each)
    return float(page.evaluate("window.shifts.reduce((sum, each) => sum + each.value, 0)"))


def pressed(page: Page, press: Callable[[], None], then: str) -> float:
    """Seconds from a press until what it leads to is there and the page has settled."""
    page.evaluate("window.settledSince = undefined")
    press()
    page.wait_for_function(
        f"() => {{ if (!({then})) {{ window.settledSince = undefined; return false; }}"
        f" return ({SETTLED})(); }}",
        polling=LOOK_EVERY_MS,
    )
    return float(page.evaluate("window.settledSince - window.pressed")) / 1000


@contextmanager
def dashboard(env: Mapping[str, str], overview: str = "") -> Iterator[str]:
    """The address of one that has just been started; with `overview` for its first page."""
    with tempfile.TemporaryDirectory() as folder:
        copy_project(Path(folder))
        if overview:
            (Path(folder) / "pages" / "overview.py").write_text(overview)
        with start_app(Path(folder), env) as server:
            yield server.url


def cold(url: str, browser: BrowserContext, figures: Figures) -> None:
    page = Pages(browser)(url)
    figures.add(FIRST, float(page.evaluate("window.firstFigure")) / 1000)
    figures.add(COLD, shift(page))
    page.close()


def loaded(url: str, browser: BrowserContext, figures: Figures) -> None:
    page = Pages(browser)(url)
    for _ in range(LOADS):
        page.reload()
        settle(page)
        figures.add(WARM, shift(page))
    page.close()


def applied(url: str, browser: BrowserContext, figures: Figures) -> None:
    page = Pages(browser)(url)
    is_empty = not body(page).locator(".st-key-overview").count()
    for label, key in PERIODS.items():
        choose(page, "Period", label)
        settle(page)
        press = page.get_by_role("button", name="Apply").click
        words = "document.querySelector('[data-testid=stMain]').innerText.includes"
        then = f"location.search.includes('{key}')" if is_empty else f"{words}('{label} · ')"
        figures.add(APPLY, pressed(page, press, then))
    page.close()


def shown(url: str, browser: BrowserContext, figures: Figures) -> None:
    page = Pages(browser)(url)
    for label in LABELS:
        head = f"document.querySelector('.st-key-overview-matrix h2').innerText.includes('{label}')"
        press = body(page).get_by_role("radio", name=label).click
        figures.add(KPI, pressed(page, press, head))
    page.close()


def opened(url: str, browser: BrowserContext, figures: Figures) -> None:
    page = Pages(browser)(url)
    for number in range(NAMES):
        link = table(page, MATRIX).get_by_role("link").nth(number)
        name = link.inner_text()
        there = f"document.querySelector('h1')?.innerText === '{name}'"
        figures.add(NAME, pressed(page, link.click, there))
        page.go_back()
        expect(heading(page, "Overview")).to_be_visible()
        settle(page)
    page.close()


def measure(url: str, executable: str, *parts: Callable[..., None]) -> Figures:
    """The parts in a browser of their own that has loaded nothing yet."""
    figures = Figures()
    with open_chromium(executable) as browser:
        browser.add_init_script(WATCH)
        for part in parts:
            part(url, browser, figures)
    return figures


def main() -> None:
    executable = chromium.executable()
    if executable is None:
        sys.exit(chromium.HELP)
    with serve(DemoOptions(rate_limit=0)) as demo:
        with dashboard(demo.env, EMPTY) as url:
            empty = measure(url, executable, cold, loaded, applied)
        with dashboard(demo.env) as url:
            whole = measure(url, executable, cold, loaded, applied, shown, opened)
    print(f"{'':<40}{'now':>8} {'aim':>8}   of an empty page")
    for aim in AIMS:
        value = whole.median(aim)
        ratio = ""
        if aim.against:
            other = empty.median(aim if aim in empty.of else APPLY)
            ratio = f"{value / other:.1f} times {aim.against} ({other:.2f} s)"
        print(f"{aim.words:<40}{value:8.2f} {aim.most:8.2f} {aim.unit:1} {ratio}", flush=True)


if __name__ == "__main__":
    main()
