"""CSV files of tables: their bytes, harmless in a spreadsheet, and their names."""

from __future__ import annotations

import csv
import io
import math
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genesys.intervals import Interval, whole_days
from genesys.kpis.catalogue import Unit
from genesys.safe_csv import COMMA, SEMICOLON, Dialect
from reports.csv import file_name, table_to_csv
from reports.table import Column, Table
from tests.asking import LONDON
from tests.examples import examples
from tests.hostile_queues import NAMES

QUEUE = Column("queue_name", "Queue")
OFFER = Column("offered", "Offer", Unit.COUNT, "Offered: nOffered.count.")
LEVEL = Column("service_level_pct", "Service Level %", Unit.PERCENT, marks="status")
ASA = Column("asa_sec", "ASA", Unit.SECONDS, "Speed; of answer.")


def lines(table: Table, dialect=COMMA) -> list[list[str]]:
    """What a spreadsheet finds in the file of a table."""
    text = table_to_csv(table, dialect).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=dialect.separator))


class TestTable:
    """The file of a table as its page shows it."""

    SHOWN = Table(
        "Queues by media type",
        (QUEUE, OFFER, LEVEL, ASA),
        pd.DataFrame(
            {
                "queue_name": ["Total", "Sales"],
                "offered": [1234.0, None],
                "service_level_pct": [62.5, None],
                "status": ["missed", None],
                "asa_sec": [1 / 3, None],
            }
        ),
        totals=1,
        notes=(("Time zone", "Europe/London"),),
    )

    def test_is_written_byte_for_byte(self):
        assert table_to_csv(self.SHOWN, SEMICOLON) == (
            b"\xef\xbb\xbfQueue;Offer;Service Level %;Service Level % mark;ASA (s)\r\n"
            b"Total;1234;62,5;missed;0,3\r\n"
            b"Sales;;;;\r\n"
        )

    def test_names_the_units_of_changes_in_its_headings(self):
        columns = tuple(
            Column(unit.name, unit.name.title(), unit, is_change=True)
            for unit in (Unit.COUNT, Unit.PERCENT, Unit.SECONDS)
        )
        rows = pd.DataFrame({"COUNT": [-3], "PERCENT": [-1.5], "SECONDS": [0.25]})
        assert lines(Table("Changes", columns, rows)) == [
            ["Count", "Percent (pts)", "Seconds (s)"],
            ["-3", "-1.5", "0.2"],
        ]

    def test_with_two_columns_of_one_label_has_both(self):
        rows = pd.DataFrame({"first": [1], "second": [2]})
        columns = (Column("first", "01:00", Unit.COUNT), Column("second", "01:00", Unit.COUNT))
        assert lines(Table("Hours", columns, rows))[:2] == [["01:00", "01:00"], ["1", "2"]]

    def test_without_rows_is_the_headings(self):
        nothing = Table("Queues", (QUEUE,), pd.DataFrame({"queue_name": []}))
        assert lines(nothing) == [["Queue"]]

    @pytest.mark.parametrize("name", ["=1+1", "\t=1", "@x", *NAMES])
    @pytest.mark.parametrize("dialect", [COMMA, SEMICOLON], ids=["comma", "semicolon"])
    def test_is_harmless_wherever_a_name_stands(self, name: str, dialect: Dialect):
        column = Column("queue_name", name, help=name)
        table = Table(name, (column,), pd.DataFrame({"queue_name": [name]}), 1, ((name, name),))
        shown = f"'{name}" if name[0] in "=@+\t" else name
        assert lines(table, dialect) == [
            [shown],
            [shown],
        ]

    @examples(30)
    @given(
        st.lists(st.tuples(st.text(min_size=1), st.none() | st.floats(allow_infinity=False))),
        st.sampled_from([COMMA, SEMICOLON]),
    )
    def test_brings_any_names_and_numbers_back(self, rows, dialect):
        frame = pd.DataFrame(rows, columns=["queue_name", "asa_sec"])
        found = lines(Table("Queues", (QUEUE, ASA), frame), dialect)
        assert found[0] == ["Queue", "ASA (s)"]
        for (name, seconds), (text, number) in zip(rows, found[1 : len(rows) + 1], strict=True):
            assert text in (name, f"'{name}")
            assert text.strip()[:1] not in {*"=+-@\uff1d\uff0b\uff0d\uff20"}
            if seconds is None or math.isnan(seconds):
                assert number == ""
            else:
                assert float(number.replace(dialect.decimal, ".")) == round(seconds, 1)


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
