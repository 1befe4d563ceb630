"""Placeholders: new slides of a layout, and texts in the places that the layout gives them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml import parse_xml
from pptx.slide import SlideLayout

from reports.deck.box import Box
from reports.deck.design import Design
from reports.deck.letters import fitted, height_of, in_one_line, lines_of, plain
from reports.deck.paper import EMU, SPACES, Paper, placeholders_of
from reports.deck.text import QUIET, Paragraph, Run, paragraphs_xml

TITLES: Final = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)

_SMALL: Final = (12.0, 11.0, 10.0, 9.0)
_EDGE: Final = 0.1


def new_slide(design: Design, layout: SlideLayout, keeps: Collection[Any] = ()) -> Paper:
    """A slide with its title, and no placeholder that would stay empty."""
    slide = design.deck.slides.add_slide(layout)
    for shape in placeholders_of(slide):
        if shape.placeholder_format.type not in (*TITLES, *keeps):
            shape.element.getparent().remove(shape.element)
    return Paper(slide, design.scale, design.wider)


def box_of(paper: Paper, shape: Any) -> Box:
    """Where a placeholder lies."""
    inch = EMU * paper.scale
    return Box(*(each / inch for each in (shape.left, shape.top, shape.width, shape.height)))


def write_title(
    paper: Paper, text: str, box: Box, sizes: Sequence[float], *, is_tight: bool = False
) -> Box:
    """The slide's title, as large as fits into the box; gives its place.

    That is the box, or as much of its upper part as the text takes where it `is_tight`.
    """
    title = paper.slide.shapes.title
    if title is None:
        return box.top(0)
    width = box.w / paper.wider - _EDGE
    shown, size = in_one_line(plain(text), width, sizes[:3], bold=True) or fitted(
        [plain(text)], width, box.h - (0 if is_tight else _EDGE), sizes, bold=True
    )
    place = box.top(height_of(shown, width, size, bold=True, gap=0)) if is_tight else box
    title.left, title.top = paper.emu(place.x), paper.emu(place.y)
    title.width, title.height = paper.emu(place.w), paper.emu(place.h)
    write(paper, title, [Paragraph((Run(each, size),)) for each in shown])
    return place


def write(paper: Paper, shape: Any, paragraphs: Sequence[Paragraph]) -> None:
    """Paragraphs in a placeholder, on the side where the layout has them."""
    body = shape.text_frame._txBody  # noqa: SLF001
    for each in list(body.p_lst):
        body.remove(each)
    xml = paragraphs_xml(paragraphs, paper.scale)
    for each in parse_xml(f"<p:txBody {SPACES}><a:bodyPr/>{xml}</p:txBody>").p_lst:
        body.append(each)


def write_foot(paper: Paper, design: Design, words: Sequence[str]) -> None:
    """The footer and the number of the page, in the layout's placeholders where it has them."""
    box = design.footer
    width = box.w / paper.wider
    whole = plain(" · ".join(words))
    one = lines_of(whole, width, _SMALL[0]) == 1
    lines = (whole,) if one else tuple(map(plain, words))
    shown, size = fitted(lines, width, box.h, _SMALL)
    paragraphs = [Paragraph((Run(each, size, QUIET),)) for each in shown]
    text = paragraphs_xml(paragraphs, paper.scale)
    page = Box(box.right + 0.1, box.y, 0.7, box.h)
    number = (
        f'<a:p><a:pPr algn="r"/><a:fld id="{{C1FF6DA9-008F-8B48-92A6-B652298478BF}}"'
        f' type="slidenum"><a:rPr lang="en-US" sz="{round(_SMALL[0] * paper.scale * 100)}"/>'
        f"<a:t>{len(design.deck.slides)}</a:t></a:fld></a:p>"
    )
    for kind, area, xml in (("ftr", box, text), ("sldNum", page, number)):
        paper.put(
            f"<p:sp><p:nvSpPr>{paper.named('Footer' if kind == 'ftr' else 'Page')}<p:cNvSpPr>"
            f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>{_place_of(design.scene, kind)}</p:nvPr>'
            f"</p:nvSpPr><p:spPr>{paper.place(area)}"
            f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody>'
            f'<a:bodyPr lIns="0" rIns="0" tIns="0" bIns="0" anchor="ctr"><a:noAutofit/></a:bodyPr>'
            f"<a:lstStyle/>{xml}</p:txBody></p:sp>"
        )


def _place_of(layout: SlideLayout, kind: str) -> str:
    """The layout's placeholder of this kind, "" where it has none."""
    found = layout.element.xpath(f".//p:nvPr/p:ph[@type='{kind}']/@idx")
    return f'<p:ph type="{kind}" sz="quarter" idx="{found[0]}"/>' if found else ""
