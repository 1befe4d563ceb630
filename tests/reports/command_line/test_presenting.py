"""Files from the command line: the figures of the page, whole or not at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pptx
import pypdf
import pytest

from genesys.command_line.ending import CONFIGURATION, DONE, FAILED, USAGE
from reports import chromium
from reports.page.page import to_html
from reports.scenes.choice import Choice
from reports.scenes.meeting import Meeting
from reports.scenes.show import show as show_of
from tests.browser.app_server import copy_project
from tests.conftest import DEMO_NOW
from tests.days.at_once import keep_span
from tests.hostile import EMPTY_503, HostileServer, Seen, Sent, ok

WEEK = "--preset last-7-days --quiet"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files") / "week.pptx"


@pytest.mark.usefixtures("live")
class TestFigures:
    def test_a_page_is_that_of_the_dashboard_to_the_letter(self, run, meeting: Meeting):
        of_page = show_of(replace(meeting, link=""), Choice())
        done = run(f"page {WEEK}")
        assert (done.code, done.err) == (DONE, "")
        assert done.out.decode() == to_html(of_page)

    def test_a_deck_has_the_chosen_scenes_in_their_order_under_its_title(self, run, file: Path):
        words = f"deck {WEEK} --scenes offered,headline --output {file}"
        assert run(words, "--title", "Weekly").code == DONE
        slides = pptx.Presentation(file).slides
        titles = [slide.shapes.title.text for slide in slides]
        assert len(titles) == 3
        assert titles[0] == "Weekly"
        assert titles[1].startswith("Offer rose by 151 to 19,929")

    def test_queues_media_types_days_and_comparison_are_chosen_as_for_a_report(self, run):
        words = "--from 2026-06-01 --to 2026-06-07 --compare year --queue Claims --media voice"
        done = run(f"page {words} --scenes method --time-zone Europe/Berlin")
        text = done.out.decode()
        assert done.code == DONE
        for said in (
            "Mon 1 – Sun 7 Jun 2026 against Mon 2 – Sun 8 Jun 2025",
            "Mon 1 – Sun 7 Jun 2026 · Claims · voice · Europe/Berlin",
        ):
            assert said in text
        assert "Northwind Mutual (demo), Europe/Berlin, as of Mon 15 Jun 2026, 14:00" in done.err

    def test_what_nothing_could_be_shown_of_is_said(self, run):
        done = run("page --from 2027-01-01 --to 2027-01-02")
        assert done.code == DONE
        assert "Without “What came in”: " in done.err

    def test_each_query_is_asked_once(self, run):
        done = run(f"page {WEEK} --show-query")
        shown, decoder, at = done.err.strip(), json.JSONDecoder(), 0
        bodies: list[str] = []
        while at < len(shown):
            found, end = decoder.raw_decode(shown, at)
            bodies += map(json.dumps, found)
            at = len(shown) - len(shown[end:].lstrip())
        assert len(bodies) == len(set(bodies)) > 4


@pytest.mark.usefixtures("live")
class TestRefused:
    @pytest.mark.parametrize(
        ("words", "says"),
        [
            ("deck", "pptx is for a file. Name one: --output report.pptx"),
            ("deck --output {}/week.csv", "what is written is pptx. deck writes pptx"),
            ("pdf --output {}/week.html", "what is written is pdf"),
            ("page --scenes headlines", "headline"),
            ("page --queue Nobody", "No queue that is known is called 'Nobody'"),
            ("page --kpis conversations", "conversations"),
            ("page --preset someday", "someday"),
            ("page --output {}/none/week.html", "cannot be written"),
        ],
    )
    def test_a_wrong_word_is_told_and_nothing_written(self, run, tmp_path, words: str, says: str):
        done = run(words.format(tmp_path))
        assert (done.code, done.out) == (USAGE, b"")
        assert says in done.err
        assert list(tmp_path.iterdir()) == []

    def test_a_pdf_without_a_chromium_asks_nothing(self, run, monkeypatch, tmp_path: Path):
        monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
        done = run(f"pdf {WEEK} --show-query --output {tmp_path}/week.pdf")
        assert done.code == CONFIGURATION
        assert done.err.startswith("A PDF is printed by Chromium, and there is none. Install it")

    def test_a_logo_that_is_not_there_is_told_by_its_setting(self, run, monkeypatch):
        monkeypatch.setenv("MEETING_LOGO", "nowhere.png")
        done = run(f"page {WEEK}")
        assert done.code == CONFIGURATION
        assert "MEETING_LOGO is 'nowhere.png'" in done.err


def without_half_hours(seen: Seen) -> Sent:
    if "aggregates" not in seen.path:
        return ok({"id": "o", "name": "Northwind", "entities": [], "total": 0, "pageCount": 1})
    return EMPTY_503 if seen.json["granularity"] == "PT30M" else ok({"results": []})


def test_half_hours_that_cannot_be_had_leave_the_old_file(run, monkeypatch, tmp_path: Path):
    (file := tmp_path / "week.html").write_text("old")
    with HostileServer(without_half_hours) as server:
        for name, value in settings_of(server).items():
            monkeypatch.setenv(name, value)
        done = run(f"page {WEEK} --output {file}")
    assert (done.code, done.out) == (FAILED, b"")
    assert "503" in done.err
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("week.html", "old")]


def settings_of(server: HostileServer) -> dict[str, str]:
    return {
        "GENESYS_CLOUD_CLIENT_ID": "client-1",
        "GENESYS_CLOUD_CLIENT_SECRET": server.connection.client_secret,
        "GENESYS_CLOUD_API_URL": server.url,
        "GENESYS_CLOUD_LOGIN_URL": server.url,
    }


def in_clean_environment(words: str, folder: Path) -> tuple[int, str, str]:
    """The exit code, stdout and stderr of a process that knows nothing of ours."""
    copy_project(folder)
    kept = ("PATH", "HOME", "CHROMIUM", "SYSTEMROOT", "TMPDIR")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "reports", *words.split()],
        cwd=folder,
        env={name: os.environ[name] for name in kept if name in os.environ},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("command", "name", "begins"),
    [
        ("deck", "week.pptx", b"PK"),
        ("workbook", "week.xlsx", b"PK"),
        ("page", "week.html", b"<!doctype html>"),
    ],
)
def test_a_process_in_a_clean_environment_makes_files_of_the_demo(
    tmp_path: Path, command: str, name: str, begins: bytes
):
    words = f"{command} --demo --preset last-week --quiet --output {name}"

    assert in_clean_environment(words, tmp_path) == (DONE, "", "")
    assert (tmp_path / name).read_bytes().startswith(begins)


@pytest.mark.skipif(chromium.executable() is None, reason="No Chromium that prints.")
def test_a_process_in_a_clean_environment_prints_the_demo(tmp_path: Path):
    file = tmp_path / "week.pdf"
    words = f"pdf --demo --preset last-week --quiet --output {file}"

    assert in_clean_environment(words, tmp_path) == (DONE, "", "")
    pages = pypdf.PdfReader(BytesIO(file.read_bytes())).pages
    assert len(pages) > 6
    assert "How it went" in pages[0].extract_text()
    assert "Method" in pages[-1].extract_text()


@pytest.mark.usefixtures("live")
def test_a_file_of_kept_days_asks_for_the_youngest_alone(run, demo, tmp_path, monkeypatch):
    alone = run(f"page {WEEK}")
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    keep_span(demo, tmp_path, date(2026, 5, 24), date(2026, 6, 11), DEMO_NOW)
    before = len(demo.requests)
    done = run(f"page {WEEK}")

    assert done.out == alone.out
    bodies = [each for each in demo.requests[before:] if each.path.endswith("/query")]
    assert 0 < len(bodies) < 10
