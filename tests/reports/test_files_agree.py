"""All files of one meeting, read back: the same values, to the digit that is shown."""

from __future__ import annotations

import base64
import csv
import gzip
import io
import json
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import numpy as np
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from reports.csv import table_to_csv
from reports.files import FILES, Source
from reports.identity import Identity
from reports.scenes.meeting import Meeting
from reports.scenes.scene import Chart, Grid, Piece, Show
from reports.table import Table
from reports.theme import MEDIA_COLOURS
from reports.xlsx import sheet_names
from tests.reports.deck.package import charts, opened, tables

MATRIX, OFFERED = 3, 4
"""Pages of the deck."""

Rows = list[list[str]]


@pytest.fixture(scope="module")
def files(meeting: Meeting, show: Show) -> dict[str, bytes]:
    source = Source(meeting, show, Identity())
    return {each.key: each.made(source) for each in FILES if each.key != "pdf"}


@pytest.fixture(scope="module")
def page(files: dict[str, bytes]) -> dict[str, Any]:
    _, _, after = files["page"].decode().partition('id="data">')
    found: dict[str, Any] = json.loads(after.partition("</script>")[0])
    return found


@pytest.fixture(scope="module")
def book(files: dict[str, bytes]) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(files["workbook"]))


def piece(show: Show, key: str) -> Piece:
    return next(each for each in show.scenes if each.key == key).body.pieces[0]


def digits(value: float | None, decimals: int = 1) -> str:
    return "—" if value is None or np.isnan(value) else f"{value:.{decimals}f}"


def of_frame(table: Table, decimals: int = 1) -> Rows:
    rows = table.rows[[each.key for each in table.columns[1:]]].astype(float).to_numpy()
    return [[digits(value, decimals) for value in row] for row in rows]


def of_csv(table: Table) -> Rows:
    text = table_to_csv(table).decode("utf-8-sig")
    keys = [each.label for each in table.columns[1:]]
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return [[digits(float(row[key]) if row[key] else None, 2) for key in keys] for row in rows]


def of_sheet(sheet: Worksheet, names: Sequence[str], labels: Sequence[str]) -> Rows:
    """Percentages of a sheet, in the order of these names; a sheet has its totals last."""
    head, *rows = sheet.iter_rows(values_only=True)
    held = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    return [
        [digits(None if (share := held[name][label]) is None else 100 * share) for label in labels]
        for name in names
    ]


def test_the_matrix_says_the_same_in_every_file(
    show: Show, files: dict[str, bytes], page: dict[str, Any], book: openpyxl.Workbook
):
    grid = piece(show, "matrix")
    assert isinstance(grid, Grid)
    table = grid.table
    expected = of_frame(table)

    (drawn,) = tables(opened(files["deck"]), MATRIX)
    of_deck = [[text.partition(" ")[0] for text in row[1::2]] for row in drawn[1:]]
    sent = [json.loads(gzip.decompress(base64.b64decode(each))) for each in page["sheets"]]
    columns = next(each for each in sent if each["caption"] == table.title)["columns"]
    of_page = [list(row) for row in zip(*(each["texts"] for each in columns[1:]), strict=True)]
    names = table.rows["queue_name"].tolist()
    labels = [str(each.label) for each in table.columns[1:]]

    assert len(expected) == 11
    assert expected[1][:2] == ["66.6", "60.0"]
    assert of_deck == expected
    assert of_page == expected
    assert of_sheet(book[sheet_names([table.title])[0]], names, labels) == expected
    # CSV has one decimal more, for whoever reckons with it.
    assert of_csv(table) == of_frame(table, 2)


def test_what_came_in_is_the_same_in_every_file(
    show: Show, files: dict[str, bytes], page: dict[str, Any], book: openpyxl.Workbook
):
    chart = piece(show, "offered")
    assert isinstance(chart, Chart)
    rows = chart.table.rows
    expected = {
        media: rows.loc[rows["media_type"] == media, "offered"].tolist() for media in MEDIA_COLOURS
    }

    of_deck: dict[str, list[float]] = {media: [] for media in MEDIA_COLOURS}
    for half in charts(opened(files["deck"]), OFFERED):
        for series in half.plots[0].series:
            of_deck[series.name] += series.values
    of_page: dict[str, list[float]] = {media: [] for media in MEDIA_COLOURS}
    figure, *_ = page["drawings"][0]
    for trace in figure["data"]:
        of_page[trace["name"]] += numbers(trace["y"])
    head, *cells = book[chart.title].iter_rows(values_only=True)
    text = table_to_csv(chart.table).decode("utf-8-sig")
    of_csv = [*csv.DictReader(io.StringIO(text, newline=""))]

    assert sum(map(sum, expected.values())) == 19_778 + 19_929
    assert of_deck == expected
    assert of_page == expected
    media, offer = head.index("Media type"), head.index("Offer")
    assert {
        name: [row[offer] for row in cells if row[media] == name] for name in MEDIA_COLOURS
    } == expected
    assert {
        name: [float(row["Offer"]) for row in of_csv if row["Media type"] == name]
        for name in MEDIA_COLOURS
    } == expected


def numbers(packed: Any) -> list[float]:
    """Values as plotly writes them: a list, or bytes with their type."""
    if isinstance(packed, list):
        return packed
    kind = np.dtype(packed["dtype"])
    found: list[float] = np.frombuffer(base64.b64decode(packed["bdata"]), kind).tolist()
    return found
