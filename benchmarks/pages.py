"""How long the Overview takes, against an empty page in the same frame.

Two figures for organizations of two sizes, 30 days by day, everything loaded before: the
server's time for a rerun, and the time until the page has settled in Chromium. All are
medians, measured in one run; the ratio to the empty page is what counts.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import BrowserContext

from genesys.demo import DemoOptions, serve
from tests.browser import chromium
from tests.browser.app_server import copy_project, start_app
from tests.browser.browsing import Pages, open_chromium, settle

SIZES: Final = {24: 2, 2000: 4}
"""Queues, and how many times the empty page the Overview may take at most."""

RERUNS: Final = 15
LOADS: Final = 5
ADDRESS: Final = "/?period=last-30-days"

EMPTY: Final = 'import streamlit as st\n\nst.title("Overview")\n'

RERUN: Final = """
import json, sys, time
from streamlit.testing.v1 import AppTest

page = AppTest.from_file("dashboard/main.py", default_timeout=300)
page.query_params["period"] = "last-30-days"
times = []
for _ in range(int(sys.argv[1]) + 2):
    began = time.perf_counter()
    page.run()
    times.append(time.perf_counter() - began)
    assert not page.exception
print(json.dumps(times))
"""


@contextmanager
def projects() -> Iterator[dict[str, Path]]:
    """Two copies of the dashboard, one with an empty Overview."""
    with tempfile.TemporaryDirectory() as temporary:
        folders = {name: Path(temporary) / name for name in ("empty", "overview")}
        for folder in folders.values():
            folder.mkdir()
            copy_project(folder)
        (folders["empty"] / "pages" / "overview.py").write_text(EMPTY)
        yield folders


def rerun(folder: Path, env: Mapping[str, str]) -> tuple[float, float]:
    """Milliseconds of the first run, and of a run with everything loaded."""
    done = subprocess.run(
        [sys.executable, "-c", RERUN, str(RERUNS)],
        cwd=folder,
        env={**os.environ, **env, "PYTHONPATH": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    times = json.loads(done.stdout)
    return 1000 * times[0], 1000 * statistics.median(times[2:])


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


def main() -> None:
    executable = chromium.executable()
    if executable is None:
        sys.exit(chromium.HELP)
    with projects() as folders, open_chromium(executable) as browser:
        for queues, aim in SIZES.items():
            with serve(DemoOptions(queues=queues, rate_limit=0)) as demo:
                runs = {name: rerun(folder, demo.env) for name, folder in folders.items()}
                loads = {name: settled(at, demo.env, browser) for name, at in folders.items()}
            report(queues, aim, runs, loads)


def report(
    queues: int,
    aim: int,
    runs: Mapping[str, tuple[float, float]],
    loads: Mapping[str, float],
) -> None:
    """Print one size's figures."""
    (_, empty), (first, overview) = runs["empty"], runs["overview"]
    print(f"{queues:,} queues, 30 days by day (aim: {aim} times the empty page)")
    print(f"  first run, figures fetched          {first:8,.0f} ms")
    print(f"  rerun      empty page               {empty:8,.0f} ms")
    print(f"             Overview                 {overview:8,.0f} ms  {overview / empty:5.1f}x")
    empty, overview = loads["empty"], loads["overview"]
    print(f"  settled    empty page               {empty:8,.0f} ms")
    print(f"             Overview                 {overview:8,.0f} ms  {overview / empty:5.1f}x")


if __name__ == "__main__":
    main()
