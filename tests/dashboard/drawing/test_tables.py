"""The files of a page: what they hold, what they say of it, and how they are named."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO, StringIO

import openpyxl

from dashboard.data.group_tables import values
from dashboard.drawing.notes import notes
from dashboard.drawing.tables import download_name
from dashboard.sections.matrix import matrix
from dashboard.selecting.selection import Selection
from genesys.kpis.catalogue import KPI_BY_KEY
from genesys.kpis.parts import GROUP
from reports.csv import table_to_csv
from reports.table import Table
from reports.xlsx import to_xlsx
from tests.dashboard.world import CLAIMS, FIRST_WEEK, World, view


def lines(table: Table) -> Sequence[Sequence[str]]:
    return list(csv.reader(StringIO(table_to_csv(table).decode("utf-8-sig"))))


def test_a_file_has_all_rows_of_the_table(world: World):
    seen = view(FIRST_WEEK)
    table = values(seen, "Queues by media type", GROUP, seen.selection.kpi_rows())

    written = lines(table)
    assert len(written) == 1 + 57
    assert written[0][:5] == ["Queue", "Media type", "Offer", "Answer %", "Answer % mark"]
    assert written[1][:3] == ["Total", "", "19778"]
    assert written[2][:3] == ["Technical Support", "voice", "647"]
    assert written[57][:3] == ["No queue", "voice", ""]


def test_a_file_of_the_matrix_has_values_marks_and_changes(world: World):
    written = lines(matrix(view(FIRST_WEEK), KPI_BY_KEY["offered"]))

    assert written[0][:5] == ["Queue", "All media", "All media change", "voice", "voice change"]
    assert written[1][:5] == ["All queues", "19778", "4303", "13226", "2958"]
    assert written[4][:5] == ["Claims", "2998", "626", "2327", "499"]
    assert len(written) == 1 + 27


def test_notes_say_whose_figures_these_are_and_what_was_chosen(world: World):
    chosen = replace(FIRST_WEEK, media_types=("voice",), queue_ids=(CLAIMS,), find="x", fewest=20)
    told = dict(notes(view(chosen)))

    assert told["Organization"] == "Northwind Mutual (demo)"
    assert told["Source"] == "Genesys Cloud, us-east-1"
    assert "Period" not in told
    assert told["Interval"] == "Mon 1 – Sun 7 Jun 2026"
    assert told["Compared"] == "Mon 1 – Sun 7 Jun 2026 against Mon 25 – Sun 31 May 2026."
    assert told["Time zone"] == "Europe/London"
    assert told["Queues"] == "Claims"
    assert told["Queue name contains"] == "x"
    assert told["Media types"] == "voice"
    assert told["Minimum contacts"] == "20"
    assert told["How firm"] == (
        "As of Mon 15 Jun 2026, 13:00 (Europe/London). All figures are older than 72 hours."
    )


def test_notes_and_definitions_stand_on_the_last_sheet_of_a_workbook(world: World):
    seen = view(Selection(period="last-month"))
    table = matrix(seen, KPI_BY_KEY["asa_sec"])
    book = openpyxl.load_workbook(BytesIO(to_xlsx([replace(table, notes=notes(seen))])))
    told = {name: text for name, text, _ in book["About"].iter_rows(values_only=True)}

    assert told["Period"] == "Last month"
    assert told["Media types"] == "all"
    assert "tAnswered.sum / tAnswered.count" in told["voice"]


def test_files_are_named_after_organization_days_and_filters(world: World):
    seen = view(replace(FIRST_WEEK, queue_ids=(CLAIMS,), media_types=("voice",)))

    assert download_name(seen, ["ASA", "by queue"], "csv") == (
        "northwind-mutual-demo_2026-06-01_2026-06-07_asa_by-queue_voice_1-queue.csv"
    )
