"""Chromium as a viewer of the dashboard: sizes, colour schemes, and when a page has settled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Literal
from urllib.parse import urljoin

from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Error,
    Page,
    Request,
    ViewportSize,
    expect,
    sync_playwright,
)

from tests.browser.app_server import ROOT

Scheme = Literal["light", "dark"]

DESKTOP: Final[ViewportSize] = {"width": 1440, "height": 900}
PROJECTOR: Final[ViewportSize] = {"width": 1920, "height": 1080}
PHONE: Final[ViewportSize] = {"width": 390, "height": 844}

SIZES: Final = (DESKTOP, PROJECTOR, PHONE)

WALL: Final[ViewportSize] = {"width": 1280, "height": 720}
"""The smallest that a meeting is shown on."""

TIMEOUT_MS: Final = 60_000
expect.set_options(timeout=TIMEOUT_MS)

SCREENSHOTS: Final = ROOT / "screenshots"
"""Pictures for looking at; git ignores the folder."""

FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

VIEWER: Final[Mapping[str, Any]] = {
    "locale": "en-GB",
    "timezone_id": "UTC",
    "reduced_motion": "reduce",
}
"""Who looks: somebody who asks for little motion, so that less is drawn."""

BASE_PATH_PROBES: Final = ("/_stcore/health", "/_stcore/host-config")
"""Streamlit asks for these below every part of a deep link's path until one answers."""

SETTLED: Final = """() => {
    const app = document.querySelector('[data-testid=stApp]');
    const settled = app?.dataset.testScriptState === 'notRunning'
        && app.dataset.testConnectionState === 'CONNECTED'
        && !document.querySelector(
            '[data-testid=stSkeleton], [data-testid=stSpinner], [data-stale=true]')
        && [...document.querySelectorAll('[data-testid=stPlotlyChart]')].every(
            chart => chart.querySelector('.main-svg'))
        && [...document.querySelectorAll('[data-testid=stBidiComponentIsolated]')].every(
            table => table.shadowRoot?.querySelector('tbody tr, .door'));
    if (!settled) { window.settledSince = undefined; return false; }
    window.settledSince ??= performance.now();
    return performance.now() - window.settledSince > 150;
}"""
"""Nothing has run, loaded or waited to be drawn for 150 ms."""

BLANK: Final = "about:blank"
MOST_HISTORY: Final = 20
"""Entries that a tab's history may hold before another tab takes its place; browsers keep 50."""

LOOK_EVERY_MS: Final = 50
"""To look at each frame that is drawn would make the page draw more of them."""


@contextmanager
def open_chromium(executable: str) -> Iterator[BrowserContext]:
    """A headless Chromium with an empty profile; its pages share what they have loaded.

    The profile is on disk, for only there are scripts kept as they have been compiled.
    """
    with (
        TemporaryDirectory() as profile,
        sync_playwright() as playwright,
        playwright.chromium.launch_persistent_context(
            profile, executable_path=executable, args=FLAGS, **VIEWER
        ) as context,
    ):
        context.set_default_timeout(TIMEOUT_MS)
        yield context


@dataclass
class Pages:
    """Opens pages, each with a session of its own, and keeps what went wrong in them.

    `settled=False` gives a page that is still being drawn. A tab that others have left is taken
    again, as it still knows the scripts.
    """

    context: BrowserContext
    opened: list[Page] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    listeners: ExitStack = field(default_factory=ExitStack)

    def __call__(
        self,
        url: str,
        *,
        viewport: ViewportSize = DESKTOP,
        scheme: Scheme = "light",
        settled: bool = True,
    ) -> Page:
        page = self._tab()
        page.bring_to_front()
        self.opened.append(page)
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=scheme, media="null")
        self._listen(page, origin=urljoin(url, "/"))
        page.goto(url)
        if settled:
            settle(page)
        return page

    def leave(self) -> None:
        """Leave every page, and tabs to whoever opens one next."""
        self.listeners.close()
        for page in self.opened:
            if page.is_closed():
                continue
            if page.evaluate("history.length") > MOST_HISTORY:
                page.close()
                continue
            page.mouse.move(0, 0)
            page.goto(BLANK)

    def _tab(self) -> Page:
        idle = (
            page for page in self.context.pages if page.url == BLANK and page not in self.opened
        )
        return next(idle, None) or self.context.new_page()

    def _listen(self, page: Page, origin: str) -> None:
        def on_console(message: ConsoleMessage) -> None:
            address = message.location["url"]
            if message.type == "error" and not address.endswith(BASE_PATH_PROBES):
                self.complaints.append(f"console: {message.text} ({address})")

        def on_request(request: Request) -> None:
            if not request.url.startswith((origin, "data:", "blob:")):
                self.complaints.append(f"request to another host: {request.url}")

        def on_dialog(dialog: Dialog) -> None:
            self.complaints.append(f"dialog: {dialog.message}")
            dialog.dismiss()

        def on_error(error: Error) -> None:
            self.complaints.append(f"script: {error}")

        heard: dict[Any, Any] = {
            "console": on_console,
            "dialog": on_dialog,
            "request": on_request,
            "pageerror": on_error,
        }
        for name, listener in heard.items():
            page.on(name, listener)
            self.listeners.callback(page.remove_listener, name, listener)


@contextmanager
def open_pages(context: BrowserContext) -> Iterator[Pages]:
    """Pages that are left at the end; raises AssertionError where one of them had an error."""
    pages = Pages(context)
    try:
        yield pages
    finally:
        pages.leave()
    assert pages.complaints == [], pages.complaints


def settle(page: Page) -> None:
    """Wait until the page has drawn everything.

    Just after a click nothing has begun to run: first wait for what the click changes.
    """
    page.evaluate("window.settledSince = undefined")
    page.wait_for_function(SETTLED, polling=LOOK_EVERY_MS)


def wait_until(page: Page, condition: str) -> None:
    """Wait until a condition in JavaScript holds.

    It is given as a function: a bare expression is evaluated again at every look, and from the
    second on the page's content policy refuses that.
    """
    page.wait_for_function(f"() => {condition}")


def shoot(page: Page, path: Path, *, whole: bool = False) -> Path:
    """Save a picture of the window or, for `whole`, of everything that the page scrolls to."""
    path.parent.mkdir(parents=True, exist_ok=True)
    size = page.viewport_size
    if whole and size:
        height = page.locator("[data-testid=stMain]").evaluate("main => main.scrollHeight")
        page.set_viewport_size({"width": size["width"], "height": max(size["height"], height)})
        settle(page)
    page.screenshot(path=path)
    if whole and size:
        page.set_viewport_size(size)
    return path
