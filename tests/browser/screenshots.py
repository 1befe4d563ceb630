"""Pictures of every page, in both themes and at three sizes; `make screenshots` takes them.

They go to screenshots/, which git ignores; those that README shows go to docs/screenshots/.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from itertools import product
from pathlib import Path
from typing import Final, get_args

from dashboard.selecting import menu
from tests.browser import chromium
from tests.browser.app_server import ROOT, copy_project, start_app
from tests.browser.browsing import (
    SCREENSHOTS,
    SIZES,
    WALL,
    Pages,
    Scheme,
    open_chromium,
    open_pages,
    shoot,
)
from tests.browser.reading import TWO_QUEUES
from tests.browser.showing import ready

_FIRST, _SECOND = TWO_QUEUES
PAGES: Final = {
    entry.key: "/" if entry is menu.ENTRIES[0] else f"/{entry.key}" for entry in menu.ENTRIES
} | {"queue": f"/queues?pick={_FIRST}", "queues-compared": f"/queues?pick={_FIRST}&pick={_SECOND}"}
"""The name of each page's pictures, and its path."""

TITLES: Final = {entry.key: entry.title for entry in menu.ENTRIES} | {
    "queue": "Complaints (Claims)",
    "queues-compared": "Queues",
}
"""What each of them is called on top."""

SCENES: Final = {"scene-matrix": 2, "scene-when": 5, "scene-queue": 6}
"""The name of each picture of a meeting, and the scene that it shows."""

IN_README: Final = {
    "scene-matrix-light.png": "scene-matrix-light.png",
    "scene-when-light.png": "scene-when-light.png",
    "scene-queue-dark.png": "scene-queue-dark.png",
    "overview-light-1440.png": "overview-light.png",
    "overview-dark-1440.png": "overview-dark.png",
    "queue-light-1440.png": "queue-light.png",
    "when-light-1440.png": "when-light.png",
    "changes-light-1440.png": "changes-light.png",
}
README_FOLDER: Final = ROOT / "docs" / "screenshots"


def main() -> str | None:
    """Take all pictures of the demo organization; what is missing where that cannot be."""
    executable = chromium.executable()
    if executable is None:
        return chromium.HELP
    with tempfile.TemporaryDirectory() as temporary:
        copy_project(folder := Path(temporary))
        with (
            start_app(folder) as server,
            open_chromium(executable) as browser,
            open_pages(browser) as open_page,
        ):
            shoot_all(server.url, open_page)
            shoot_scenes(server.url, open_page)
    README_FOLDER.mkdir(parents=True, exist_ok=True)
    for picture, name in IN_README.items():
        shutil.copy2(SCREENSHOTS / picture, README_FOLDER / name)
    return None


def shoot_all(url: str, open_page: Pages) -> None:
    """Each page as the window shows it, and as a whole."""
    for (page_name, path), scheme, viewport in product(PAGES.items(), get_args(Scheme), SIZES):
        page = open_page(f"{url}{path}", viewport=viewport, scheme=scheme)
        name = f"{page_name}-{scheme}-{viewport['width']}"
        print(shoot(page, SCREENSHOTS / f"{name}.png"))
        print(shoot(page, SCREENSHOTS / f"{name}-whole.png", whole=True))
        page.close()


def shoot_scenes(url: str, open_page: Pages) -> None:
    """Scenes of a meeting as a small projector shows them."""
    for (name, scene), scheme in product(SCENES.items(), get_args(Scheme)):
        address = f"{url}/meeting?scene={scene}"
        page = open_page(address, viewport=WALL, scheme=scheme, settled=False)
        ready(page)
        path = SCREENSHOTS / f"{name}-{scheme}.png"
        page.screenshot(path=path)
        print(path)
        page.close()


if __name__ == "__main__":
    sys.exit(main())
