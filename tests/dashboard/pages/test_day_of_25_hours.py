"""The day of 25 hours on the pages and in their files: its two 02:00 are told apart, or added."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Final

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.sections.day import clock_words
from genesys.demo import DemoServer
from tests.dashboard.reading import Files, Open, cells, chart, named, words
from tests.dashboard.world import BILLING, CLAIMS
from tests.test_day_clock import BERLIN

MOMENT: Final = datetime(2026, 10, 28, 12, tzinfo=UTC)
LONG: Final = date(2026, 10, 25)
TWICE: Final = "02:00 to 03:00 comes twice on Sun 25 Oct 2026: both are added."

Look = Callable[..., AppTest]


@pytest.fixture
def look(
    start_demo: Callable[..., DemoServer], open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> Look:
    """A page of some days up to the longest one, as Berlin sees them."""
    monkeypatch.setattr("tests.dashboard.conftest.DEMO_NOW", MOMENT)
    server = start_demo(clock=lambda: MOMENT)

    def looked(page_key: str, first: str = "2026-10-25", **params: str | list[str]) -> AppTest:
        days = {"from": first, "to": "2026-10-25", "zone": "Europe/Berlin", "show": "Offer"}
        return open_page(server.env, page_key, **days, **params)

    return looked


def begins(page: AppTest, at: int) -> list[str]:
    """The first column of a table, each text once."""
    return list(dict.fromkeys(row[0] for row in cells(page, at)))


def test_the_day_and_its_file_have_both_hours(look: Look, files: Files):
    page = look("when", "2026-10-19")
    page.session_state["day-table"] = True
    named(page.selectbox, "Day").set_value(LONG).run()

    assert "Usual: the 4 Sundays before. 02:00 to 03:00 comes twice; the second has no usual." in (
        words(page)
    )
    assert [row for row in cells(page, 0) if row[0][:2] in ("02", "03")] == [
        ["02:30 UTC+02:00", "0", "0", "0"],
        ["02:00 UTC+01:00", "0", "0", "—"],
        ["03:00", "1", "1", "0"],
        ["03:30", "1", "1", "1"],
    ]
    sheet = openpyxl.load_workbook(BytesIO(files["day-xlsx"]())).worksheets[0]
    assert [cell.value for cell in sheet["A"]][5:8] == [
        "02:30 UTC+02:00",
        "02:00 UTC+01:00",
        "03:00",
    ]
    assert "\r\n02:30 UTC+02:00,0,0,0\r\n02:00 UTC+01:00,0,0,\r\n03:00,1,1,0\r\n" in (
        files["day-CSV"]().decode("utf-8-sig")
    )


def test_hours_of_the_week_and_their_file_say_that_both_are_added(look: Look, files: Files):
    page = look("when", "2026-10-19")
    page.session_state["week-table"] = True
    page.run()

    assert TWICE in words(page)
    about = openpyxl.load_workbook(BytesIO(files["week-xlsx"]()))["About"]
    assert TWICE in [cell.value for cell in about["B"]]


def test_queues_side_by_side_and_their_file_have_both_hours(look: Look, files: Files):
    page = look("queues", pick=[CLAIMS, BILLING], step="hour")
    page.session_state["trend-chart-table"] = True
    page.run()

    assert begins(page, 1)[1:5] == [
        "Sun 25 Oct 2026, 01:00",
        "Sun 25 Oct 2026, 02:00 UTC+02:00",
        "Sun 25 Oct 2026, 02:00 UTC+01:00",
        "Sun 25 Oct 2026, 03:00",
    ]
    for line in chart(page)["data"]:
        assert [said[2] for said in line["customdata"]] == begins(page, 1)
    sheet = openpyxl.load_workbook(BytesIO(files["trend-chart-xlsx"]())).worksheets[0]
    two = datetime(2026, 10, 25, 2)  # noqa: DTZ001 - spreadsheets have no zones
    assert [row[1] for row in sheet.values if row[0] == two and row[2] == "Claims"] == [
        "UTC+02:00",
        "UTC+01:00",
    ]


def test_the_interval_report_and_its_file_say_which_of_the_hours_it_is(look: Look, files: Files):
    page = look("queues", pick=CLAIMS, report="Hour")

    assert begins(page, 1)[1:4] == [
        "Sun 25 Oct 2026, 00:00",
        "Sun 25 Oct 2026, 02:00 UTC+01:00",
        "Sun 25 Oct 2026, 05:00",
    ]
    sheet = openpyxl.load_workbook(BytesIO(files["report-xlsx"]())).worksheets[0]
    assert [(f"{row[0]:%H:%M}", row[1]) for row in [*sheet.values][1:4]] == [
        ("00:00", "UTC+02:00"),
        ("02:00", "UTC+01:00"),
        ("05:00", "UTC+01:00"),
    ]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 10, 18), ""),
        (date(2026, 10, 25), "02:00 to 03:00 comes twice; the second has no usual."),
        (date(2026, 11, 1), TWICE),
        (date(2026, 11, 22), TWICE),
        (date(2026, 11, 29), ""),
    ],
)
def test_a_day_says_what_its_usual_adds(day: date, said: str):
    assert clock_words(day, BERLIN) == said
