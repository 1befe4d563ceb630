"""Files as a spreadsheet reads them, in three countries: the same numbers and the same times."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest

from genesys.kpis.catalogue import Unit
from genesys.safe_csv import COMMA, SEMICOLON
from reports.begins import BEGINS
from reports.csv import table_to_csv
from reports.table import Column, Table
from reports.xlsx import to_xlsx
from tests import libreoffice

pytestmark = pytest.mark.skipif(libreoffice.executable() is None, reason=libreoffice.HELP)

STARTS = pd.DatetimeIndex(["2026-10-25T00:30Z", "2026-10-25T01:30Z"]).tz_convert("Europe/Berlin")

TABLE = Table(
    "Trend",
    (
        BEGINS,
        Column("offered", "Offer", Unit.COUNT),
        Column("answer_pct", "Answer %", Unit.PERCENT),
        Column("asa_sec", "ASA", Unit.SECONDS),
    ),
    pd.DataFrame(
        {
            "bucket": ["first", "second"],
            "interval_start": STARTS,
            "offered": [1234, 5],
            "answer_pct": [62.5, 100.0],
            "asa_sec": [93784.0, 12.5],
        }
    ),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("office")


@pytest.mark.parametrize(
    ("country", "point", "group"),
    [("en-US", ".", ","), ("de-DE", ",", "."), ("fr-FR", ",", "\xa0")],
)
def test_a_workbook_shows_the_same_in_every_country(folder, country, point, group):
    (file := folder / "trend.xlsx").write_bytes(to_xlsx([TABLE]))
    assert libreoffice.shown(file, folder, country) == [
        ["Begins", "UTC offset", "Offer", "Answer %", "ASA (h:mm:ss)"],
        ["2026-10-25 02:30", "UTC+02:00", f"1{group}234", f"62{point}5%", "26:03:04"],
        ["2026-10-25 02:30", "UTC+01:00", "5", f"100{point}0%", "0:00:12"],
    ]


@pytest.mark.parametrize(
    ("country", "dialect"), [("en-US", COMMA), ("de-DE", SEMICOLON), ("fr-FR", SEMICOLON)]
)
def test_a_csv_file_of_the_country_holds_the_same_numbers_and_times(folder, country, dialect):
    (file := folder / "trend.csv").write_bytes(table_to_csv(TABLE, dialect))
    sheet = libreoffice.read(file, folder, country, dialect.separator).worksheets[0]
    two = datetime(2026, 10, 25, 2, 30)  # noqa: DTZ001 - spreadsheets have no zones
    assert [[cell.value for cell in row] for row in sheet] == [
        ["Begins", "UTC offset", "Offer", "Answer %", "ASA (s)"],
        [two, "UTC+02:00", 1234, 62.5, 93784],
        [two, "UTC+01:00", 5, 100, 12.5],
    ]
