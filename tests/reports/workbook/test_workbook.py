"""The workbook of the demo's last week, read back: cells, charts, data, what it rests on."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from genesys.kpis.catalogue import KPI_BY_KEY, Unit
from genesys.kpis.formats import DECIMALS, value_text
from reports.csv import table_to_csv
from reports.scenes.choice import Choice
from reports.scenes.meeting import Meeting
from reports.scenes.scene import Show
from reports.scenes.show import show as show_of
from reports.table import Column, Table
from reports.workbook.tidy import tidy
from reports.workbook.workbook import tables_of, to_workbook
from tests import hostile_queues, libreoffice
from tests.reports.meetings import meeting_of

LEVELS = "Service Level % against target, most contacts short first"


@pytest.fixture(scope="module")
def data(meeting: Meeting, show: Show) -> bytes:
    return to_workbook(meeting, show)


@pytest.fixture(scope="module")
def book(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(data))


@pytest.fixture(scope="module")
def tables(meeting: Meeting, show: Show) -> tuple[Table, ...]:
    return (*tables_of(show), tidy(meeting))


def column(sheet: Worksheet, letter: str) -> list[Any]:
    return [cell.value for cell in sheet[letter]]


def parts_of(data: bytes, folder: str) -> list[str]:
    with zipfile.ZipFile(BytesIO(data)) as parts:
        names = sorted(name for name in parts.namelist() if name.startswith(folder))
        return [parts.read(name).decode() for name in names if name.endswith(".xml")]


class TestSummary:
    def test_it_is_first_and_says_whose_and_of_when(self, book: openpyxl.Workbook, show: Show):
        sheet = book.worksheets[0]
        assert column(sheet, "A")[:4] == [
            "Northwind Mutual (demo)",
            "Mon 8 – Sun 14 Jun 2026",
            *show.footer,
        ]

    def test_kpis_are_numbers_with_what_was_before_and_the_target(self, book: openpyxl.Workbook):
        rows = [[cell.value for cell in row[:6]] for row in book.worksheets[0]["A6:F12"]]
        assert rows[0] == ["KPI", "This interval", "Before", "Change", "Status", "Target"]
        assert rows[1] == ["Offer", 19_929, 19_778, 151, None, None]
        assert [type(each) for each in rows[5][1:3]] == [timedelta, timedelta]
        level = rows[4]
        assert [round(1000 * each) for each in level[1:3]] == [794, 798]
        assert level[4:] == [None, "24 of 48 groups met"]
        assert rows[2][4:] == ["near", 0.95]

    def test_each_scene_says_its_sentence(self, book: openpyxl.Workbook, show: Show):
        names, says = (column(book.worksheets[0], letter) for letter in "AB")
        at = names.index("What it says")
        found = [*zip(names, says, strict=True)][at + 1 :]
        expected = [(each.title, each.body.headline) for each in show.scenes]
        assert found[: len(expected)] == expected

    def test_charts_are_native_with_words_for_those_who_do_not_see_them(self, data: bytes):
        titles = [re.findall(r"<a:t>(.*?)</a:t>", each) for each in parts_of(data, "xl/charts/")]
        assert titles == [
            ["Offered by media type"],
            [LEVELS],
            ["Where the offered went"],
        ]
        (drawing,) = parts_of(data, "xl/drawings/")
        assert re.findall(r'<xdr:cNvPr [^>]*descr="([^"]*)"', drawing) == [
            "Offered by media type, Mon 8 – Sun 14 Jun 2026",
            f"{LEVELS}: 12 of 48 queues by media type",
            "Where the offered went: each outcome as a share of what was offered",
        ]

    def test_media_types_have_their_colours(self, data: bytes):
        offered, *_ = parts_of(data, "xl/charts/")
        fills = re.findall(r'<c:spPr><a:solidFill><a:srgbClr val="(\w+)"', offered)
        assert fills[:5] == ["2F6FDE", "C2571A", "1F8A5B", "A63D86", "9A80DD"]

    def test_charts_show_the_cells_that_stand_below_them(
        self, data: bytes, book: openpyxl.Workbook
    ):
        sheet = book.worksheets[0]
        offered, levels, outcomes = map(series, parts_of(data, "xl/charts/"))
        days = "Mon 8 Jun,Tue 9 Jun,Wed 10 Jun,Thu 11 Jun,Fri 12 Jun,Sat 13 Jun,Sun 14 Jun"
        *media, before = offered
        assert [name(sheet, at) for at in media] == [
            ["voice"],
            ["callback"],
            ["chat"],
            ["email"],
            ["message"],
        ]
        assert named(sheet, offered[0][1]) == days.split(",")
        assert sum(sum(named(sheet, at[2])) for at in media) == 19_929
        assert sum(named(sheet, before[2])) == 19_778
        (level, target) = levels
        assert len(named(sheet, level[2])) == 12
        assert set(named(sheet, target[2])) == {0.8}
        assert round(sum(named(sheet, outcomes[0][2])), 10) == 1

    def test_a_scene_that_is_left_out_has_neither_chart_nor_sheet(self, meeting: Meeting):
        shown = show_of(meeting, Choice(scenes=("offered", "method")))
        made = to_workbook(meeting, shown)
        assert len(parts_of(made, "xl/charts/")) == 1
        names = openpyxl.load_workbook(BytesIO(made)).sheetnames
        assert names == ["Summary", "Offered by media type", "Data", "About"]


def series(chart: str) -> list[tuple[str, str, str]]:
    """Name, categories and values of each series: the cells they are in."""
    found = re.findall(r"<c:ser>.*?</c:ser>", chart)
    return [tuple(re.findall(r"<c:f>Summary!(.*?)</c:f>", each)) for each in found]  # type: ignore[misc]


def name(sheet: Worksheet, at: tuple[str, str, str]) -> list[Any]:
    return named(sheet, at[0])


def named(sheet: Worksheet, cells: str) -> list[Any]:
    """The values of cells such as $B$3:$B$9."""
    found = sheet[cells.replace("$", "")]
    return [found.value] if not isinstance(found, tuple) else [row[0].value for row in found]


class TestTables:
    def test_every_cell_reads_as_its_frame_to_the_digit_that_is_shown(
        self, book: openpyxl.Workbook, tables: tuple[Table, ...]
    ):
        compared = 0
        for sheet, table in zip(book.worksheets[1:-1], tables, strict=True):
            found = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
            rows = [row for row in found if any(each is not None for each in row)]
            expected = [*as_shown(table)]
            assert len(rows) == len(expected), sheet.title
            kinds = table.in_file
            shown = [[in_sheet(*each) for each in zip(row, kinds, strict=True)] for row in rows]
            # Totals stand below all others in a sheet.
            assert sorted(shown) == sorted(expected), sheet.title
            compared += len(rows) * len(kinds)
        assert compared > 10_000

    def test_csv_reads_as_its_frame_to_the_digit_that_is_written(self, tables: tuple[Table, ...]):
        for table in tables:
            text = table_to_csv(table).decode("utf-8-sig")
            _, *rows = csv.reader(io.StringIO(text, newline=""))
            kinds = table.in_file
            found = [[in_csv(*each) for each in zip(row, kinds, strict=True)] for row in rows]
            assert found == [*as_shown(table, rounded)], table.title

    def test_the_data_adds_up_to_the_summary_in_a_pivot(
        self, book: openpyxl.Workbook, meeting: Meeting
    ):
        rows = pd.DataFrame(book["Data"].values)
        rows = rows[1:].set_axis(rows.loc[0].tolist(), axis="columns")
        in_queues = rows[rows["Queue"] != "No queue"]
        assert in_queues["Offer"].sum() == 19_929
        by_media = in_queues.groupby("Media type")["Offer"].sum()
        shown = tables_of(show_of(meeting, Choice(scenes=("offered",))))
        offered = shown[0].rows
        expected = offered[offered["interval_start"] >= meeting.figures.interval.start]
        assert by_media.to_dict() == expected.groupby("media_type")["offered"].sum().to_dict()
        assert len(rows) == len(rows.drop_duplicates(["Begins", "Queue id", "Media type"]))
        (pivot,) = book["Data"].tables.values()
        assert pivot.ref == f"A1:AG{len(rows) + 1}"

    def test_what_does_not_add_up_is_said(self, book: openpyxl.Workbook):
        about = dict(book["About"].iter_rows(max_col=2, values_only=True))
        assert about["To pivot"] == (
            "Counts and total times add up. Answer %, Abandon %, Service Level %, ASA and Avg"
            " Handle do not: add what they are made of first, and divide last, as a calculated"
            " field does."
        )


def text(value: Any, unit: Unit | None) -> str:
    """A value as its page writes it."""
    if value is None or pd.isna(value) or value == "":
        return ""
    if unit is None:
        return f"{value:%Y-%m-%d %H:%M}" if hasattr(value, "hour") else str(value)
    return f"{value:.2f}" if unit is Unit.COUNT else value_text(value, unit)


def rounded(value: Any, unit: Unit | None) -> str:
    """A value with as many decimals as a file for spreadsheets has."""
    if unit is None or pd.isna(value):
        return text(value, unit)
    return f"{round(value, DECIMALS[unit]):z.{DECIMALS[unit]}f}"


def as_shown(table: Table, write: Callable[[Any, Unit | None], str] = text) -> Iterator[list[str]]:
    """The values of a table, row by row."""
    written = table.written()
    columns = [
        [write(value, each.unit) for value in written[each.key].tolist()] for each in table.in_file
    ]
    yield from map(list, zip(*columns, strict=True))


def in_sheet(value: Any, column: Column) -> str:
    """What a cell says, in the unit of its KPI."""
    if isinstance(value, timedelta):
        value = value.total_seconds()
    elif column.unit is Unit.PERCENT and value is not None and not column.is_change:
        value = 100 * value
    elif column.unit is Unit.SECONDS and value is not None and not column.is_change:
        # openpyxl gives a time below a day, or midnight as 0.
        value = time_of(value)
    return text(value, column.unit)


def time_of(value: Any) -> float:
    if hasattr(value, "hour"):
        return 3600 * value.hour + 60 * value.minute + value.second + value.microsecond / 1e6
    return float(value) * 86_400


def in_csv(value: str, column: Column) -> str:
    if column.moment and value:
        return value[:16]
    return rounded(float(value), column.unit) if column.unit and value else value.removeprefix("'")


class TestAbout:
    def test_it_has_filters_intervals_definitions_and_the_very_queries(
        self, book: openpyxl.Workbook, meeting: Meeting
    ):
        about = dict(book["About"].iter_rows(max_col=2, values_only=True))
        assert about["Interval"] == "Mon 8 – Sun 14 Jun 2026"
        assert about["As of"] == "Mon 15 Jun 2026, 13:00"
        assert about["Link"] == "https://example/meeting"
        assert about["Service Level %"].startswith("Share in time")
        assert json.loads(about["API query 1"]) == meeting.figures.answers[0].query.body()
        assert json.loads(about["API query 2"])["interval"].startswith("2026-06-01")


def test_what_a_show_lacks_is_no_hindrance(meeting: Meeting):
    lacking, kpis = replace(meeting.all, fine=None, outcomes=None), (KPI_BY_KEY["offered"],)
    bare = replace(meeting, all=lacking, queues=(), kpis=kpis)
    made = to_workbook(bare, show_of(bare, Choice()))
    book = openpyxl.load_workbook(BytesIO(made))
    assert len(parts_of(made, "xl/charts/")) == 2
    about = [*book["About"].iter_rows(max_col=2, values_only=True)]
    assert ("Not shown", "Where the offered went: These counts could not be had.") in about


def test_hostile_names_are_text_in_every_sheet():
    with hostile_queues.organization() as server:
        made = meeting_of(hostile_queues.environment(server))
    data = to_workbook(made, show_of(made, Choice(title="=1+1", subtitle="{=2}")))
    book = openpyxl.load_workbook(BytesIO(data))
    assert (book.worksheets[0]["A1"].value, book.worksheets[0]["A1"].data_type) == ("=1+1", "s")
    assert {*hostile_queues.NAMES} <= {*column(book["Data"], "C")}
    for sheet in parts_of(data, "xl/worksheets/"):
        assert not re.search(r"<f[ >]|<hyperlink", sheet)


@pytest.mark.skipif(libreoffice.executable() is None, reason=libreoffice.HELP)
def test_a_spreadsheet_shows_the_summary_as_it_was_written(data: bytes, tmp_path: Path):
    (file := tmp_path / "week.xlsx").write_bytes(data)
    rows = [[*filter(None, row)] for row in libreoffice.shown(file, tmp_path, "en-US")]
    assert ["Offer", "19,929", "19,778", "+151"] in rows
    assert ["Answer %", "93.7%", "93.9%", "−0.2 pts", "near", "95.0%"] in rows
    assert ["ASA", "0:00:20", "0:00:21", "−0.9 s", "20 of 22 groups met"] in rows
