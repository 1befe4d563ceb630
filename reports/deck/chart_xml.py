"""Charts as the XML that Office draws and edits."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]

from reports.deck.letters import breadth
from reports.deck.plot import Kind, Number, Plot, Series
from reports.deck.text import attribute, colour_xml, escaped, fill_xml
from reports.theme import AXIS, GRID, INK, PAPER, QUIET_INK

SHEET: Final = "Values"

_SPACES: Final = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_EMU_POINT: Final = 12_700
_BESIDE_COLUMNS: Final = 0.6
_BESIDE_LINES: Final = 2.3
"""What the axis of values, and the names of lines, take of a chart's width, in inches."""
_APART: Final = 0.06
_ROUNDING: Final = 0.15
"""A name that comes first is longer than the others, and may be so by this."""

_DASHES: Final[Mapping[str, str]] = {
    "dash": "dash",
    "dot": "sysDot",
    "dashdot": "dashDot",
    "longdash": "lgDash",
}

_FEW_BARS: Final = 4
_WIDE_GAP: Final = 120
"""Few bars are no thicker than many."""

_GROUPING: Final[Mapping[Kind, tuple[str, str, int, int]]] = {
    Kind.COLUMNS: ("col", "stacked", 40, 100),
    Kind.BARS: ("bar", "clustered", 45, 0),
    Kind.STEPS: ("bar", "stacked", 45, 100),
}
"""Direction, grouping, gap and overlap of the bars."""

_SHOWN: Final = (
    '<c:showLegendKey val="0"/><c:showVal val="{value}"/><c:showCatName val="0"/>'
    '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)


@dataclass(frozen=True)
class _Look:
    """The size of letters as the file has it, the chart's width and letters on our own slide."""

    size: float
    width: float
    points: float


def chart_xml(plot: Plot, workbook: str, points: float, width: float, scale: float) -> bytes:
    """The part of a chart so many inches wide, with letters of so many points, scaled.

    `workbook` is its relation to the workbook.
    """
    look = _Look(points * scale, width, points)
    legend = _legend(plot) if len(plot.told) > 1 else ""
    made = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace {_SPACES}>'
        '<c:date1904 val="0"/><c:roundedCorners val="0"/>'
        '<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        f"{_plotted(plot, look)}{_category_axis(plot, look)}{_value_axis(plot)}"
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr></c:plotArea>"
        f'{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_letters(look.size)}"
        f'<c:externalData r:id="{workbook}"><c:autoUpdate val="0"/></c:externalData>'
        "</c:chartSpace>"
    )
    return made.encode("utf-8")


_NO_LEADERS: Final = (
    '<c:extLst><c:ext uri="{CE6537A1-D6FC-4f65-9D91-7224C49458BB}"'
    ' xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart">'
    '<c15:showLeaderLines val="0"/></c:ext></c:extLst>'
)


def _letters(points: float, ink: str = QUIET_INK) -> str:
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{round(points * 100)}">'
        f'{fill_xml(ink)}</a:defRPr></a:pPr><a:endParaRPr lang="en-US"/></a:p></c:txPr>'
    )


def _plotted(plot: Plot, look: _Look) -> str:
    axes = '<c:axId val="1"/><c:axId val="2"/>'
    series = "".join(_series(plot, place, look) for place in range(len(plot.series)))
    if plot.kind is Kind.LINES:
        return (
            f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{series}'
            f'<c:marker val="1"/>{axes}</c:lineChart>'
        )
    direction, grouping, gap, overlap = _GROUPING[plot.kind]
    gap = gap if len(plot.categories) >= _FEW_BARS else _WIDE_GAP
    return (
        f'<c:barChart><c:barDir val="{direction}"/><c:grouping val="{grouping}"/>'
        f'<c:varyColors val="0"/>{series}<c:gapWidth val="{gap}"/>'
        f'<c:overlap val="{overlap}"/>{axes}</c:barChart>'
    )


def _series(plot: Plot, place: int, look: _Look) -> str:
    series = plot.series[place]
    column = xl_col_to_name(place + 1)
    head = (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/><c:tx><c:strRef>'
        f"<c:f>{SHEET}!${column}$1</c:f>{_strings([series.name])}</c:strRef></c:tx>"
    )
    data = (
        f"{_categories(plot.categories)}<c:val><c:numRef>"
        f"<c:f>{SHEET}!${column}$2:${column}${len(plot.categories) + 1}</c:f>"
        f"{_numbers(series.points, plot.number)}</c:numRef></c:val>"
    )
    if plot.kind is Kind.LINES:
        return f'{head}{_line(series)}{data}<c:smooth val="0"/></c:ser>'
    labels = _labels(series, plot, look)
    return f"{head}{_bar(series)}{''.join(_points(series))}{labels}{data}</c:ser>"


def _line(series: Series) -> str:
    dash = _DASHES.get(series.dash)
    dashed = f'<a:prstDash val="{dash}"/>' if dash else ""
    look = (
        f'<c:spPr><a:ln w="{round(series.width * _EMU_POINT)}" cap="rnd">'
        f"{fill_xml(series.colour)}{dashed}<a:round/></a:ln></c:spPr>"
    )
    if not series.marked:
        return f'{look}<c:marker><c:symbol val="none"/></c:marker>'
    fill = fill_xml(series.colour)
    size = 6 if len(series.points) <= 45 else 4
    return (
        f'{look}<c:marker><c:symbol val="circle"/><c:size val="{size}"/>'
        f"<c:spPr>{fill}<a:ln>{fill}</a:ln></c:spPr></c:marker>"
    )


def _bar(series: Series) -> str:
    fill = fill_xml(series.colour)
    return f'<c:spPr>{fill}<a:ln><a:noFill/></a:ln></c:spPr><c:invertIfNegative val="0"/>'


def _points(series: Series) -> Iterator[str]:
    """Points with a colour of their own, hatched where the series says so."""
    hatched = series.hatched or (False,) * len(series.inks)
    for place, (ink, is_hatched) in enumerate(zip(series.inks, hatched, strict=True)):
        fill = fill_xml(ink)
        if is_hatched:
            fill = (
                f'<a:pattFill prst="wdUpDiag"><a:fgClr>{colour_xml(ink)}</a:fgClr><a:bgClr>'
                f'{colour_xml(PAPER)}</a:bgClr></a:pattFill><a:ln w="12700">{fill}</a:ln>'
            )
        yield (
            f'<c:dPt><c:idx val="{place}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
            f"<c:spPr>{fill}</c:spPr></c:dPt>"
        )


def _labels(series: Series, plot: Plot, look: _Look) -> str:
    if series.numbered:
        form = f'<c:numFmt formatCode={attribute(plot.number.form)} sourceLinked="0"/>'
        look_of = f'<c:spPr><a:noFill/></c:spPr>{_letters(look.size, INK)}<c:dLblPos val="outEnd"/>'
        return f"<c:dLbls>{form}{look_of}{_SHOWN.format(value=1)}</c:dLbls>"
    if not series.labels:
        return ""
    where = "inBase" if plot.kind is Kind.STEPS else "outEnd"
    each = "".join(
        f'<c:dLbl><c:idx val="{place}"/>{_moved(plot, value, text, look)}{_words(text, look)}'
        f'<c:dLblPos val="{where}"/>{_SHOWN.format(value=1)}</c:dLbl>'
        for place, (text, value) in enumerate(zip(series.labels, series.points, strict=True))
        if text and value is not None
    )
    others = f"<c:spPr><a:noFill/></c:spPr>{_SHOWN.format(value=0)}{_NO_LEADERS}"
    return f"<c:dLbls>{each}{others}</c:dLbls>"


def _words(text: str, look: _Look) -> str:
    """A label's own words."""
    return (
        '<c:tx><c:rich><a:bodyPr wrap="none"/><a:lstStyle/><a:p><a:r>'
        f'<a:rPr lang="en-US" sz="{round(look.size * 100)}">{fill_xml(INK)}</a:rPr>'
        f"<a:t>{escaped(text)}</a:t></a:r></a:p></c:rich></c:tx>"
    )


def _moved(plot: Plot, value: float, text: str, look: _Look) -> str:
    """Words of a bar that hardly goes left of zero stand at its right as the others do."""
    if value >= 0 or plot.kind is not Kind.BARS or plot.goes_left:
        return ""
    share = (breadth(text, look.points) + 0.15) / look.width
    return (
        f'<c:layout><c:manualLayout><c:x val="{share:.4f}"/><c:y val="0"/></c:manualLayout>'
        "</c:layout>"
    )


def _strings(texts: Sequence[str]) -> str:
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{escaped(text)}</c:v></c:pt>' for place, text in enumerate(texts)
    )
    return f'<c:strCache><c:ptCount val="{len(texts)}"/>{points}</c:strCache>'


def _categories(texts: Sequence[str]) -> str:
    where = f"{SHEET}!$A$2:$A${len(texts) + 1}"
    return f"<c:cat><c:strRef><c:f>{where}</c:f>{_strings(texts)}</c:strRef></c:cat>"


def _numbers(values: Sequence[float | None], number: Number) -> str:
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{number.held(value)!r}</c:v></c:pt>'
        for place, value in enumerate(values)
        if value is not None
    )
    return (
        f"<c:numCache><c:formatCode>{escaped(number.form)}</c:formatCode>"
        f'<c:ptCount val="{len(values)}"/>{points}</c:numCache>'
    )


def _category_axis(plot: Plot, look: _Look) -> str:
    is_rows = plot.kind in (Kind.BARS, Kind.STEPS)
    skip = 1 if is_rows else _skip(plot, look)
    order, side = ("maxMin", "l") if is_rows else ("minMax", "b")
    return (
        f'<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="{order}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{side}"/><c:numFmt formatCode="General"'
        ' sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="low"/><c:spPr><a:ln w="9525">{fill_xml(AXIS)}</a:ln></c:spPr>'
        '<c:crossAx val="2"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/>'
        f'<c:lblOffset val="60"/><c:tickLblSkip val="{skip}"/><c:tickMarkSkip val="{skip}"/>'
        '<c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _skip(plot: Plot, look: _Look) -> int:
    """Each which category is named, so that names do not meet."""
    has_names = plot.kind is Kind.LINES and len(plot.told) > 1
    beside = _BESIDE_LINES if has_names else _BESIDE_COLUMNS
    longest = max((breadth(each, look.points) for each in plot.categories), default=0) + _APART
    fitting = max((look.width - beside) / longest, 1.0)
    return max(1, math.ceil(len(plot.categories) / fitting - _ROUNDING))


def _value_axis(plot: Plot) -> str:
    axis, number = plot.axis, plot.number
    form = number.form.replace("0.0 %", "0 %")
    is_rows = plot.kind in (Kind.BARS, Kind.STEPS)
    line = f'<c:spPr><a:ln w="9525">{fill_xml(GRID)}</a:ln></c:spPr>'
    lines = f"<c:majorGridlines>{line}</c:majorGridlines>"
    step = f'<c:majorUnit val="{number.held(axis.step)!r}"/>' if axis.step else ""
    return (
        '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{number.held(axis.high)!r}"/><c:min val="{number.held(axis.low)!r}"/>'
        f'</c:scaling><c:delete val="{int(axis.hidden)}"/>'
        f'<c:axPos val="{"t" if is_rows else "l"}"/>{"" if axis.hidden else lines}'
        f'<c:numFmt formatCode={attribute(form)} sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:spPr><a:ln><a:noFill/></a:ln>'
        '</c:spPr><c:crossAx val="1"/><c:crosses val="min"/><c:crossBetween val="between"/>'
        f"{step}</c:valAx>"
    )


def _legend(plot: Plot) -> str:
    """The series that stand for themselves."""
    hidden = "".join(
        f'<c:legendEntry><c:idx val="{place}"/><c:delete val="1"/></c:legendEntry>'
        for place, each in enumerate(plot.series)
        if each not in plot.told
    )
    side = "r" if plot.kind is Kind.LINES else "t"
    return f'<c:legend><c:legendPos val="{side}"/>{hidden}<c:overlay val="0"/></c:legend>'
