"""Workbooks, read back: values, formats, names of sheets, and text that stays text."""

from __future__ import annotations

import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from genesys.errors import QueryError
from genesys.kpis import sheets
from genesys.kpis.catalogue import Unit
from reports.table import Column, Table
from reports.xlsx import to_xlsx
from tests.reports.sheets import LEVEL, OFFER, QUEUE, cells, names, workbook

ASA = Column("asa_sec", "ASA", Unit.SECONDS)


VALUES = Table(
    "Queues by media type",
    (QUEUE, OFFER, LEVEL, ASA),
    pd.DataFrame(
        {
            "queue_name": ["Total", "Sales", "4711"],
            "offered": pd.array([1234, 1200, None], dtype="Int64"),
            "service_level_pct": [200 / 3, 62.5, None],
            "status": ["", "missed", "few contacts"],
            "asa_sec": [93784.5, 12.0, float("nan")],
        }
    ),
    totals=1,
    notes=(("Organization", "Northwind"), ("Time zone", "Europe/London")),
)


def changes(unit: Unit, *values: float) -> Table:
    column = Column("change", "Change", unit, is_change=True)
    return Table("Changes", (column,), pd.DataFrame({"change": values}))


def colour(cell) -> str | None:
    return cell.font.color.rgb if cell.font.color and cell.font.color.type == "rgb" else None


def test_a_sheet_holds_the_table_with_unrounded_numbers_and_blanks():
    assert cells(workbook(VALUES)["Queues by media type"]) == [
        ["Queue", "Offer", "Service Level %", "Service Level % mark", "ASA (h:mm:ss)"],
        ["Sales", 1200, 0.625, "missed", timedelta(seconds=12)],
        ["4711", None, None, "few contacts", None],
        [None] * 5,
        ["Total", 1234, 0.6666666666666667, None, timedelta(days=1, seconds=7384.5)],
    ]


def test_numbers_read_as_on_the_page():
    formats = [cell.number_format for cell in workbook(VALUES).worksheets[0][2]]
    assert formats == ["@", "#,##0", "0.0%", "@", "[h]:mm:ss"]


def test_headings_and_totals_are_bold_and_nothing_else():
    sheet = workbook(VALUES).worksheets[0]
    assert [[cell.font.b for cell in row if cell.value is not None] for row in sheet] == [
        [True] * 5,
        [False] * 5,
        [False] * 2,
        [],
        [True] * 4,
    ]


def test_rows_are_a_table_to_pivot_without_the_totals_and_headings_stay_in_sight():
    sheet = workbook(VALUES).worksheets[0]
    (table,) = sheet.tables.values()
    assert (table.ref, table.autoFilter.ref) == ("A1:E3", "A1:E3")
    assert table.column_names == [cell.value for cell in sheet[1]]
    assert sheet.freeze_panes == "B2"


def test_rows_that_sum_up_a_group_stand_below_the_table_too():
    rows = pd.DataFrame(
        {
            "queue_name": ["Total", "Claims", "Motor", "Home"],
            "offered": [3, 3, 1, 2],
            "strong": [False, True, False, False],
        }
    )
    sheet = workbook(Table("Queues", (QUEUE, OFFER), rows, totals=1)).worksheets[0]
    assert [row[0] for row in cells(sheet)] == ["Queue", "Motor", "Home", None, "Total", "Claims"]
    assert [table.ref for table in sheet.tables.values()] == ["A1:B3"]


def test_columns_are_wide_enough_to_read_and_never_wider_than_a_screen():
    hours = Table("Times", (ASA,), pd.DataFrame({"asa_sec": [3600 * 123_456.0]}))
    sheets = workbook(VALUES, names("x" * 400), hours).worksheets
    widths = [sheets[0].column_dimensions[letter].width for letter in "ABCDE"]
    assert [round(width) for width in widths] == [10, 14, 20, 25, 18]
    assert round(sheets[1].column_dimensions["A"].width) == 51
    assert sheets[2].column_dimensions["A"].width > len("123456:00:00")


def test_a_mark_colours_its_figure_and_its_word():
    sheet = workbook(VALUES).worksheets[0]
    assert [colour(cell) for cell in sheet[2]] == [None, None, "FFB42318", "FFB42318", None]
    assert colour(sheet["D3"]) == "FF64748B"


def test_a_missed_target_fills_its_cell_as_on_the_page():
    sheet = workbook(VALUES).worksheets[0]
    assert sheet["C2"].fill.fgColor.rgb == "FFFDE7E4"
    assert sheet["D3"].fill.fgColor.rgb == "00000000"


def test_a_queue_named_like_a_mark_has_no_colour():
    assert colour(workbook(names("missed")).worksheets[0]["A2"]) is None


@pytest.mark.parametrize(
    ("unit", "number"),
    [(Unit.COUNT, "#,##0"), (Unit.PERCENT, '0.0" pts"'), (Unit.SECONDS, '#,##0.0" s"')],
)
def test_a_change_has_its_sign_and_its_unit(unit: Unit, number: str):
    sheet = workbook(changes(unit, 75.0, -75.0, 0.0)).worksheets[0]
    assert [cell.value for cell in sheet["A"][1:]] == [75, -75, 0]
    signed = f'+{number};"−"{number};"±"{number}'
    none = f'"±"{number};"±"{number};"±"{number}'
    assert [cell.number_format for cell in sheet["A"][1:]] == [signed, signed, none]


@pytest.mark.parametrize(
    ("unit", "value", "moves"),
    [
        (Unit.PERCENT, 0.04, False),
        (Unit.PERCENT, -0.04, False),
        (Unit.PERCENT, -0.06, True),
        (Unit.SECONDS, -0.04, False),
        (Unit.SECONDS, 0.06, True),
    ],
)
def test_a_change_that_rounds_to_nothing_has_the_sign_of_none(unit, value, moves):
    cell = workbook(changes(unit, value)).worksheets[0]["A2"]
    assert cell.value == value
    assert cell.number_format.startswith("+" if moves else '"±"')


def test_moments_are_date_times_of_the_zone_with_the_offset_that_tells_two_apart():
    starts = pd.DatetimeIndex(["2026-10-25T00:00Z", "2026-10-25T01:00Z"])
    begins = [pd.NaT, *starts.tz_convert("Europe/London")]
    rows = pd.DataFrame({"bucket": ["Total", "a", "b"], "begins": begins})
    made = Table("Trend", (Column("bucket", "Begins", moment="begins"),), rows, totals=1)
    sheet = workbook(made).worksheets[0]
    assert cells(sheet) == [
        ["Begins", "UTC offset"],
        [datetime(2026, 10, 25, 1), "UTC+01:00"],  # noqa: DTZ001 - spreadsheets have no zones
        [datetime(2026, 10, 25, 1), "UTC+00:00"],  # noqa: DTZ001
        [None, None],
        ["Total", None],
    ]
    assert sheet["A2"].number_format == "yyyy-mm-dd hh:mm"


def test_moments_of_other_columns_are_text_with_their_offset():
    moment = datetime(2026, 5, 11, 9, 30, tzinfo=ZoneInfo("Asia/Kathmandu"))
    made = Table("Trend", (Column("start", "Start"),), pd.DataFrame({"start": [moment]}))
    assert workbook(made).worksheets[0]["A2"].value == "2026-05-11T09:30:00+05:45"


def test_the_last_sheet_tells_notes_and_definitions_once_and_where_they_hold():
    other = Table("Trend", (OFFER,), pd.DataFrame({"offered": [1]}), notes=VALUES.notes[:1])
    assert cells(workbook(VALUES, other)["About"]) == [
        ["Name", "Text", "Sheets"],
        ["Organization", "Northwind", "all"],
        ["Time zone", "Europe/London", "Queues by media type"],
        ["Offer", "Offered: nOffered.count.", "all"],
        ["Service Level %", "In time.", "Queues by media type"],
    ]


def test_rows_too_many_for_memory_are_a_table_like_any_other_and_leave_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(sheets, "MOST_HELD", 15)
    few = workbook(VALUES)
    monkeypatch.setattr(sheets, "MOST_HELD", 14)
    made = workbook(VALUES)
    for ours, other in zip(made.worksheets, few.worksheets, strict=True):
        assert cells(ours) == cells(other)
        assert [each.ref for each in ours.tables.values()] == [
            each.ref for each in other.tables.values()
        ]
        assert [cell.number_format for cell in ours[2]] == [cell.number_format for cell in other[2]]
    assert list(tmp_path.iterdir()) == []


def test_more_rows_than_a_sheet_has_are_refused_with_what_takes_them():
    rows = pd.DataFrame({"offered": range(1_048_576)})
    with pytest.raises(QueryError) as told:
        to_xlsx([VALUES, Table("Half-hours", (OFFER,), rows)])
    assert str(told.value) == (
        "A sheet holds 1,048,575 rows, and “Half-hours” has 1,048,576. Write CSV or Parquet, as"
        " python -m genesys report --output figures.parquet does, or choose fewer days, fewer"
        " queues or longer buckets."
    )


def test_a_table_without_rows_is_its_headings():
    sheet = workbook(names()).worksheets[0]
    assert cells(sheet) == [["Queue"]]
    assert not sheet.tables


def test_a_workbook_says_its_title_and_nobody_who_made_it():
    properties = workbook(VALUES, names(title="Trend")).properties
    assert properties.title == "Queues by media type, Trend"
    assert not properties.creator
    assert not properties.lastModifiedBy


def test_a_long_text_goes_over_lines_in_a_row_that_is_as_high_and_all_columns_fit_on_paper():
    sheet = workbook(names("Sales", "word " * 30, "x" * 50)).worksheets[0]

    heights = [sheet.row_dimensions[row].height for row in (2, 3, 4)]
    assert heights == [None, 45.0, None]
    assert [bool(sheet.cell(row, 1).alignment.wrap_text) for row in (2, 3, 4)] == [
        False, True, False,
    ]  # fmt: skip
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
