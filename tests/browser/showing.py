"""What a browser test asks of a show: whether it is readable from afar, and whole."""

from __future__ import annotations

from typing import Any, Final

from playwright.sync_api import Page

SIZES: Final = ((1280, 720), (1920, 1080), (3840, 2160))
LEAST_PX: Final = 18

FULL: Final = "document.fullscreenElement !== null"
"""That the show has the whole screen, asked in the page."""
ON_TOP: Final = "document.elementFromPoint(innerWidth / 2, 20).closest('dialog') !== null"

_FAULTS: Final = """(least) => {
  const scene = document.querySelector(".scene.now"), faults = [];
  const edge = scene.getBoundingClientRect();
  const slack = 2 * Math.max(1, scene.clientHeight / 720); // letters are higher than their lines
  const footer = scene.querySelector("footer").getBoundingClientRect();
  const walker = document.createTreeWalker(scene, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const words = node.textContent.trim(), element = node.parentElement;
    if (!words || element.closest(".unseen, caption, [role=tooltip], style, .rest")) continue;
    const style = getComputedStyle(element);
    if (style.display === "none" || style.visibility === "hidden") continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const shortened = element.closest("th[scope=row], .whose");
    const box = (shortened ?? range).getBoundingClientRect();
    if (!box.width) continue;
    const scale = element.getScreenCTM?.().a ?? 1;
    const size = parseFloat(style.fontSize) * scale;
    if (size < least - 0.1) faults.push(`${size.toFixed(1)} px: ${words}`);
    const isCut = box.right > edge.right + 1 || box.left < edge.left - 1
      || box.bottom > edge.bottom + 1 || box.top < edge.top - 1;
    if (isCut) faults.push(`outside: ${words}`);
    if (!element.closest("footer") && box.bottom > footer.top + 2 && !element.closest("svg")) {
      faults.push(`over the footer: ${words}`);
    }
  }
  const { scrollWidth, scrollHeight } = document.scrollingElement;
  if (scrollWidth > innerWidth || scrollHeight > innerHeight) faults.push("the page scrolls");
  for (const part of scene.querySelectorAll(".pieces, .grid, .lines, .tiles, .wall, .frame")) {
    const { scrollHeight: high, scrollWidth: wide } = part;
    if (high > part.clientHeight + slack || wide > part.clientWidth + slack) {
      faults.push(`${part.className} is cut`);
    }
  }
  return faults;
}"""


def faults(page: Page) -> list[str]:
    """What of the scene that is seen is too small, cut, or behind something else."""
    found: Any = page.evaluate(_FAULTS, LEAST_PX)
    return [str(each) for each in found]


def ready(page: Page) -> None:
    """Wait until all scenes are drawn."""
    page.wait_for_selector(".show[data-ready=all]")


def key_of_scene(page: Page) -> str:
    """The key of the scene that is seen."""
    return str(page.locator(".scene.now").get_attribute("data-key"))
