"""Files of a meeting while something is wrong: words on the page, and nothing to save."""

from __future__ import annotations

import resource
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from genesys.demo import DemoOptions, DemoServer, serve
from reports import chromium
from reports.files import FILES
from tests.conftest import DEMO_NOW
from tests.dashboard.reading import Open, named, words

MOST_BYTES = 1000
"""Of a file on the disk that is full."""


def offered(page: AppTest) -> int:
    return len(page.get("download_button"))


def organization(port: int = 0) -> DemoServer:
    return serve(DemoOptions(rate_limit=0, clock=lambda: DEMO_NOW), port)


@contextmanager
def full_disk() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_BYTES, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_pdf_without_a_chromium_says_what_to_install(demo: DemoServer, open_page: Open):
    page = open_page({**demo.env, chromium.NAMED_BY: "/nowhere/chromium"}, "meeting")
    page.button(key="make-pdf").click().run()

    assert "A PDF is printed by Chromium, and there is none." in words(page)
    assert "apt install chromium" in words(page)
    assert offered(page) == 0


@pytest.mark.skipif(chromium.executable() is None, reason="No Chromium that prints.")
def test_a_full_disk_is_told_and_a_file_that_was_made_before_is_not_taken_for_the_new_one(
    demo: DemoServer, open_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    page = open_page(demo.env, "meeting")
    page.button(key="make-deck").click().run()
    assert offered(page) == 1

    with full_disk():
        page.button(key="make-pdf").click().run()

    assert "The PDF could not be made: File too large." in words(page)
    assert "Free some space" in words(page)
    assert offered(page) == 0
    assert list(tmp_path.iterdir()) == []


def test_a_network_that_is_cut_hinders_no_file_of_what_is_there(open_page: Open):
    with organization() as server:
        page = open_page(server.env, "meeting")
    for file in FILES[:3]:
        page.button(key=f"make-{file.key}").click().run()

        assert not page.error
        assert offered(page) == 1


def test_a_file_of_a_moment_is_gone_when_newer_values_cannot_be_had(open_page: Open):
    with organization() as server:
        page = open_page(server.env, "meeting")
        page.button(key="make-deck").click().run()
        assert offered(page) == 1

    named(page.button, "Refresh").click().run()

    assert page.error
    assert "127.0.0.1" in words(page)
    assert offered(page) == 0


def test_credentials_that_are_taken_away_are_told_and_nothing_is_offered(open_page: Open):
    with organization() as server:
        page = open_page(server.env, "meeting")
        port = urlsplit(server.url).port
    named(page.selectbox, "Period").set_value("last-month")
    with organization(port or 0):  # with another secret
        named(page.button, "Apply").click().run()

    assert len(page.error) == 1
    assert "GENESYS_CLOUD_CLIENT_SECRET" in words(page)
    assert server.client_secret not in words(page)
    assert offered(page) == 0
    assert not [each for each in page.button if (each.key or "").startswith("make-")]
