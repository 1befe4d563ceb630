"""The dashboard's server: what it sends before any page is drawn, and to whom."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
import requests

from tests.browser.app_server import AppServer

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


def test_starting_prints_the_address_and_no_warning(
    start_server: Callable[..., AppServer],
) -> None:
    server = start_server()

    lines = [line.strip() for line in server.log.splitlines() if line.strip()]

    assert lines == [
        "You can now view your Streamlit app in your browser.",
        f"URL: {server.url}",
    ]


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


@pytest.mark.parametrize(("headless", "opens"), [("false", True), ("true", False)])
def test_the_browser_opens_where_there_is_a_display(
    start_server: Callable[..., AppServer], tmp_path: Path, headless: str, opens: bool
) -> None:
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}\n')
    browser.chmod(0o755)

    server = start_server(STREAMLIT_SERVER_HEADLESS=headless, BROWSER=str(browser))

    assert appears(opened, within_seconds=5 if opens else 1.5) is opens
    assert not opens or opened.read_text().strip() == server.url


def appears(path: Path, *, within_seconds: float) -> bool:
    end = time.monotonic() + within_seconds
    while not (path.exists() and path.read_text()) and time.monotonic() < end:
        time.sleep(0.05)
    return path.exists()
