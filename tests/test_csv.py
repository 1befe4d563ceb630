"""CSV files: their bytes, harmless in a spreadsheet, and their names."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from genesys.intervals import Interval, whole_days
from reports.csv import COMMA, SEMICOLON, file_name, to_csv
from tests.asking import LONDON


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


class TestFileName:
    """Whose figures, of which days, under which filters."""

    MAY = whole_days(date(2026, 5, 11), date(2026, 5, 17), LONDON)

    def name(self, organization: str = "Northwind", *filters: str) -> str:
        return file_name(organization, self.MAY, LONDON, filters, "csv")

    def test_says_organization_days_and_filters(self):
        assert self.name("Northwind Mutual (demo)", "voice", "3 queues") == (
            "northwind-mutual-demo_2026-05-11_2026-05-17_voice_3-queues.csv"
        )

    def test_one_day_is_named_once(self):
        day = whole_days(date(2026, 5, 11), date(2026, 5, 11), LONDON)
        assert file_name("N", day, LONDON, [], "xlsx") == "n_2026-05-11.xlsx"

    def test_the_last_day_of_a_running_interval_counts(self):
        running = Interval(
            datetime(2026, 6, 14, 23, tzinfo=UTC), datetime(2026, 6, 15, 9, tzinfo=UTC)
        )
        assert file_name("N", running, LONDON, [], "csv") == "n_2026-06-15.csv"

    def test_an_interval_up_to_a_day_without_midnight_ends_the_day_before(self):
        beirut = ZoneInfo("Asia/Beirut")
        days = whole_days(date(2026, 3, 27), date(2026, 3, 28), beirut)
        assert file_name("N", days, beirut, [], "csv") == "n_2026-03-27_2026-03-28.csv"

    @pytest.mark.parametrize(
        ("organization", "slug"),
        [
            ("Atención Ñandú", "atencion-nandu_"),
            ("../../etc/passwd", "etc-passwd_"),
            ('a\\b:c*d?"<>|', "a-b-c-d_"),
            ("con\r\nSet-Cookie: x", "con-set-cookie-x_"),
            ("\u202egnp.exe", "gnp-exe_"),
            ("東京", ""),
            ("", ""),
            ("x" * 300, "x" * 60 + "_"),
        ],
    )
    def test_holds_nothing_but_letters_digits_and_hyphens(self, organization: str, slug: str):
        assert self.name(organization) == f"{slug}2026-05-11_2026-05-17.csv"
