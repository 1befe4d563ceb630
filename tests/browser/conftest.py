"""Fixtures of the browser tests: a server, a browser, pages in it.

Servers last as long as the run, for pytest's workers come back to these tests from others; the
browser does not, for while it is open no test of its worker could run an event loop.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import BrowserContext, Page

from genesys.demo import DemoOptions, DemoServer, serve
from tests.browser import browsing, chromium
from tests.browser.app_server import AppServer, copy_project, start_app
from tests.browser.truth import Truth


@pytest.fixture(scope="module")
def start_server(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[..., AppServer]]:
    """Start one more dashboard, with the given variables laid over the environment.

    Without credentials it shows the demo organization.
    """
    with ExitStack() as servers:

        def start(port: int = 0, **env: str) -> AppServer:
            folder = tmp_path_factory.mktemp("dashboard")
            copy_project(folder)
            return servers.enter_context(start_app(folder, env, port))

        yield start


@pytest.fixture(scope="session")
def organization() -> Iterator[DemoServer]:
    """A demo organization in this process, so that its requests can be counted."""
    with serve(DemoOptions(rate_limit=0)) as server:
        yield server


@pytest.fixture(scope="session")
def truth(organization: DemoServer) -> Truth:
    """What the organization itself says about its figures."""
    return Truth(organization)


@pytest.fixture(scope="session")
def app_server(
    organization: DemoServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[AppServer]:
    """The dashboard of that organization, started once for all browser tests of a worker."""
    copy_project(folder := tmp_path_factory.mktemp("dashboard"))
    with start_app(folder, organization.env) as server:
        yield server


@pytest.fixture(scope="package")
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
