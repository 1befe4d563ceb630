"""Native charts of a spreadsheet, made of cells that stand on the same sheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.chart import Chart  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from genesys.kpis.catalogue import Unit
from genesys.kpis.sheets import Look, cut, write_text, write_value
from reports.theme import GRID, INK, QUIET_INK
from reports.workbook.drawing import Drawing, Kind, Series

_KINDS: Final[dict[Kind, dict[str, str]]] = {
    Kind.STACKED: {"type": "column", "subtype": "stacked"},
    Kind.COLUMNS: {"type": "column"},
    Kind.BARS: {"type": "bar"},
}

_AXIS: Final = {Unit.COUNT: "#,##0", Unit.PERCENT: "0 %", Unit.SECONDS: "[h]:mm:ss"}

_SMALL: Final = {"size": 9, "color": QUIET_INK}
_HEAD: Final = 30
"""The height of two lines."""

_MOST_IN_ALT: Final = 255


@dataclass(frozen=True)
class Spot:
    """Where a chart lies: its first row, the rest in pixels."""

    row: int
    left: int
    width: int
    height: int


def write_cells(sheet: Worksheet, row: int, drawing: Drawing, look: Look) -> int:
    """The values of a chart from this row on, as it refers to them; the row below them."""
    heads = (drawing.heading, *(each.name for each in drawing.series))
    write_text(sheet, row, 0, drawing.title, look(bold=True))
    for place, head in enumerate(heads):
        side = {"align": "right" if place else "left", "valign": "bottom"}
        write_text(sheet, row + 1, place, head, look(bold=True, text_wrap=True, **side))
    sheet.set_row(row + 1, _HEAD)
    for at, name in enumerate(drawing.categories):
        write_text(sheet, row + 2 + at, 0, name, look())
        for place, series in enumerate(drawing.series, start=1):
            write_value(sheet, row + 2 + at, place, series.values[at], drawing.unit, look)
    return row + 2 + len(drawing.categories)


def insert(book: Workbook, sheet: Worksheet, drawing: Drawing, cells: int, spot: Spot) -> None:
    """The chart of the cells from row `cells` on."""
    chart = book.add_chart(_KINDS[drawing.kind])
    over = book.add_chart({"type": "line"})
    for place, series in enumerate(drawing.series, start=1):
        (over if series.is_line or series.is_goal else chart).add_series(
            _series(sheet, drawing, series, cells, place)
        )
    if any(each.is_line or each.is_goal for each in drawing.series):
        chart.combine(over)
    _dress(chart, drawing)
    chart.set_size({"width": spot.width, "height": spot.height})
    alt = {"description": cut(drawing.alt, _MOST_IN_ALT), "object_position": 2}
    sheet.insert_chart(spot.row, 0, chart, alt | {"x_offset": spot.left})


def _series(
    sheet: Worksheet, drawing: Drawing, series: Series, cells: int, place: int
) -> dict[str, Any]:
    first, last = cells + 2, cells + 1 + len(drawing.categories)
    name = sheet.get_name()
    told: dict[str, Any] = {
        "name": [name, cells + 1, place],
        "categories": [name, first, 0, last, 0],
        "values": [name, first, place, last, place],
    }
    if series.is_goal:
        mark = {"type": "long_dash", "size": 16, "border": {"none": True}}
        mark["fill"] = {"color": series.colours[0]}
        return told | {"marker": mark, "line": {"none": True}}
    if series.is_line:
        return told | {"line": {"color": series.colours[0], "width": 1.5, "dash_type": "dash"}}
    told |= {"fill": {"color": series.colours[0]}, "border": {"none": True}, "gap": 45}
    if len(series.colours) > 1:
        told["points"] = [*_points(series.colours)]
    return told


def _points(colours: Iterable[str]) -> Iterable[dict[str, Any]]:
    for colour in colours:
        yield {"fill": {"color": colour}, "border": {"none": True}}


def _dress(chart: Chart, drawing: Drawing) -> None:
    title = {"size": 12, "bold": True, "color": INK}
    chart.set_title({"name": drawing.title, "name_font": title, "overlay": False})
    chart.set_legend({"position": "bottom", "font": _SMALL})
    chart.set_chartarea({"border": {"none": True}})
    names: dict[str, Any] = {"num_font": dict(_SMALL), "line": {"color": GRID}}
    if drawing.kind is Kind.COLUMNS:
        names["num_font"]["rotation"] = -45
    if drawing.kind is Kind.BARS:
        # The first outcome stands on top, as on the page.
        names |= {"reverse": True, "label_position": "low"}
    values: dict[str, Any] = {
        "num_format": _AXIS[drawing.unit],
        "num_font": dict(_SMALL),
        "major_gridlines": {"visible": True, "line": {"color": GRID}},
        "line": {"none": True},
    }
    if drawing.kind is Kind.BARS:
        chart.set_x_axis(values)
        chart.set_y_axis(names)
    else:
        chart.set_x_axis(names)
        chart.set_y_axis(values | {"min": 0})
