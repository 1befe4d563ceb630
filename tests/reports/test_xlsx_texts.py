"""Names and texts of any kind in a workbook."""

from __future__ import annotations

import math
import re
import zipfile
from io import BytesIO

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genesys.kpis.catalogue import Unit
from reports.table import Column, Table
from reports.xlsx import sheet_names, to_xlsx
from tests.examples import examples
from tests.hostile_queues import NAMES
from tests.reports.sheets import LEVEL, OFFER, QUEUE, cells, names, workbook

CASES = examples(20)


def test_two_columns_of_one_label_are_told_apart():
    columns = Column("a", "02:00", Unit.COUNT), Column("b", "02:00", Unit.COUNT)
    made = workbook(Table("Hours", columns, pd.DataFrame({"a": [1], "b": [2]})))
    assert cells(made.worksheets[0]) == [["02:00", "02:00 (2)"], [1, 2]]


HOSTILE = (*NAMES, "=1+1", "@SUM(A1)", "{=1}", "<r><t>x</t></r>", "<r>&broken</r>", "_x0041_")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_stays_text_wherever_it_stands(name: str):
    column = Column("queue_name", name, help=name)
    made = Table(name, (column,), pd.DataFrame({"queue_name": [name]}), 1, ((name, name),))
    data = to_xlsx([made])
    book = openpyxl.load_workbook(BytesIO(data))
    table, about = book.worksheets
    found = [table["A1"], table["A2"], about["A2"], about["B2"]]
    heading = name if len(name) <= 255 else f"{name[:254]}…"
    assert [(cell.data_type, cell.value.rstrip()) for cell in found] == [
        ("s", each) for each in (heading, name, name, name)
    ]
    assert {cell.number_format for cell in found} == {"@"}
    with zipfile.ZipFile(BytesIO(data)) as parts:
        sheets = [parts.read(part) for part in parts.namelist() if part.startswith("xl/worksheets")]
    assert not [sheet for sheet in sheets if re.search(rb"<f[ >]|<hyperlink", sheet)]


def test_characters_that_xml_lacks_are_written_in_the_way_of_excel():
    sheet = workbook(names("a\x1bb", "a\uffffb", "a\nb")).worksheets[0]
    assert [cell.value for cell in sheet["A"][1:]] == ["a_x001B_b", "a_xFFFF_b", "a\nb"]


def test_text_beyond_what_a_cell_holds_ends_with_an_ellipsis():
    made = names("x" * 40_000, "\U0001f600" * 20_000, "x" * 32_767)
    long, faces, whole = (cell.value for cell in workbook(made).worksheets[0]["A"][1:])
    assert long == "x" * 32_766 + "…"
    assert faces == "\U0001f600" * 16_383 + "…"
    assert whole == "x" * 32_767


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (["Queues", "Trend"], ["Queues", "Trend"]),
        (["Queue", "queue", "QUEUE"], ["Queue", "queue (2)", "QUEUE (3)"]),
        (["a/b\\c?d*e:f[g]"], ["a b c d e f g"]),
        (["'Sales'", "it's"], ["Sales", "it's"]),
        (["", "??", "\x00\r\n"], ["Table", "Table (2)", "Table (3)"]),
        (["History"], ["History (2)"]),
        (["x" * 40, "x" * 40], ["x" * 30 + "…", "x" * 26 + "… (2)"]),
        (["\U0001f600" * 20], ["\U0001f600" * 15 + "…"]),
    ],
)
def test_sheet_names_are_ones_that_spreadsheets_allow(titles: list[str], expected: list[str]):
    assert sheet_names(titles) == expected


@CASES
@given(st.lists(st.text(st.characters(exclude_categories=()), max_size=40), max_size=4))
def test_any_titles_make_a_workbook(titles: list[str]):
    assert len(workbook(*(names(title=title) for title in titles)).sheetnames) == len(titles) + 1


@CASES
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=20),
            st.none() | st.integers(0, 10**15),
            st.floats(),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_any_names_and_numbers_come_back(rows):
    frame = pd.DataFrame(rows, columns=["queue_name", "offered", "service_level_pct"])
    frame["offered"] = frame["offered"].astype("Int64")
    sheet = workbook(Table("Queues", (QUEUE, OFFER, LEVEL), frame)).worksheets[0]
    for (name, count, level), found in zip(rows, cells(sheet)[1:], strict=True):
        assert found[0] == name
        assert found[1] == count
        shown = pytest.approx(level / 100, rel=1e-15) if math.isfinite(level) else None
        assert found[2] == shown
