"""The report with the earlier figures, their changes and the targets beside each KPI."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from genesys.command_line.ending import CONFIGURATION, DONE, USAGE
from genesys.demo import DemoOptions, serve
from tests.asking import sent
from tests.command_line.running import GROUP, IN_CSV
from tests.conftest import DEMO_NOW

KPIS = "offered", "answer_pct", "service_level_pct", "aht_sec"
WEEK = f"--from 2026-05-11 --to 2026-05-17 --kpis {','.join(KPIS)} --quiet"
SUNDAY = "--from 2026-05-10 --to 2026-05-10 --kpis offered --quiet"
BILLING = f"report {WEEK} --queue Billing --media voice"
ROWS = """
[[target]]
kpi = "answer_pct"
queue = "Billing"
media_type = "voice"
target = 99.5
amber = 99
"""


def by_group(rows):
    return {(row["queue_id"], row["media_type"]): row for row in rows}


@pytest.mark.usefixtures("live")
class TestCompared:
    """Each way to compare."""

    @pytest.mark.parametrize(
        ("way", "earlier"),
        [
            ("previous", "--from 2026-05-04 --to 2026-05-10"),
            ("weekdays", "--from 2026-05-04 --to 2026-05-10"),
            ("elapsed", "--from 2026-05-04 --to 2026-05-10"),
            ("year", "--from 2025-05-12 --to 2025-05-18"),
        ],
    )
    def test_the_figures_are_those_of_two_reports(self, run, way: str, earlier: str):
        rows = by_group(run(f"report {WEEK} --format json --compare {way}").json)
        here = by_group(run(f"report {WEEK} --format json").json)
        there = by_group(run(f"report {WEEK} --format json {earlier}").json)
        assert set(rows) == set(here) | set(there)
        assert len(rows) > 50
        for key, row in rows.items():
            for kpi in KPIS:
                now, before = (side.get(key, {}).get(kpi) for side in (here, there))
                none = now is None or before is None
                assert (row[kpi], row[f"{kpi}_earlier"]) == (now, before)
                delta = None if none else pytest.approx(now - before)
                assert row[f"{kpi}_delta"] == delta

    def test_a_group_that_appeared_or_vanished_is_said_so(self, run):
        rows = by_group(run(f"report {SUNDAY} --compare previous --format json").json)
        sunday = by_group(run(f"report {SUNDAY} --format json").json)
        assert {row["presence"] for row in rows.values()} == {"both", "vanished"}
        for key, row in rows.items():
            assert (row["presence"] == "vanished") is (key not in sunday)
            if row["presence"] == "vanished":
                assert (row["offered"], row["offered_delta"]) == (None, None)
                assert row["interval_start"] == "2026-05-10T00:00:00+00:00"
        monday = run("report --from 2026-05-11 --to 2026-05-11 --compare elapsed --format json")
        assert {row["presence"] for row in monday.json} == {"both", "appeared"}

    def test_columns_stand_beside_their_kpi_in_every_form(self, run):
        words = f"{BILLING} --compare weekdays"
        measures = [
            f"{kpi}{end}"
            for kpi in KPIS
            for end in (
                ("", "_earlier", "_delta", "_target", "_status")
                if kpi != "offered"
                else ("", "_earlier", "_delta")
            )
        ]
        (row,) = run(f"{words} --targets --format json").json
        assert list(row) == [*GROUP, *measures, "presence"]
        head, cells = run(f"{words} --targets --format csv --full").csv
        assert head == [*IN_CSV, *measures, "presence"]
        since, until = (f"2026-05-{day} 00:00:00" for day in (11, 18))
        assert cells[:4] == [since, "UTC+00:00", until, "UTC+00:00"]
        assert cells[4:] == [str(value) for value in list(row.values())[2:]]
        head, line = run(f"{words} --targets").out.decode().splitlines()
        assert head.split() == list(row)
        assert line.endswith("both")

    def test_counts_stay_whole(self, run):
        (row,) = run(f"{BILLING} --compare weekdays --format json").json
        assert [type(row[f"offered{end}"]) for end in ("", "_earlier", "_delta")] == [int] * 3

    def test_other_groupings_are_compared_too(self, run):
        words = f"report {WEEK} --compare weekdays --format json --group-by"
        media = run(f"{words} mediaType").json
        assert list(media[0])[:3] == ["interval_start", "interval_end", "media_type"]
        (whole,) = run(f"{words} ,").json
        assert whole["offered_delta"] == sum(row["offered_delta"] or 0 for row in media)

    def test_both_intervals_are_named_on_stderr(self, run):
        spoken = WEEK.removesuffix("--quiet")
        done = run(f"report {spoken} --compare weekdays")
        assert "Mon 11 – Sun 17 May 2026 against Mon 4 – Sun 10 May 2026\n" in done.err
        assert run(f"report {WEEK} --compare weekdays").err == ""
        done = run(f"report {spoken} --compare dates")
        assert "Mon 11 – Sun 17 May 2026 against Sun 11 – Sat 17 May 2025\n" in done.err

    def test_an_interval_without_figures_on_either_side_has_no_rows(self, run):
        done = run("report --from 2027-01-01 --to 2027-01-02 --compare previous --format json")
        assert (done.code, done.json) == (DONE, [])


class TestPlan:
    """One fetch for both intervals."""

    def test_a_request_for_each_interval_and_a_single_bar(self, run, live, monkeypatch):
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
        before = len(live.requests)
        spring = "--from 2026-03-01 --to 2026-04-30 --kpis offered --media voice"
        done = run(f"report {spring} --compare previous")
        assert sent(live, before)["POST/query"] == 4
        assert done.err.count("4 of 4 parts\n") == 1
        assert " of 2 parts" not in done.err

    def test_the_query_of_both_is_shown(self, run, live):
        done = run(f"{BILLING} --compare year --show-query --format csv")
        assert '"2026-05-11T00:00:00.000+00:00/' in done.err
        assert '"2025-05-12T00:00:00.000+00:00/' in done.err


@pytest.mark.usefixtures("live")
class TestTargets:
    """Targets of the organization, of the defaults, and of a file."""

    def test_the_queues_own_and_the_defaults(self, run):
        (row,) = run(f"{BILLING} --targets --format json").json
        assert row["service_level_pct_target"] == 80.0
        assert 70 < row["service_level_pct"] < 80
        assert row["service_level_pct_status"] == "near"
        assert (row["answer_pct_target"], row["answer_pct_status"]) == (95.0, "near")
        assert "aht_sec_target" not in row
        assert "presence" not in row
        assert not [name for name in row if name.endswith(("_earlier", "_delta"))]

    def test_those_of_a_file_win(self, run, tmp_path: Path):
        file = tmp_path / "mine.toml"
        file.write_text(ROWS)
        (row,) = run(f"{BILLING} --format json --targets", str(file)).json
        assert (row["answer_pct_target"], row["answer_pct_status"]) == (99.5, "missed")
        assert row["service_level_pct_target"] == 80.0

    def test_the_file_of_the_settings_is_taken_where_none_is_named(
        self, run, monkeypatch, tmp_path
    ):
        file = tmp_path / "mine.toml"
        file.write_text(ROWS)
        monkeypatch.setenv("GENESYS_CLOUD_TARGETS", str(file))
        (row,) = run(f"{BILLING} --targets --format json").json
        assert row["answer_pct_target"] == 99.5
        assert "answer_pct_target" not in run(f"{BILLING} --format json").json[0]

    def test_handle_time_is_held_against_the_earlier_interval(self, run):
        (row,) = run(f"{BILLING} --targets --compare weekdays --format json").json
        assert row["aht_sec_target"] == row["aht_sec_earlier"] > 0
        assert row["aht_sec_status"] == "met"

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            (ROWS.replace("answer_pct", "answer"), "line 3: kpi is 'answer'"),
            (ROWS.replace("Billing", "Biling"), "line 4: queue is 'Biling'"),
            (ROWS.replace("99.5", "101"), "line 6: target is 101"),
            (ROWS.replace("amber = 99", "amber = 99.9"), "line 7: amber is 99.9"),
            ("[[target", "is not TOML"),
            (None, "cannot be read"),
        ],
    )
    @pytest.mark.parametrize("command", ["report", "review", "explain offered"])
    def test_a_wrong_file_is_a_configuration_error_before_anything_is_asked(
        self, run, live, tmp_path: Path, command: str, text: str | None, says: str
    ):
        file = tmp_path / "mine.toml"
        if text is not None:
            file.write_text(text)
        before = len(live.requests)
        done = run(f"{command} --quiet --targets", str(file))
        assert (done.code, done.out) == (CONFIGURATION, b"")
        assert f"{file}" in done.err
        assert says in done.err
        assert not sent(live, before)

    @pytest.mark.parametrize("option", ["--compare previous", "--targets"])
    def test_buckets_are_not_compared(self, run, live, option: str):
        before = len(live.requests)
        done = run(f"report --granularity P1D {option}")
        assert (done.code, done.out) == (USAGE, b"")
        assert f"{option.split(maxsplit=1)[0]} is of whole intervals" in done.err
        assert len(live.requests) == before

    def test_an_unknown_way_to_compare_is_a_usage_error(self, run):
        done = run("report --compare yesterday")
        assert done.code == USAGE
        assert "choose from" in done.err


class TestSurroundings:
    """An organization that refuses a metric, and a client that lacks a permission."""

    def run_at(self, run, monkeypatch, words: str, **options):
        with serve(DemoOptions(rate_limit=0, clock=lambda: DEMO_NOW, **options)) as server:
            for name, value in server.env.items():
                monkeypatch.setenv(name, value)
            return run(words)

    @pytest.mark.parametrize("words", ["", " --compare weekdays --targets"])
    def test_a_refused_metric_leaves_its_column_empty_and_is_named(self, run, monkeypatch, words):
        span = "report --from 2026-05-11 --to 2026-05-17 --queue Billing --format json"
        whole = self.run_at(run, monkeypatch, span + words)
        done = self.run_at(run, monkeypatch, span + words, refuse=("tVoicemail",))
        assert done.code == DONE
        assert "Not available in this organization: tVoicemail.\n" in done.err
        assert "Not available" not in whole.err
        empty = {name: None for name in whole.json[0] if name.startswith("voicemail")}
        assert done.json == [row | empty for row in whole.json]
        assert any(row["voicemail"] for row in whole.json)

    def test_without_the_queues_settings_targets_are_the_defaults(self, run, monkeypatch):
        words = f"{BILLING} --targets --format json".replace("--quiet", "")
        done = self.run_at(run, monkeypatch, words, deny=("routing:queue:view",))
        assert done.code == DONE
        assert "cannot be read without routing:queue:view" in done.err
        assert done.json[0]["service_level_pct_target"] == 80.0
