"""What assistive technology would stumble over on a page."""

from __future__ import annotations

from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_FINDINGS: Final[dict[str, Any]] = {"resultTypes": ["violations"]}
"""All rules; to describe each element that is right takes longer than to find what is not."""


def serious(page: Page, within: str | None = None) -> list[str]:
    """The findings that shut somebody out, of the whole page or of what a selector finds."""
    return [
        f"{each['id']}: {node['html'][:200]}"
        for each in Axe().run(page, within, _FINDINGS).response["violations"]
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]
