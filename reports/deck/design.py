"""Designs: the layouts that slides are made of, ours or the organization's."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PythonPptxError
from pptx.presentation import Presentation as Deck
from pptx.slide import SlideLayout

from genesys.errors import ConfigurationError
from reports.deck.box import Box
from reports.deck.own_design import FOOTER, HEIGHT, KICKER, MARGIN, TITLE, WIDTH, own_deck
from reports.deck.paper import EMU, placeholders_of

_TITLES: Final = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_AT_FOOT: Final = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
_OWN_WIDER: Final = 1.12
_WIDER: Final = 1.15
"""How much wider the letters of a stand-in for our font may be, and those of an unknown one."""

_BROKEN: Final = (
    PythonPptxError,
    BadZipFile,
    zlib.error,
    EOFError,
    SyntaxError,
    ValueError,
    LookupError,
    AttributeError,
)
"""What a file raises that is no presentation, or is one no longer."""

_FOOT: Final = 0.55
"""What is kept free at the bottom where a template has no footer."""
_LEAST_BODY: Final = 3.0


@dataclass(frozen=True, eq=False)
class Design:
    """An empty deck, its layouts, and where things lie on a slide of a scene.

    `scale` is the size of the slide to that of ours; boxes are in inches of ours.
    """

    deck: Deck
    cover: SlideLayout
    scene: SlideLayout
    scale: float
    wider: float
    kicker: Box
    title: Box
    body: Box
    footer: Box
    is_own: bool


def design_of(template: Path | None) -> Design:
    """The organization's design, or ours where there is no template.

    Raises ConfigurationError where the file is no deck, or none that has a title.
    """
    if template is None:
        return _own()
    deck = _opened(template)
    _empty(deck)
    layouts = list(deck.slide_layouts)
    scene = min((each for each in layouts if _title(each)), key=_others, default=None)
    if scene is None:
        raise ConfigurationError(
            f"No layout of the template {template.name} has a title.",
            "Give one whose slides have a title, such as “Title Only”.",
        )
    covers = [each for each in layouts if _has(each, PP_PLACEHOLDER.SUBTITLE) and _title(each)]
    return _foreign(deck, next(iter(covers), scene), scene)


def _own() -> Design:
    deck = own_deck()
    names = {each.name: each for each in deck.slide_layouts}
    top = TITLE.bottom + 0.2
    body = Box(MARGIN, top, WIDTH - 2 * MARGIN, FOOTER.y - 0.16 - top)
    cover, scene = names["Title Slide"], names["Title Only"]
    return Design(deck, cover, scene, 1.0, _OWN_WIDER, KICKER, TITLE, body, FOOTER, is_own=True)


def _opened(template: Path) -> Deck:
    todo = "Give a presentation saved as .pptx that PowerPoint opens without repair."
    try:
        deck = Presentation(str(template))
        _ = deck.slide_master, deck.slide_layouts[0]
    except OSError as error:
        raise ConfigurationError(f"The template {template.name} cannot be read.", todo) from error
    except _BROKEN as error:
        raise ConfigurationError(
            f"The template {template.name} is no PowerPoint presentation.", todo
        ) from error
    return deck


def _empty(deck: Deck) -> None:
    """Takes out the template's own slides, and what lists them."""
    ids = deck.slides.element
    for each in list(ids):
        deck.part.drop_rel(each.rId)
        ids.remove(each)
    for lists in deck.element.xpath("./p:custShowLst | ./p:extLst"):
        lists.getparent().remove(lists)


def _title(layout: SlideLayout) -> Any:
    return next((each for each in placeholders_of(layout) if _type(each) in _TITLES), None)


def _type(shape: Any) -> Any:
    return shape.placeholder_format.type


def _has(layout: SlideLayout, kind: PP_PLACEHOLDER) -> bool:
    return any(_type(each) is kind for each in placeholders_of(layout))


def _others(layout: SlideLayout) -> int:
    """How many placeholders there are besides a title, which is best alone and not centred."""
    kinds = [_type(each) for each in placeholders_of(layout)]
    besides = [each for each in kinds if each not in (PP_PLACEHOLDER.TITLE, *_AT_FOOT)]
    return len(besides)


def _foreign(deck: Deck, cover: SlideLayout, scene: SlideLayout) -> Design:
    width, height = (float(each or 0) / EMU for each in (deck.slide_width, deck.slide_height))
    scale = min(width / WIDTH, height / HEIGHT)
    slide = Box(0, 0, width / scale, height / scale)
    title = _box(_title(scene), scale) or TITLE
    feet = [_box(each, scale) for each in _feet(scene)]
    low = min((each.y for each in feet if each and each.y > slide.h / 2), default=slide.h - _FOOT)
    left = max(min(title.x, slide.w / 6), 0.3)
    room = slide.w - 2 * left
    if low - title.bottom < _LEAST_BODY:
        # A title that takes half of the slide leaves no room for figures.
        title = Box(title.x, min(title.y, 0.4), title.w, 1.0)
    kicker = Box(left, title.bottom + 0.05, room, 0.32)
    body = Box(left, kicker.bottom + 0.08, room, low - kicker.bottom - 0.2)
    footer = Box(left, low, room - 0.8, min(FOOTER.h, slide.h - low))
    return Design(deck, cover, scene, scale, _WIDER, kicker, title, body, footer, is_own=False)


def _feet(layout: SlideLayout) -> Iterable[Any]:
    return (each for each in placeholders_of(layout) if _type(each) in _AT_FOOT)


def _box(shape: Any, scale: float) -> Box | None:
    """Where a placeholder lies, by itself or by its master; None where nobody says."""
    places = (shape.left, shape.top, shape.width, shape.height)
    if any(each is None for each in places):
        return None
    return Box(*(each / EMU / scale for each in places))
