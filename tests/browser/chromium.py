"""The Chromium that browser tests drive; `python -m tests.browser.chromium` installs one."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import Final

from playwright.sync_api import sync_playwright

from reports import chromium
from reports.chromium import NAMED_BY

HELP: Final = (
    "No Chromium for the browser tests: install Chromium, or set CHROMIUM to the path of one."
)


def executable() -> str | None:
    """The browser that prints our PDFs, else Playwright's own; None without any."""
    if os.environ.get(NAMED_BY) or chromium.executable():
        return chromium.executable()
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).is_file() else None


def in_ci() -> bool:
    """Whether tests run unattended, where none may be skipped."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def installation(*, system: str, root: bool) -> list[list[str]]:
    """The commands that install a Chromium on a system, named by its ID in os-release."""
    if system == "debian" and root:
        packages = ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"]
        return [["apt-get", "update"], packages]
    return [[sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"]]


def _system() -> str:
    try:
        return platform.freedesktop_os_release().get("ID", "")
    except OSError:
        return platform.system().lower()


def main() -> int:
    """Install a Chromium where there is none, or say what to do; only CI cannot go on without."""
    if executable():
        return 0
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    for command in installation(system=_system(), root=root):
        if subprocess.run(command, check=False).returncode:
            break
    if executable():
        return 0
    print(HELP, file=sys.stderr)
    return int(in_ci())


if __name__ == "__main__":
    sys.exit(main())
