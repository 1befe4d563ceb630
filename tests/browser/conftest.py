"""Fixtures of the browser tests: a server, a browser, pages in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser import browsing, chromium
from tests.browser.app_server import AppServer, copy_project, start_app


@pytest.fixture(scope="module")
def start_server(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[..., AppServer]]:
    """Start one more dashboard, with the given variables laid over the environment.

    Without credentials it shows the demo organization.
    """
    with ExitStack() as servers:

        def start(**env: str) -> AppServer:
            folder = tmp_path_factory.mktemp("dashboard")
            copy_project(folder)
            return servers.enter_context(start_app(folder, env))

        yield start


@pytest.fixture(scope="module")
def app_server(start_server: Callable[..., AppServer]) -> AppServer:
    """The dashboard of the demo organization, started for the tests of one file."""
    return start_server()


@pytest.fixture(scope="module")
def browser() -> Iterator[BrowserContext]:
    """A Chromium; tests are skipped without one, but never in CI."""
    executable = chromium.executable()
    if executable is None:
        (pytest.fail if chromium.in_ci() else pytest.skip)(chromium.HELP)
    with browsing.open_chromium(executable) as opened:
        yield opened


@pytest.fixture
def open_page(browser: BrowserContext) -> Iterator[Callable[..., Page]]:
    """Open an address and let it settle: `open_page(url, viewport=PHONE, scheme="dark")`.

    At the end of the test no page may have logged an error or asked another host for anything.
    """
    with browsing.open_pages(browser) as opened:
        yield opened
