"""Our own design: a wide, white deck with much space, made in code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.presentation import Presentation as Deck

from reports.deck.box import Box
from reports.deck.paper import EMU, placeholders_of
from reports.deck.text import fill_xml
from reports.theme import ACCENT, CARD, GRID, INK, MEDIA_COLOURS, PALETTE, PAPER, QUIET_INK

WIDTH: Final = 40 / 3
HEIGHT: Final = 7.5
MARGIN: Final = 0.6

KICKER: Final = Box(MARGIN, 0.4, WIDTH - 2 * MARGIN, 0.32)
TITLE: Final = Box(MARGIN, 0.72, WIDTH - 2 * MARGIN, 1.03)
FOOTER: Final = Box(MARGIN, 6.96, WIDTH - 2 * MARGIN - 0.8, 0.42)

_PAGE: Final = Box(WIDTH - MARGIN - 0.7, 6.96, 0.7, 0.42)
_HAIR: Final = Box(MARGIN, 6.9, WIDTH - 2 * MARGIN, 0.012)
_BODY: Final = Box(MARGIN, 1.9, WIDTH - 2 * MARGIN, 4.8)
_COVER: Final = Box(1.2, 1.5, 10.4, 1.6)
_BELOW_COVER: Final = Box(1.2, 3.25, 10.4, 3.4)
_BAND: Final = Box(0, 0, 0.42, HEIGHT)

_KEPT: Final = ("Title Slide", "Title Only", "Blank")
_COVER_NAME: Final = _KEPT[0]

_FONT: Final = 'typeface="Calibri" panose="020F0502020204030204" pitchFamily="34"'
"""Every Office has it; LibreOffice has one as wide, and others take one without serifs."""

_COLOURS: Final[Mapping[str, str]] = {
    "dk1": INK,
    "lt1": PAPER,
    "dk2": QUIET_INK,
    "lt2": CARD,
    **{f"accent{place}": each for place, each in enumerate(MEDIA_COLOURS.values(), start=1)},
    "accent6": PALETTE[0],
    "hlink": ACCENT,
    "folHlink": QUIET_INK,
}

_SPACES: Final = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_SCHEME: Final = re.compile(r"<a:clrScheme .*?</a:clrScheme>", re.DOTALL)
_LATIN: Final = re.compile(r"(<a:(?:major|minor)Font>\s*)<a:latin [^>]*/>")


def own_deck() -> Deck:
    """An empty deck of our design: a title slide, a title alone, and nothing."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = _emu(WIDTH), _emu(HEIGHT)
    for layout in list(deck.slide_layouts):
        if layout.name not in _KEPT:
            deck.slide_layouts.remove(layout)
    _set_theme(deck)
    _place_master(deck)
    _place_cover(deck)
    package = deck.part.package
    for holder, kind in (
        (package, RELATIONSHIP_TYPE.THUMBNAIL),
        (deck.part, RELATIONSHIP_TYPE.PRINTER_SETTINGS),
    ):
        holder.drop_rel(holder.relate_to(holder.part_related_by(kind), kind))
    return deck


def _emu(inches: float) -> Any:
    return round(inches * EMU)


def _set_theme(deck: Deck) -> None:
    part = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{colour[1:]}"/></a:{name}>' for name, colour in _COLOURS.items()
    )
    theme = _SCHEME.sub(
        f'<a:clrScheme name="Figures">{colours}</a:clrScheme>', part.blob.decode("utf-8")
    )
    part.blob = _LATIN.sub(rf"\1<a:latin {_FONT}/>", theme).encode("utf-8")


def _place_master(deck: Deck) -> None:
    """The placeholders of all layouts, and a hair above the footer."""
    places = {
        PP_PLACEHOLDER.TITLE: TITLE,
        PP_PLACEHOLDER.BODY: _BODY,
        PP_PLACEHOLDER.FOOTER: FOOTER,
        PP_PLACEHOLDER.SLIDE_NUMBER: _PAGE,
    }
    master = deck.slide_master
    for holder in (master, *deck.slide_layouts):
        for shape in placeholders_of(holder):
            if shape.placeholder_format.type is PP_PLACEHOLDER.DATE:
                shape.element.getparent().remove(shape.element)
    for shape in placeholders_of(master):
        _place(shape, places[shape.placeholder_format.type])
    _say(master.element, ".//p:titleStyle/a:lvl1pPr", algn="l")
    _say(master.element, ".//p:titleStyle/a:lvl1pPr/a:defRPr", sz="2800", b="1")
    _say(master.element, ".//p:sp//a:bodyPr", lIns="0", rIns="0", tIns="0", bIns="0", anchor="t")
    footers = ".//p:sp[.//p:ph[@type='ftr' or @type='sldNum']]"
    _say(master.element, f"{footers}//a:bodyPr", anchor="ctr")
    _say(master.element, f"{footers}//a:lvl1pPr/a:defRPr", sz="1100")
    _say(master.element, ".//p:sp[.//p:ph[@type='ftr']]//a:lvl1pPr", algn="l")
    master.shapes.element.insert(2, _bar(_HAIR, GRID, 90))


def _place_cover(deck: Deck) -> None:
    """The title slide: a band at the left, a large title, and what is said below it."""
    cover = next(each for each in deck.slide_layouts if each.name == _COVER_NAME)
    places = {PP_PLACEHOLDER.CENTER_TITLE: _COVER, PP_PLACEHOLDER.SUBTITLE: _BELOW_COVER}
    for shape in placeholders_of(cover):
        if place := places.get(shape.placeholder_format.type):
            _place(shape, place)
    cover.element.set("showMasterSp", "0")
    title, below = (f".//p:sp[.//p:ph[@type='{each}']]" for each in ("ctrTitle", "subTitle"))
    _say(cover.element, f"{title}//a:bodyPr", anchor="b")
    _say(cover.element, f"{below}//a:bodyPr", anchor="t")
    _say(cover.element, f"{below}//a:lvl1pPr", algn="l")
    cover.shapes.element.insert(2, _bar(_BAND, ACCENT, 91))


def _place(shape: Any, box: Box) -> None:
    shape.left, shape.top = _emu(box.x), _emu(box.y)
    shape.width, shape.height = _emu(box.w), _emu(box.h)


def _say(element: Any, path: str, **values: str) -> None:
    for found in element.xpath(path):
        for name, value in values.items():
            found.set(name, value)


def _bar(box: Box, colour: str, number: int) -> Any:
    return parse_xml(
        f'<p:sp {_SPACES}><p:nvSpPr><p:cNvPr id="{number}" name="Bar"/><p:cNvSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="{_emu(box.x)}"'
        f' y="{_emu(box.y)}"/><a:ext cx="{_emu(box.w)}" cy="{_emu(box.h)}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill_xml(colour)}'
        "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )
