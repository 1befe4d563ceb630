"""What assistive technology would stumble over on a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


@dataclass(frozen=True)
class Own:
    """A finding that lies in Streamlit: its rule, a part of the element, and why it is there."""

    rule: str
    part: str
    why: str


STREAMLITS_OWN: Final = (
    Own(
        "svg-img-alt",
        "metric_chart_",
        "Vega marks points of the lines in tiles as pictures; st.metric takes no text for them.",
    ),
)


def serious(page: Page) -> list[str]:
    """The findings that shut somebody out, but for Streamlit's own."""
    return [
        f"{each['id']}: {node['html'][:200]}"
        for each in Axe().run(page).response["violations"]
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
        if not is_streamlits(each["id"], node)
    ]


def is_streamlits(rule: str, node: dict[str, Any]) -> bool:
    return any(own.rule == rule and own.part in node["html"] for own in STREAMLITS_OWN)
