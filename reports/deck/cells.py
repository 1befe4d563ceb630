"""Cells: tables of slides, filled and lined as they are read from afar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reports.deck.box import Box
from reports.deck.paper import Paper
from reports.deck.text import Paragraph, fill_xml, paragraphs_xml
from reports.theme import GRID

_URI: Final = "http://schemas.openxmlformats.org/drawingml/2006/table"
_PLAIN: Final = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""The style of a table without any."""

_SIDES: Final = ("L", "R", "T")
_NO_LINES: Final = "".join(f'<a:ln{side} w="0"><a:noFill/></a:ln{side}>' for side in _SIDES)


@dataclass(frozen=True)
class Cell:
    """Paragraphs on a fill; `span` columns wide, or within another where it is 0.

    `line` is the colour of the line below it.
    """

    paragraphs: tuple[Paragraph, ...] = ()
    fill: str = ""
    span: int = 1
    line: str = GRID
    inset: float = 0.05


def draw_cells(
    paper: Paper,
    box: Box,
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[float],
    heights: Sequence[float],
    *,
    name: str,
    alt: str,
) -> None:
    """A table at the box's corner whose first row is its head."""
    size = Box(box.x, box.y, sum(widths), sum(heights))
    columns = "".join(f'<a:gridCol w="{paper.emu(width)}"/>' for width in widths)
    drawn = "".join(
        f'<a:tr h="{paper.emu(height)}">{"".join(_cell(paper, cell) for cell in row)}</a:tr>'
        for row, height in zip(rows, heights, strict=True)
    )
    paper.put(
        f"<p:graphicFrame><p:nvGraphicFramePr>{paper.named(name, alt)}<p:cNvGraphicFramePr>"
        '<a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
        f'{paper.place(size, "p:xfrm")}<a:graphic><a:graphicData uri="{_URI}"><a:tbl>'
        f'<a:tblPr firstRow="1"><a:tableStyleId>{_PLAIN}</a:tableStyleId></a:tblPr>'
        f"<a:tblGrid>{columns}</a:tblGrid>{drawn}</a:tbl></a:graphicData></a:graphic>"
        "</p:graphicFrame>"
    )


def _cell(paper: Paper, cell: Cell) -> str:
    span = f' gridSpan="{cell.span}"' if cell.span > 1 else "" if cell.span else ' hMerge="1"'
    edge = paper.emu(cell.inset)
    below = f"<a:solidFill>{_colour(cell.line)}</a:solidFill>" if cell.line else "<a:noFill/>"
    return (
        f"<a:tc{span}><a:txBody><a:bodyPr/><a:lstStyle/>"
        f"{paragraphs_xml(cell.paragraphs, paper.scale)}</a:txBody>"
        f'<a:tcPr marL="{edge}" marR="{edge}" marT="0" marB="0" anchor="ctr">{_NO_LINES}'
        f'<a:lnB w="{paper.emu(0.008)}">{below}</a:lnB>{fill_xml(cell.fill)}</a:tcPr></a:tc>'
    )


def _colour(colour: str) -> str:
    return f'<a:srgbClr val="{colour[1:]}"/>'
