"""Warming up: the first page of a server imports nothing more."""

from __future__ import annotations

import subprocess
import sys

from tests.browser.app_server import ROOT

ASKED = """
import gc, sys
from dashboard.warming import warm_up
warm_up()
warm = {*sys.modules}
import dashboard.drawing.head, dashboard.selecting.sidebar
from dashboard.sections import drivers, focused, kpi_row, meeting, queue_view, week
print(sorted(name for name in {*sys.modules} - warm if name.startswith(("dashboard", "reports"))))
print(gc.get_freeze_count() > 100_000)
"""


def test_a_warm_server_imports_nothing_more_for_its_first_page():
    told = subprocess.run(
        [sys.executable, "-c", ASKED], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert told.stdout.splitlines() == ["[]", "True"]
