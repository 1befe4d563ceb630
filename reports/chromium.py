"""The Chromium of this machine, which prints pages."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

NAMED_BY: Final = "CHROMIUM"

PROGRAMS: Final = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")


def executable() -> str | None:
    """The browser that the environment names as CHROMIUM, else the system's; None without any.

    A snap is passed over: it cannot read the profile that is made for it.
    """
    if named := os.environ.get(NAMED_BY):
        return shutil.which(named)
    found = (shutil.which(each) for each in PROGRAMS)
    return next((each for each in found if each and not _is_snap(each)), None)


def _is_snap(program: str) -> bool:
    """Whether it is one, or Ubuntu's script that starts one."""
    file = Path(program).resolve()
    if "snap" in file.parts:
        return True
    with file.open("rb") as opened:
        return b"/snap/" in opened.read(4096)
