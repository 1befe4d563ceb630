"""Signing in with a real browser, and what open pages do when the session is over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from genesys.demo import DemoOptions, DemoServer, serve
from tests.browser.app_server import AppServer, free_port
from tests.browser.browsing import BLANK, settle
from tests.dashboard.sign_in.oidc_provider import ACCESS, oidc_provider, settings_for

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def people() -> Iterator[tuple[DemoServer, int]]:
    """An organization whose people come back to a port."""
    port = free_port()
    back = f"http://localhost:{port}/sign-in/done"
    with serve(DemoOptions(rate_limit=0, redirect_uris=(back,))) as server:
        yield server, port


@pytest.fixture(scope="module")
def dashboard(people: tuple[DemoServer, int], start_server: Callable[..., AppServer]) -> AppServer:
    server, port = people
    url = {"DASHBOARD_URL": f"http://localhost:{port}"}
    return start_server(port=port, **server.env, **server.sign_in_env, **url)


@pytest.fixture
def visit(browser: BrowserContext) -> Iterator[Callable[[str], Page]]:
    pages: list[Page] = []

    def opened(url: str) -> Page:
        pages.append(page := browser.new_page())
        page.goto(url)
        return page

    yield opened
    for page in pages:
        page.goto(BLANK)  # what it has asked for last must not renew the cookie
        page.close()
    browser.clear_cookies()


def test_a_link_leads_through_the_sign_in_and_signing_out_ends_all_pages(
    dashboard: AppServer, visit: Callable[[str], Page]
) -> None:
    link = f"{dashboard.url}/media?period=today"
    first = visit(link)
    expect(first.get_by_role("heading", name="Northwind Mutual (demo)")).to_be_visible()
    first.get_by_role("link", name="Tom Reed").click()
    settle(first)
    assert first.url == link
    expect(first.get_by_text("Tom Reed")).to_be_visible()

    second = visit(f"{dashboard.url}/query")
    settle(second)
    second.get_by_role("link", name="Sign out").click()
    second.get_by_role("button", name="Sign out").click()
    expect(second.get_by_role("heading", name="You are signed out")).to_be_visible()
    expect(first.get_by_role("heading", name="You are signed out")).to_be_visible()
    assert first.locator("[data-testid=stApp]").count() == 0

    first.get_by_role("link", name="Sign in").click()
    first.get_by_role("link", name="Tom Reed").click()
    settle(first)
    assert first.url == link
    assert "audit " in dashboard.log


def test_by_openid_connect_people_see_the_divisions_of_their_groups(
    people: tuple[DemoServer, int],
    start_server: Callable[..., AppServer],
    visit: Callable[[str], Page],
    tmp_path: Path,
) -> None:
    (access := tmp_path / "access.toml").write_text(ACCESS)
    port = free_port()
    url = {"DASHBOARD_URL": f"http://localhost:{port}"}
    with oidc_provider() as provider:
        server = start_server(port, **people[0].env, **url, **settings_for(provider, access))
        link = f"{server.url}/queues?period=yesterday"
        page = visit(link)
        page.get_by_role("button", name="sam").click()
        expect(page.get_by_text("Operations <ops@northwind.example>")).to_be_visible()
        page.goto(link)
        page.get_by_role("button", name="tom").click()
        settle(page)
        assert page.url == link
        expect(page.get_by_text("Tom · 2 of 4 divisions")).to_be_visible()
