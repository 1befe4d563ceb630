"""Charts on slides: each part with its workbook, its place and what it shows in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.packuri import PackURI
from pptx.parts.chart import ChartPart
from pptx.parts.embeddedpackage import EmbeddedXlsxPart

from reports.deck.box import Box
from reports.deck.chart_book import chart_book
from reports.deck.chart_xml import chart_xml
from reports.deck.paper import Paper
from reports.deck.plot import Kind, Plot
from reports.deck.text import Paragraph, Run
from reports.scenes.scene import Chart
from reports.theme import QUIET_INK

_SPACE: Final = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
_URI: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_GAP: Final = 0.25
_TITLE: Final = 0.3
_WORKBOOK: Final = "rId1"
_POINTS: Final = 72
_ROW: Final = 1.25
"""The least height of a row, in letters' sizes."""
_LEAST_PANEL: Final = 1.5
_LETTERS: Final = 13
_LEAST: Final = 12


def draw_plots(paper: Paper, chart: Chart, plots: Sequence[Plot], box: Box) -> None:
    """The plots of a chart in the box."""
    areas = _areas(plots, box)
    for plot, area in zip(plots, areas, strict=True):
        inner = area
        if plot.title:
            run = Run(plot.title, 13, QUIET_INK)
            paper.text(area.top(_TITLE), [Paragraph((run,))], name="Title of chart")
            inner = area.below(_TITLE)
        alt = f"{chart.alt}. {plot.title}" if len(plots) > 1 else chart.alt
        _put(paper, plot, inner, chart.title, alt)


def _areas(plots: Sequence[Plot], box: Box) -> list[Box]:
    """Columns beside each other, and lines one below the other where there is height for it."""
    even = [1.0] * len(plots)
    if plots and plots[0].kind is Kind.LINES and box.h / len(plots) >= _LEAST_PANEL:
        return box.rows(even, _GAP / 2)
    return box.columns(even, _GAP)


def _letters(plot: Plot, box: Box) -> float:
    """In points: smaller where rows or axes are low."""
    is_rows = plot.kind in (Kind.BARS, Kind.STEPS)
    row = box.h * _POINTS / (len(plot.categories) or 1) / _ROW if is_rows else box.h * 6
    return max(min(_LETTERS, round(row)), _LEAST)


def _put(paper: Paper, plot: Plot, box: Box, title: str, alt: str) -> None:
    package = paper.slide.part.package
    name = package.next_partname("/ppt/charts/chart%d.xml")
    xml = chart_xml(plot, _WORKBOOK, _letters(plot, box), box.w, paper.scale)
    part = ChartPart.load(PackURI(name), CONTENT_TYPE.DML_CHART, package, xml)
    book = EmbeddedXlsxPart.new(chart_book(plot), package)
    part.rels.get_or_add(RELATIONSHIP_TYPE.PACKAGE, book)
    relation = paper.slide.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    paper.put(
        f"<p:graphicFrame><p:nvGraphicFramePr>{paper.named(title, alt)}"
        '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/>'
        f'</p:nvGraphicFramePr>{paper.place(box, "p:xfrm")}<a:graphic><a:graphicData uri="{_URI}">'
        f'<c:chart {_SPACE} r:id="{relation}"/></a:graphicData></a:graphic></p:graphicFrame>'
    )
