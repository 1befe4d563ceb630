"""Paper: a slide to draw on, in inches and points of a slide that is 7.5 inches high."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

from pptx.oxml import parse_xml
from pptx.slide import Slide
from pptx.util import Emu

from reports.deck.box import Box
from reports.deck.text import Paragraph, attribute, fill_xml, paragraphs_xml

EMU: Final = 914_400
"""To an inch."""

SPACES: Final = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_FIRST_ID: Final = 100
"""Shapes that come from the layout have smaller ones."""


def placeholders_of(holder: Any) -> list[Any]:
    """Those of a slide, a layout or a master, whose own types cannot be looped over."""
    return list(holder.placeholders)


@dataclass(frozen=True, eq=False)
class Paper:
    """A slide, and by how much all that is drawn on it is smaller or larger.

    Letters are `wider` by a factor than those of our own theme.
    """

    slide: Slide
    scale: float = 1.0
    wider: float = 1.0
    _ids: Iterable[int] = field(default_factory=lambda: count(_FIRST_ID))

    def emu(self, inches: float) -> Emu:
        return Emu(round(inches * EMU * self.scale))

    @property
    def wide(self) -> int:
        """The slide's width in EMU."""
        return self.slide.part.package.presentation_part.presentation.slide_width or 0

    def place(self, box: Box, tag: str = "a:xfrm") -> str:
        """Where a shape lies, as XML."""
        return (
            f'<{tag}><a:off x="{self.emu(box.x)}" y="{self.emu(box.y)}"/>'
            f'<a:ext cx="{self.emu(box.w)}" cy="{self.emu(box.h)}"/></{tag}>'
        )

    def named(self, name: str, alt: str = "") -> str:
        """The identity of a new shape, as XML."""
        number = next(iter(self._ids))
        told = f" descr={attribute(alt)}" if alt else ""
        return f'<p:cNvPr id="{number}" name={attribute(f"{name} {number}")}{told}/>'

    def put(self, xml: str) -> None:
        """Adds a shape on top of the others; the first tag gets the name spaces."""
        end = min(xml.index(each) for each in " >" if each in xml)
        self.slide.shapes.element.append(parse_xml(f"{xml[:end]} {SPACES}{xml[end:]}"))

    def text(
        self,
        box: Box,
        paragraphs: Iterable[Paragraph],
        *,
        name: str = "Text",
        alt: str = "",
        fill: str = "",
        anchor: str = "t",
        inset: float = 0.0,
    ) -> None:
        """Text in a box, which has rounded corners where it is filled."""
        edge = self.emu(inset)
        shape = "roundRect" if fill else "rect"
        kind = "" if fill else ' txBox="1"'
        round_ = '<a:gd name="adj" fmla="val 4000"/>' if fill else ""
        self.put(
            f"<p:sp><p:nvSpPr>{self.named(name, alt)}<p:cNvSpPr{kind}/><p:nvPr/></p:nvSpPr>"
            f'<p:spPr>{self.place(box)}<a:prstGeom prst="{shape}"><a:avLst>{round_}</a:avLst>'
            f"</a:prstGeom>{fill_xml(fill)}<a:ln><a:noFill/></a:ln></p:spPr>"
            f'<p:txBody><a:bodyPr wrap="square" lIns="{edge}" tIns="{edge}" rIns="{edge}"'
            f' bIns="{edge}" anchor="{anchor}"><a:noAutofit/></a:bodyPr><a:lstStyle/>'
            f"{paragraphs_xml(paragraphs, self.scale)}</p:txBody></p:sp>"
        )

    def line(
        self, box: Box, points: Sequence[tuple[float, float]], colour: str, alt: str = ""
    ) -> None:
        """A line through points of the box, each from 0 to 1, from its upper left corner."""
        w, h = self.emu(box.w), self.emu(box.h)
        way = "".join(
            f'<a:{"lnTo" if place else "moveTo"}><a:pt x="{round(x * w)}" y="{round(y * h)}"/>'
            f"</a:{'lnTo' if place else 'moveTo'}>"
            for place, (x, y) in enumerate(points)
        )
        self.put(
            f"<p:sp><p:nvSpPr>{self.named('Course', alt)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
            f"<p:spPr>{self.place(box)}<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
            f'<a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path w="{w}" h="{h}" fill="none">{way}'
            f'</a:path></a:pathLst></a:custGeom><a:noFill/><a:ln w="{self.emu(0.024)}" cap="rnd">'
            f"{fill_xml(colour)}<a:round/></a:ln></p:spPr></p:sp>"
        )
