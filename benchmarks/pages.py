"""How long the Overview takes: a new view against an earlier commit, all else against no content.

For organizations of two sizes, 30 days by day, in one run:

- a new view, nothing kept, against the commit from before figures were added once; both fetch
  their answers from the demo organization, which has them ready, and take turns. The earlier one
  asked for no half-hours; so how long the answers alone take stands beside;
- the server's time for a rerun with everything loaded, and the time until the page has settled
  in Chromium, against a page in the same frame that shows nothing.

All are medians; the ratios count.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from playwright.sync_api import BrowserContext

from genesys.demo import DemoOptions, serve
from genesys.settings import DATA, KEEP_NOTHING
from tests.browser import chromium
from tests.browser.app_server import PARTS, ROOT, copy_project, start_app
from tests.browser.browsing import Pages, open_chromium, settle

BEFORE: Final = "6b0ef6c"
"""The commit that a new view is held against."""


@dataclass(frozen=True)
class Size:
    """An organization: how many times faster a new view is to be, and how slow all else may be."""

    queues: int
    faster: float
    slower: float


SIZES: Final = (Size(24, 10, 2), Size(2000, 8, 4))

VIEWS: Final = 5
RERUNS: Final = 15
LOADS: Final = 5
ADDRESS: Final = "/?period=last-30-days"

EMPTY: Final = 'import streamlit as st\n\nst.title("Overview")\n'

RUNS: Final = """
import sys, time
from streamlit.testing.v1 import AppTest

page = AppTest.from_file("dashboard/main.py", default_timeout=300)
page.query_params["period"] = "last-30-days"
queries = []
for line in sys.stdin:
    act = page.run
    if line == "answers\\n":
        from dashboard.data import fetching, organization
        from genesys.analytics.fetch import fetch_all
        from reports.data.kept import forget_each
        asked = forget_each(fetching.Question, lambda _: True)
        queries = queries or [each.query for each in asked]
        def act():
            fetch_all(organization.client().api, queries, organization.budget(fetching.now))
    if line == "new\\n":
        try:
            from dashboard.data.fetching import clear
        except ImportError:
            from dashboard.data import clear
        clear()
    began = time.perf_counter(), time.process_time()
    act()
    ended = time.perf_counter(), time.process_time()
    assert not page.exception
    print(*(1000 * (end - begin) for begin, end in zip(began, ended)), flush=True)
"""
"""Runs the page once for each line, after forgetting all that is kept where it says so.

Or asks for its answers alone, as the page does, and puts them into frames.
"""


@dataclass(frozen=True)
class Run:
    """Milliseconds that passed in a run, and those that its process worked."""

    passed: float
    worked: float


class Process:
    """A warm process that runs the page when it is told to."""

    def __init__(self, folder: Path, env: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", RUNS],
            cwd=folder,
            env={**os.environ, **env, "PYTHONPATH": str(folder), DATA.name: KEEP_NOTHING},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.run("new")
        self.run("new")

    def run(self, how: str) -> Run:
        """A run that is `new`, one `again` with everything loaded, or its `answers` alone."""
        if self._process.stdin is None or self._process.stdout is None:
            raise AssertionError("a process without pipes")
        print(how, file=self._process.stdin, flush=True)
        return Run(*map(float, self._process.stdout.readline().split()))

    def end(self) -> None:
        self._process.communicate()


@contextmanager
def projects() -> Iterator[dict[str, Path]]:
    """The dashboard, the one of before, and one with an empty Overview."""
    with tempfile.TemporaryDirectory() as temporary:
        folders = {name: Path(temporary) / name for name in ("before", "overview", "empty")}
        for folder in folders.values():
            folder.mkdir()
        archive = subprocess.run(
            ["git", "archive", BEFORE, *PARTS],  # noqa: S607 - any git will do
            cwd=ROOT,
            stdout=subprocess.PIPE,
            check=True,
        )
        with tarfile.open(fileobj=BytesIO(archive.stdout)) as files:
            files.extractall(folders["before"], filter="data")
        copy_project(folders["overview"])
        copy_project(folders["empty"])
        (folders["empty"] / "pages" / "overview.py").write_text(EMPTY)
        yield folders


def taken(
    folders: Mapping[str, Path], env: Mapping[str, str], how: str, rounds: int
) -> dict[str, Run]:
    """Medians of runs of each project, taken in turns."""
    processes = {name: Process(folder, env) for name, folder in folders.items()}
    runs = [{name: each.run(how) for name, each in processes.items()} for _ in range(rounds)]
    for process in processes.values():
        process.end()
    return {
        name: Run(
            statistics.median(run[name].passed for run in runs),
            statistics.median(run[name].worked for run in runs),
        )
        for name in folders
    }


def settled(folder: Path, env: Mapping[str, str], browser: BrowserContext) -> float:
    """Milliseconds from asking for the page until it has settled, with a warm cache."""
    with start_app(folder, env) as server:
        page = Pages(browser)(server.url + ADDRESS)
        times = []
        for _ in range(LOADS):
            page.reload()
            settle(page)
            times.append(float(page.evaluate("window.settledSince")))
        page.close()
    return statistics.median(times)


def line(label: str, milliseconds: float, ratio: str = "") -> None:
    print(f"  {label:<40}{milliseconds:8,.0f} ms  {ratio}", flush=True)


def against_before(size: Size, folders: Mapping[str, Path], env: Mapping[str, str]) -> None:
    """Print how long a new view takes, before and now."""
    both = {name: folders[name] for name in ("before", "overview")}
    runs = taken(both, env, "new", VIEWS)
    before, now = runs["before"], runs["overview"]
    line(f"new view   at {BEFORE}", before.passed)
    line("           now", now.passed, f"{before.passed / now.passed:5.1f} times faster")
    line(f"  processor time at {BEFORE}", before.worked)
    line("           now", now.worked, f"{before.worked / now.worked:5.1f} times less")
    print(f"  (aim: {size.faster:g} times)")
    answers = taken({"overview": folders["overview"]}, env, "answers", VIEWS)["overview"]
    line("  its answers alone", answers.passed)


def against_empty(
    size: Size, folders: Mapping[str, Path], env: Mapping[str, str], browser: BrowserContext
) -> None:
    """Print how long a loaded page takes, empty and not."""
    both = {name: folders[name] for name in ("empty", "overview")}
    reruns = {name: run.passed for name, run in taken(both, env, "again", RERUNS).items()}
    loads = {name: settled(folder, env, browser) for name, folder in both.items()}
    for label, times in {"rerun": reruns, "settled": loads}.items():
        line(f"{label:<10} empty page", times["empty"])
        ratio = times["overview"] / times["empty"]
        line("           Overview", times["overview"], f"{ratio:5.1f} times the empty page")
    print(f"  (aim: at most {size.slower:g} times)")


def main() -> None:
    executable = chromium.executable()
    if executable is None:
        sys.exit(chromium.HELP)
    with projects() as folders, open_chromium(executable) as browser:
        for size in SIZES:
            print(f"{size.queues:,} queues, 30 days by day", flush=True)
            with serve(DemoOptions(queues=size.queues, rate_limit=0)) as demo:
                against_before(size, folders, demo.env)
                against_empty(size, folders, demo.env, browser)


if __name__ == "__main__":
    main()
