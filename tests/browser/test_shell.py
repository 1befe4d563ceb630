"""The dashboard's server: what it sends before any page is drawn, to whom, and how it starts."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Page

from tests.browser.app_server import AppServer
from tests.browser.reading import first_words
from tests.browser.screenshots import TITLES

pytestmark = pytest.mark.browser


def get(server: AppServer, path: str, **headers: str) -> requests.Response:
    with requests.Session() as session:
        session.trust_env = False
        return session.get(f"{server.url}{path}", headers=headers, timeout=10)


@pytest.mark.parametrize("path", ["/", "/queues", "/_stcore/health", "/nothing-here.js"])
def test_every_answer_carries_the_security_headers(app_server: AppServer, path: str) -> None:
    headers = get(app_server, path).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe-eval" not in headers["Content-Security-Policy"]


def test_pages_are_compressed(app_server: AppServer) -> None:
    assert get(app_server, "/").headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("path", ["/", "/queues", "/queues?pick=1"])
def test_a_document_brings_what_must_stand_before_anything_is_drawn(
    app_server: AppServer, path: str
) -> None:
    answer = get(app_server, path)

    assert ".st-key-overview" in answer.text.partition("<style>")[2]
    assert answer.text.rstrip().endswith("</html>")
    assert "ETag" not in answer.headers


@pytest.mark.parametrize(
    ("host", "status"), [("localhost", 101), ("127.0.0.1", 101), ("attacker.example", 403)]
)
def test_only_this_machines_names_reach_the_figures(
    app_server: AppServer, host: str, status: int
) -> None:
    answer = get(
        app_server,
        "/_stcore/stream",
        **{
            "Host": host,
            "Origin": f"http://{host}",
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
            "Sec-WebSocket-Version": "13",
        },
    )

    assert answer.status_code == status


@dataclass(frozen=True)
class Fresh:
    """A server that nobody has visited, and where a browser notes what it is told to open."""

    server: AppServer
    opened: Path
    path: str
    has_display: bool


@pytest.fixture(scope="module", params=["queues", "connection"])
def fresh(
    start_server: Callable[..., AppServer],
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Fresh:
    """One server with a display and one without; each has another page asked for first."""
    has_display = request.param == "queues"
    opened, browser = (tmp_path_factory.mktemp("display") / name for name in ("opened", "browser"))
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}\n')
    browser.chmod(0o755)
    headless = str(not has_display).lower()
    server = start_server(STREAMLIT_SERVER_HEADLESS=headless, BROWSER=str(browser))
    return Fresh(server, opened, request.param, has_display)


def test_the_browser_opens_where_there_is_a_display(fresh: Fresh) -> None:
    seconds = 5 if fresh.has_display else 1.5
    assert appears(fresh.opened, within_seconds=seconds) is fresh.has_display
    assert not fresh.has_display or fresh.opened.read_text().strip() == fresh.server.url


def test_starting_prints_the_address_and_no_warning(fresh: Fresh) -> None:
    lines = [line.strip() for line in fresh.server.log.splitlines() if line.strip()]

    assert lines == [
        "You can now view your Streamlit app in your browser.",
        f"URL: {fresh.server.url}",
    ]


def test_the_first_visitor_of_a_fresh_server_gets_frame_and_page(
    fresh: Fresh, open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{fresh.server.url}/{fresh.path}")

    assert page.get_by_test_id("stTopNavLink").all_inner_texts()
    assert page.get_by_test_id("stSidebar").is_visible() == (fresh.path != "connection")
    assert first_words(page) == TITLES[fresh.path]
    assert page.get_by_test_id("stException").count() == 0


def appears(path: Path, *, within_seconds: float) -> bool:
    end = time.monotonic() + within_seconds
    while not (path.exists() and path.read_text()) and time.monotonic() < end:
        time.sleep(0.05)
    return path.exists()
