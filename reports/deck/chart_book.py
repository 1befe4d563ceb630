"""The workbook within a chart: what opens when somebody edits its data."""

from __future__ import annotations

from io import BytesIO

from genesys.kpis.sheets import looks, new_book, write_text
from reports.deck.chart_xml import SHEET
from reports.deck.letters import plain
from reports.deck.plot import Plot


def chart_book(plot: Plot) -> bytes:
    """A row for each category and a column for each series; text is never a formula."""
    made = BytesIO()
    with new_book(made) as book:
        look, sheet = looks(book), book.add_worksheet(SHEET)
        for row, text in enumerate(plot.categories, start=1):
            write_text(sheet, row, 0, plain(text), look())
        shown = look(plot.number.form)
        for place, series in enumerate(plot.series, start=1):
            write_text(sheet, 0, place, plain(series.name), look())
            for row, value in enumerate(series.points, start=1):
                if value is not None:
                    sheet.write_number(row, place, plot.number.held(value), shown)
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, len(plot.series), 14)
    return made.getvalue()
