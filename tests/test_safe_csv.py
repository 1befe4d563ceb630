"""CSV: its bytes, harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest

from genesys.safe_csv import COMMA, SEMICOLON, to_csv


def one(cell: str) -> str:
    """What a spreadsheet finds in a cell."""
    written = to_csv(pd.DataFrame({"queue_name": [cell]})).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(written, newline="")))[1][0]


TABLE = pd.DataFrame(
    {
        "queue_name": ["Atención", "Sales, North; East", 'The "best"'],
        "offered": pd.array([1234, None, 0], dtype="Int64"),
        "asa_sec": [12.5, float("nan"), 1 / 3],
    }
)


def test_the_comma_form_byte_for_byte():
    assert to_csv(TABLE) == (
        b"\xef\xbb\xbfqueue_name,offered,asa_sec\r\n"
        b"Atenci\xc3\xb3n,1234,12.5\r\n"
        b'"Sales, North; East",,\r\n'
        b'"The ""best""",0,0.3333333333333333\r\n'
    )


def test_the_semicolon_form_has_decimal_commas():
    assert to_csv(TABLE, SEMICOLON) == (
        b"\xef\xbb\xbfqueue_name;offered;asa_sec\r\n"
        b"Atenci\xc3\xb3n;1234;12,5\r\n"
        b'"Sales, North; East";;\r\n'
        b'"The ""best""";0;0,3333333333333333\r\n'
    )


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\tplain",
        "\r=1",
        "\n=1",
        "  =1+1",
        "\u00a0=1+1",
        "\uff1d1+1",
        "\uff0b1",
        "\uff0d1",
        "\uff20x",
        '=HYPERLINK("http://x","y")',
    ],
    ids=repr,
)
@pytest.mark.parametrize("kind", ["str", "category"])
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(cell: str, kind: str):
    table = pd.DataFrame({"queue_name": pd.Series([cell, "Sales"], dtype=kind)})
    for dialect in (COMMA, SEMICOLON):
        text = to_csv(table, dialect).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=dialect.separator))
        assert rows == [["queue_name"], [f"'{cell}"], ["Sales"]]


@pytest.mark.parametrize("cell", ["Sales", "A=B", "1-2", "O'Neill", " North", "é", "line\nbreak"])
def test_any_other_cell_stays_as_it_is(cell: str):
    assert one(cell) == cell


def test_numbers_below_zero_stay_numbers():
    assert to_csv(pd.DataFrame({"delta": [-1.5]})).endswith(b"\r\n-1.5\r\n")


def test_no_rows_are_the_headings_alone():
    assert to_csv(TABLE.iloc[:0]) == b"\xef\xbb\xbfqueue_name,offered,asa_sec\r\n"
