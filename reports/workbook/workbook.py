"""The workbook of a show: what is presented, on typed cells that can be reckoned with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Final

import msgspec

from genesys.kpis.sheets import cut, looks, new_book, new_sheet
from genesys.moments import timed
from reports.data.figures import Figures
from reports.scenes.meeting import Meeting
from reports.scenes.scene import Chart, Grid, Scene, Show
from reports.table import Table
from reports.workbook import summary
from reports.workbook.drawings import drawings
from reports.workbook.summary import write_summary
from reports.workbook.tidy import tidy
from reports.xlsx import ABOUT, most_cells, sheet_names, write_about, write_table

_MOST_IN_TITLE: Final = 255


def to_workbook(meeting: Meeting, show: Show) -> bytes:
    """The show of a meeting: a summary with charts, its tables, its data to pivot, and about it.

    Raises QueryError where a table has more rows than a sheet.
    """
    tables = [*tables_of(show), tidy(meeting)]
    title, *names, about = sheet_names([summary.TITLE, *(each.title for each in tables), ABOUT])
    made = BytesIO()
    with new_book(made, most_cells(tables)) as book:
        look = looks(book)
        first = new_sheet(book, title)
        charts = drawings(meeting, [scene.key for scene in show.scenes])
        write_summary(book, first, show, meeting, charts, look)
        for name, table in zip(names, tables, strict=True):
            write_table(book, name, table, look)
        write_about(
            book, about, dict(zip(names, tables, strict=True)), look, _about(meeting.figures, show)
        )
        book.set_properties({"title": cut(f"{show.title}, {show.subtitle}", _MOST_IN_TITLE)})
    return made.getvalue()


def tables_of(show: Show) -> tuple[Table, ...]:
    """The tables of the scenes and those behind their charts, whole, each under its own name."""
    return tuple(table for scene in show.scenes for table in _tables(scene))


def _tables(scene: Scene) -> Iterator[Table]:
    # Scenes of queues have tables of the same names.
    lead = f"{scene.title}: " if scene.key.startswith("queue-") else ""
    for piece in scene.body.pieces:
        if isinstance(piece, Chart):
            yield replace(piece.table, title=f"{lead}{piece.title}")
        elif isinstance(piece, Grid):
            table = piece.whole or piece.table
            yield replace(table, title=f"{lead}{table.title}")


def _about(figures: Figures, show: Show) -> Iterator[tuple[str, str]]:
    """What all sheets rest on, down to the very queries."""
    yield from show.about
    yield "As of", timed(show.as_of, show.zone)
    if show.link:
        yield "Link", show.link
    for each in show.left_out:
        yield "Not shown", f"{each.title}: {each.reason}"
    for number, answer in enumerate(figures.answers, start=1):
        query = msgspec.json.encode(answer.query.body()).decode()
        yield f"API query {number}", query
