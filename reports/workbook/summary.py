"""The first sheet: whose figures, the KPIs, what each scene says, and three native charts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

import pandas as pd
from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from genesys.kpis.catalogue import Better, Kpi
from genesys.kpis.sheets import Look, write_text, write_value
from reports.data.verdicts import Total, total
from reports.scenes.meeting import Meeting
from reports.scenes.scene import Show
from reports.sections.tiles import target_words
from reports.theme import QUIET_INK
from reports.workbook.charts import Spot, insert, write_cells
from reports.workbook.drawing import Drawing
from reports.xlsx import colours_of

TITLE: Final = "Summary"

_WIDTHS: Final = (30, 12)
"""Of the first column, and of all others."""

_HEADS: Final = ("KPI", "This interval", "Before", "Change", "Status", "Target")
_NUMBERS: Final = 4
"""As many of the heads stand above numbers, with the first, which does not."""

_LAST: Final = 15
"""The last column of a printed sheet."""

_LETTERS: Final = 170
"""As many as stand in a line up to there."""

_LINE: Final = 15

_CHART: Final = (505, 370)
_BESIDE: Final = 515
"""Pixels from one chart to the next."""

_ROWS: Final = 19
"""That a chart takes."""


def write_summary(
    book: Workbook, sheet: Worksheet, show: Show, meeting: Meeting, drawings: Sequence[Drawing],
    look: Look,
) -> None:  # fmt: skip
    """All of the sheet, from top to bottom."""
    sheet.set_column(0, 0, _WIDTHS[0])
    sheet.set_column(1, _LAST, _WIDTHS[1])
    sheet.hide_gridlines(2)
    row = _write_kpis(sheet, _write_head(sheet, show, look), meeting, look)
    row = _write_sentences(sheet, row + 1, show, look)
    row = _draw(book, sheet, row + 1, drawings, look)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, row, _LAST)


def _write_head(sheet: Worksheet, show: Show, look: Look) -> int:
    write_text(sheet, 0, 0, show.title, look(bold=True, font_size=18))
    write_text(sheet, 1, 0, show.subtitle, look(font_size=13))
    for row, line in enumerate(show.footer, start=2):
        write_text(sheet, row, 0, line, look(ink=QUIET_INK))
    return 3 + len(show.footer)


def _write_kpis(sheet: Worksheet, row: int, meeting: Meeting, look: Look) -> int:
    """The KPIs over the whole selection, each in its unit."""
    said = total(meeting.figures, meeting.kpis, meeting.targets, blended=meeting.blended)
    for place, head in enumerate(_HEADS):
        write_text(sheet, row, place, head, look(bold=True, bottom=1, **_side(place)))
    for at, kpi in enumerate(meeting.kpis, start=row + 1):
        change = said.changes[kpi.key]
        status = said.told.get(f"{kpi.key}_status") or ""
        inked = partial(look, **colours_of(status))
        turned = partial(look, **colours_of(change.verdict[0]))
        write_text(sheet, at, 0, kpi.label, look())
        write_value(sheet, at, 1, change.value[0], kpi.unit, partial(inked, bold=True))
        write_value(sheet, at, 2, change.earlier[0], kpi.unit, look)
        write_value(sheet, at, 3, change.delta[0], kpi.unit, turned, is_change=True)
        _write_target(sheet, at, kpi, said, look)
        write_value(sheet, at, 4, status, None, partial(inked, **_side(4)))
    return row + 1 + len(meeting.kpis)


def _side(place: int) -> dict[str, object]:
    """Numbers stand to the right, with their heads."""
    if place == 0:
        return {}
    return {"align": "right"} if place < _NUMBERS else {"align": "left", "indent": 1}


def _write_target(sheet: Worksheet, row: int, kpi: Kpi, said: Total, look: Look) -> None:
    """The target of the whole, else in words how many groups met theirs."""
    target = said.told.get(f"{kpi.key}_target")
    if kpi.better is not Better.BASELINE and pd.notna(target):
        write_value(sheet, row, 5, float(target), kpi.unit, partial(look, **_side(5)))
    elif words := target_words(kpi, said.told, said.across.get(kpi.key)):
        write_value(sheet, row, 5, words, None, partial(look, **_side(5)))


def _write_sentences(sheet: Worksheet, row: int, show: Show, look: Look) -> int:
    write_text(sheet, row, 0, "What it says", look(bold=True, bottom=1))
    for at, scene in enumerate(show.scenes, start=row + 1):
        text = " ".join(filter(None, (scene.body.headline, scene.said)))
        wide = look(text_wrap=True, valign="top")
        write_text(sheet, at, 0, scene.title, look(text_wrap=True, valign="top"))
        sheet.merge_range(at, 1, at, _LAST, "", wide)
        write_text(sheet, at, 1, text, wide)
        lines = max(-(-len(text) // _LETTERS), -(-len(scene.title) // _WIDTHS[0]))
        sheet.set_row(at, _LINE * min(lines, 8))
    return row + 1 + len(show.scenes)


def _draw(
    book: Workbook, sheet: Worksheet, row: int, drawings: Sequence[Drawing], look: Look
) -> int:
    """The charts side by side, and the values that they are made of below them."""
    if not drawings:
        return row
    below = row + _ROWS
    write_text(sheet, below, 0, "Values of the charts", look(bold=True, bottom=1))
    below += 1
    for place, drawing in enumerate(drawings):
        end = write_cells(sheet, below, drawing, look)
        insert(book, sheet, drawing, below, Spot(row, place * _BESIDE, *_CHART))
        below = end + 1
    return below
