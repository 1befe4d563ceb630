"""The report on the command line: its forms, and the same figures in every grouping."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import openpyxl
import pandas as pd
import pytest

from genesys.command_line.ending import DONE
from genesys.kpis.catalogue import KPI_BY_KEY, KPIS, Unit
from tests.asking import sent
from tests.command_line.running import COUNTS, GROUP, IN_CSV, KEYS

DELETED = "2cca10b1-ebf1-5bae-87a7-5cf120d02367"


@pytest.mark.usefixtures("live")
class TestForms:
    """Table, CSV and JSON of the same figures."""

    def test_the_keys_of_the_catalogue_in_their_order(self):
        assert list(KPI_BY_KEY) == KEYS
        assert [kpi.key for kpi in KPIS if kpi.unit is Unit.COUNT] == COUNTS

    def test_json_has_every_key_whole_counts_and_null_for_no_value(self, run):
        done = run("report --format json")
        assert done.code == DONE
        assert len(done.json) > 50
        for row in done.json:
            assert list(row) == [*GROUP, *KEYS]
            assert {type(row[key]) for key in COUNTS} <= {int, type(None)}
            assert {type(row[key]) for key in KEYS if key not in COUNTS} <= {float, type(None)}
        assert {row["interval_start"] for row in done.json} == {"2026-06-08T00:00:00+00:00"}
        assert {row["interval_end"] for row in done.json} == {"2026-06-15T00:00:00+00:00"}
        email = next(row for row in done.json if row["media_type"] == "email" and row["queue_id"])
        assert email["abandoned"] is None
        assert email["voicemail"] is None
        assert next(row for row in done.json if row["queue_name"] == "No queue")["queue_id"] == ""

    def test_csv_holds_the_same_with_empty_cells_and_local_times(self, run):
        rows, same = run("report --format csv --full"), run("report --format json").json
        assert rows.out.startswith(b"\xef\xbb\xbfinterval_start,interval_start_utc_offset,")
        assert rows.out.count(b"\r\n") == rows.out.count(b"\n") == len(same) + 1
        head, *cells = rows.csv
        assert head == [*IN_CSV, *KEYS]
        moments = ["2026-06-08 00:00:00", "UTC+00:00", "2026-06-15 00:00:00", "UTC+00:00"]
        for row, values in zip(same, cells, strict=True):
            assert values[:4] == moments
            values_of = list(row.values())[2:]
            assert values[4:] == ["" if value is None else str(value) for value in values_of]

    def test_csv_has_no_noise_unless_it_is_to_be_full(self, run):
        options = "report --format csv --kpis answer_pct,asa_sec --queue Billing --media voice"
        (_, short), (_, full) = run(options).csv, run(f"{options} --full").csv
        assert short[-2:] == [str(round(float(full[-2]), 2)), str(round(float(full[-1]), 1))]
        assert len(full[-1]) > len(short[-1])

    def test_a_workbook_has_typed_cells_and_one_table(self, run, tmp_path):
        file = tmp_path / "report.xlsx"
        run("report --kpis offered,answer_pct,asa_sec --media voice --output", str(file))
        same = run("report --kpis offered,answer_pct,asa_sec --media voice --format json").json
        sheet = openpyxl.load_workbook(file)["Report"]
        head, first, *_ = sheet.iter_rows(values_only=True)
        assert head == (*IN_CSV, "offered", "answer_pct", "asa_sec (h:mm:ss)")
        assert first[0] == datetime(2026, 6, 8)  # noqa: DTZ001 - spreadsheets have no zones
        assert first[1] == "UTC+00:00"
        assert first[-3] == same[0]["offered"]
        assert first[-2] == pytest.approx(same[0]["answer_pct"] / 100)
        assert first[-1].total_seconds() == pytest.approx(same[0]["asa_sec"], abs=0.001)
        assert [table.ref for table in sheet.tables.values()] == [sheet.dimensions]

    def test_parquet_has_the_types_of_the_figures(self, run, tmp_path):
        file = tmp_path / "report.parquet"
        run("report --kpis offered,asa_sec --output", str(file))
        table, same = pd.read_parquet(file), run("report --kpis offered,asa_sec --format json").json
        assert table["interval_start"].dt.tz is not None
        assert table["offered"].sum() == sum(row["offered"] or 0 for row in same)
        assert table["asa_sec"].notna().sum() == sum(row["asa_sec"] is not None for row in same)

    @pytest.mark.parametrize("form", ["xlsx", "parquet"])
    def test_what_no_terminal_shows_wants_a_file(self, run, form: str):
        done = run(f"report --format {form}")
        assert (done.code, done.out) == (2, b"")
        assert f"{form} is for a file. Name one: --output report.{form}" in done.err

    def test_the_table_is_aligned_with_one_decimal_and_a_dash(self, run):
        done = run("report --kpis offered,asa_sec,answer_pct --queue Billing")
        head, *lines = done.out.decode().splitlines()
        assert head.split() == [*GROUP, "offered", "asa_sec", "answer_pct"]
        assert len({len(line) for line in [head, *lines]}) == 1
        assert [line.split()[-4] for line in lines] == ["callback", "email", "message", "voice"]
        assert any("—" in line for line in lines)
        assert re.search(r"voice +\d+ +\d+\.\d +\d+\.\d$", lines[-1])

    def test_figures_alone_go_to_stdout_and_the_log_to_stderr(self, run):
        done = run("report --format json --kpis offered")
        assert "POST /api/v2/analytics/conversations/aggregates/query 200" in done.err
        assert "Northwind Mutual (demo), UTC, as of" in done.err
        quiet = run("report --format json --kpis offered --quiet")
        assert (quiet.err, quiet.out) == ("", done.out)


@pytest.mark.usefixtures("live")
class TestFigures:
    """The same figures in every grouping, granularity and mode."""

    SPAN = "report --from 2026-05-11 --to 2026-05-17 --time-zone Europe/London --format json"

    def sums(self, rows: list[dict[str, Any]]) -> dict[str, int]:
        return {key: sum(row[key] or 0 for row in rows) for key in COUNTS}

    @pytest.mark.parametrize("granularity", ["P1D", "PT1H", "PT30M"])
    def test_counts_of_all_buckets_are_those_of_the_whole(self, run, granularity: str):
        whole = run(self.SPAN).json
        cut = run(f"{self.SPAN} --granularity {granularity}").json
        assert self.sums(cut) == self.sums(whole)
        assert self.sums(whole)["offered"] > 10_000
        spans = {row["interval_start"]: row["interval_end"] for row in cut}
        assert len(spans) > 6
        if granularity == "P1D":
            assert spans["2026-05-11T00:00:00+01:00"] == "2026-05-12T00:00:00+01:00"
            assert len(spans) == 7

    def test_groupings_add_up_and_keep_only_their_columns(self, run):
        both = [row for row in run(self.SPAN).json if row["queue_id"]]
        media = run(f"{self.SPAN} --group-by mediaType").json
        queue = [row for row in run(f"{self.SPAN} --group-by queueId").json if row["queue_id"]]
        assert list(media[0]) == [*GROUP[:2], "media_type", *KEYS]
        assert list(queue[0]) == [*GROUP[:5], *KEYS]
        assert [row["media_type"] for row in media] == sorted(row["media_type"] for row in media)
        assert self.sums(media) == self.sums(queue) == self.sums(both)

    @pytest.mark.parametrize(("mode", "path"), [("sync", "POST/query"), ("job", "POST/jobs")])
    def test_modes_ask_in_their_way_for_the_same(self, run, live, mode: str, path: str):
        before = len(live.requests)
        done = run(f"{self.SPAN} --granularity P1D --mode {mode}")
        assert sent(live, before)[path] == 1
        assert ("POST/jobs" in sent(live, before)) is (mode == "job")
        assert done.out == run(f"{self.SPAN} --granularity P1D").out

    def test_the_demo_by_option_gives_the_same_as_its_server_by_settings(self, run, monkeypatch):
        by_settings = run(self.SPAN)
        for name in ("CLIENT_ID", "CLIENT_SECRET", "API_URL", "LOGIN_URL"):
            monkeypatch.delenv(f"GENESYS_CLOUD_{name}")
        by_option = run(f"{self.SPAN} --demo")
        assert by_option.code == by_settings.code == DONE
        assert by_option.out == by_settings.out

    def test_kpis_come_in_the_order_asked_for_and_alone_as_among_all(self, run):
        some = run(f"{self.SPAN} --kpis aht_sec,offered,abandoned").json
        assert list(some[0]) == [*GROUP, "aht_sec", "offered", "abandoned"]
        assert some == [{key: row[key] for key in some[0]} for row in run(self.SPAN).json]

    def test_queues_and_media_types_narrow_the_rows(self, run):
        rows = run(f"{self.SPAN} --queue Billing --queue Sales {DELETED} --media voice").json
        assert [(row["queue_name"], row["media_type"]) for row in rows] == [
            ("Billing", "voice"),
            ("Deleted queue (2cca10b1)", "voice"),
            ("Sales", "voice"),
        ]
        whole = run(self.SPAN).json
        assert all(row in whole for row in rows)

    def test_a_queue_is_found_by_label_name_in_any_case_and_id(self, run):
        words = "Complaints (Claims)", "bILLING", "57b38875-7a98-5195-bd3e-5bb90bc073df"
        rows = run(f"{self.SPAN} --group-by queueId --kpis offered --queue", *words).json
        assert [row["queue_name"] for row in rows] == ["Billing", "Complaints (Claims)", "Sales"]
