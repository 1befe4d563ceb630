"""Printing: which Chromium is taken, and what is said where it is missing, fails or hangs."""

from __future__ import annotations

import os
import stat
import tempfile
from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from genesys.errors import ConfigurationError
from reports import chromium
from reports.pdf import NotPrinted, to_pdf

posix = pytest.mark.skipif(os.name == "nt", reason="programs that are shell scripts")


def program(folder: Path, script: str, name: str = "chromium") -> Path:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return file


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made."""
    monkeypatch.setattr(tempfile, "tempdir", str(folder := tmp_path / "temporary"))
    folder.mkdir()
    return folder


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The one folder in which programs are looked for."""
    monkeypatch.delenv(chromium.NAMED_BY, raising=False)
    monkeypatch.setenv("PATH", str(folder := tmp_path / "programs"))
    folder.mkdir()
    return folder


@posix
class TestWhich:
    def test_the_named_one_wins_over_the_systems(self, alone: Path, tmp_path: Path, monkeypatch):
        program(alone, "")
        mine = program(tmp_path, "", "mine")
        monkeypatch.setenv("CHROMIUM", str(mine))
        assert chromium.executable() == str(mine)

    def test_a_named_one_that_is_not_there_is_replaced_by_none(self, alone: Path, monkeypatch):
        program(alone, "")
        monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
        assert chromium.executable() is None

    def test_a_script_that_starts_a_snap_is_passed_over(self, alone: Path):
        program(alone, "exec /snap/bin/chromium", "chromium-browser")
        chrome = program(alone, "", "google-chrome")
        assert chromium.executable() == str(chrome)

    def test_without_any_it_is_said_what_to_install(self, alone: Path):
        with pytest.raises(ConfigurationError, match="apt install chromium"):
            to_pdf("<p>1")


@posix
class TestTrouble:
    def test_what_a_browser_says_that_prints_nothing(self, tmp_path, temporary, monkeypatch):
        monkeypatch.setenv("CHROMIUM", str(program(tmp_path, "echo No display >&2; exit 1")))
        with pytest.raises(NotPrinted, match=r"Chromium made no PDF\. It said: No display"):
            to_pdf("<p>1")
        assert list(temporary.iterdir()) == []

    def test_one_that_hangs_ends_with_all_it_started(self, tmp_path, temporary, monkeypatch):
        child = tmp_path / "child"
        script = f"sleep 600 & echo $! > {child}; wait"
        monkeypatch.setenv("CHROMIUM", str(program(tmp_path, script)))
        with pytest.raises(NotPrinted, match=r"did not print within 0\.5 seconds"):
            to_pdf("<p>1", seconds=0.5)
        assert not is_running(int(child.read_text()))
        assert list(temporary.iterdir()) == []

    def test_one_that_writes_something_else(self, tmp_path, temporary, monkeypatch):
        script = 'for each; do case $each in --print-to-pdf=*) echo no > "${each#*=}";; esac; done'
        monkeypatch.setenv("CHROMIUM", str(program(tmp_path, script)))
        with pytest.raises(NotPrinted, match="is no PDF"):
            to_pdf("<p>1")

    def test_one_that_does_not_start(self, tmp_path, temporary, monkeypatch):
        (file := tmp_path / "chromium").write_bytes(b"\x7fELF")
        file.chmod(0o700)
        monkeypatch.setenv("CHROMIUM", str(file))
        with pytest.raises(NotPrinted, match="does not start"):
            to_pdf("<p>1")


def is_running(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not waited for does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.browser
@pytest.mark.skipif(chromium.executable() is None, reason="No Chromium that prints.")
def test_a_page_prints_as_its_style_says_and_leaves_nothing_behind(temporary: Path):
    style = "@page { size: 10in 5in } p { break-after: page }"
    made = to_pdf(
        f"<meta charset=utf-8><style>{style}</style><p>Café<p>\u202eabc<script>1</script>"
    )
    pages = pypdf.PdfReader(BytesIO(made)).pages
    assert [float(each) for each in pages[0].mediabox] == [0, 0, 720, 360]
    assert pages[0].extract_text() == "Café"
    assert list(temporary.iterdir()) == []
