"""The report on the command line: its spans, and what it refuses."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from genesys.command_line.ending import CONFIGURATION, DONE, FAILED, USAGE
from tests.asking import sent
from tests.command_line.running import IN_CSV, KEYS
from tests.contract import validate

DELETED = "2cca10b1-ebf1-5bae-87a7-5cf120d02367"


@pytest.mark.usefixtures("live")
class TestSpans:
    """Which interval is asked for."""

    @pytest.mark.parametrize(
        ("words", "start", "end"),
        [
            ("", "2026-06-08T00:00:00+01:00", "2026-06-15T00:00:00+01:00"),
            ("--last 1d", "2026-06-14T00:00:00+01:00", "2026-06-15T00:00:00+01:00"),
            ("--last 30d", "2026-05-16T00:00:00+01:00", "2026-06-15T00:00:00+01:00"),
            ("--preset today", "2026-06-15T00:00:00+01:00", "2026-06-15T13:00:00+01:00"),
            ("--preset last-week", "2026-06-08T00:00:00+01:00", "2026-06-15T00:00:00+01:00"),
            ("--preset last-month", "2026-05-01T00:00:00+01:00", "2026-06-01T00:00:00+01:00"),
            (
                "--from 2026-05-01 --to 2026-05-31",
                "2026-05-01T00:00:00+01:00",
                "2026-06-01T00:00:00+01:00",
            ),
            (
                "--from 2026-03-28 --to 2026-03-29",
                "2026-03-28T00:00:00+00:00",
                "2026-03-30T00:00:00+01:00",
            ),
            (
                "--from 2026-06-10T09:00 --to 2026-06-10T17:30",
                "2026-06-10T09:00:00+01:00",
                "2026-06-10T17:30:00+01:00",
            ),
            (
                "--from 2026-06-10T09:00 --to 2026-06-10",
                "2026-06-10T09:00:00+01:00",
                "2026-06-11T00:00:00+01:00",
            ),
        ],
    )
    def test_dates_and_times_are_local_and_the_last_day_included(self, run, words, start, end):
        zone = "--time-zone Europe/London --group-by mediaType --kpis offered --format json"
        row = run(f"report {words} {zone}").json[0]
        assert (row["interval_start"], row["interval_end"]) == (start, end)

    def test_the_zone_of_the_settings_is_the_default(self, run, monkeypatch):
        monkeypatch.setenv("GENESYS_CLOUD_TIME_ZONE", "Asia/Kathmandu")
        row = run("report --group-by mediaType --kpis offered --format json").json[0]
        assert row["interval_start"] == "2026-06-08T00:00:00+05:45"

    def test_an_interval_without_figures_has_no_rows(self, run):
        done = run("report --from 2027-01-01 --to 2027-01-02 --format json")
        assert (done.code, done.json) == (DONE, [])
        assert run("report --from 2027-01-01 --to 2027-01-02 --format csv").csv == [
            [*IN_CSV, *KEYS]
        ]

    def test_the_query_is_shown_as_it_is_sent(self, run, live):
        words = "report --from 2026-03-01 --to 2026-05-31 --granularity P1D --media voice chat"
        done = run(f"{words} --queue Billing --show-query --quiet --format json")
        bodies = json.loads(done.err)
        assert len(bodies) == 3
        for body in bodies:
            validate("ConversationAggregationQuery", body)
        assert bodies[0]["interval"].startswith("2026-03-01T00:00:00.000+00:00/")
        assert done.json


class TestRefusals:
    """What is asked wrongly says how it is asked rightly, and the exit code says which kind."""

    @pytest.mark.usefixtures("live")
    @pytest.mark.parametrize(
        ("words", "says"),
        [
            ("--kpis ofered", "There is no KPI 'ofered'. The nearest name is offered."),
            ("--kpis ,", "no metric"),
            ("--preset last-weak", "The nearest name is last-week."),
            ("--group-by queue", "The API calls it queueId."),
            ("--group-by userId", "There is no grouping 'userId'."),
            ("--media call", "The API calls it voice."),
            ("--media voise", "The nearest name is voice."),
            ("--from 2026-05-01", "--from and --to go together."),
            ("--to 2026-05-01", "--from and --to go together."),
            ("--preset last-week --to 2026-05-01", "--from and --to go together."),
            ("--from 2026-13-01 --to 2026-05-31", "is no interval"),
            ("--from 0001-01-01 --to 2026-05-31", "spans more than 3,660 days"),
            ("--last 3661d", "spans more than 3,660 days"),
            ("--from 20260501 --to 20260531", "neither a date nor a time"),
            ("--from 2026-W20 --to 2026-W21", "neither a date nor a time"),
            ("--from yesterday --to 2026-05-31", "Dates look like 2026-06-10"),
            ("--from 2026-06-10 --to 2026-06-01", "The interval is empty"),
            ("--from 9999-12-31 --to 9999-12-31", "is no interval"),
            ("--last 7d --from 2026-05-01 --to 2026-05-02", "not allowed with"),
            ("--last 7d --preset today", "not allowed with"),
            ("--last 0d", "'0d' is no number of days such as 7d"),
            ("--last week", "is no number of days such as 7d"),
            ("--time-zone Europe/Lundon", "is no IANA time zone such as Europe/London"),
            ("--time-zone Europe", "is no IANA time zone"),
            ("--granularity P7D", "choose from"),
            ("--format xml", "choose from"),
            ("--mode async", "choose from"),
            ("--queue Complaints", "is not unique. Use one of the ids: Complaints (Claims) ="),
            ("--queue Biling", "Did you mean Billing"),
            ("--queue Zzzz", "Use a name or an id from the directory."),
        ],
    )
    def test_usage_errors_write_no_figures(self, run, live, words: str, says: str):
        before = len(live.requests)
        done = run(f"report {words}")
        assert (done.code, done.out) == (USAGE, b"")
        assert says in done.err
        assert "Traceback" not in done.err
        assert not sent(live, before)

    def test_an_ambiguous_queue_lists_its_candidates_with_their_ids(self, run, live):
        said = run("report --queue complaints").err
        assert "Complaints (Claims) = 263bded7-2f44-57a4-938d-22a2d0de305d" in said
        assert "Complaints (Customer Service) = 42491d95-d01f-5eea-8170-f1b1a00de9b7" in said

    @pytest.mark.parametrize("command", ["report", "check"])
    def test_without_credentials_neither_command_falls_back_to_the_demo(self, run, command: str):
        done = run(command)
        assert (done.code, done.out) == (CONFIGURATION, b"")
        assert "GENESYS_CLOUD_CLIENT_ID and GENESYS_CLOUD_CLIENT_SECRET are empty." in done.err
        assert "--demo" in done.err

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("REGION", "us-east-9"),
            ("TIME_ZONE", "Europe/Lundon"),
            ("API_URL", "http://example.com"),
            ("CLIENT_SECRET", ""),
        ],
    )
    def test_wrong_settings_are_named(self, run, live, monkeypatch, name: str, value: str):
        monkeypatch.setenv(f"GENESYS_CLOUD_{name}", value)
        done = run("report")
        assert (done.code, done.out) == (CONFIGURATION, b"")
        assert f"GENESYS_CLOUD_{name} is" in done.err
        assert live.client_secret not in done.err

    @pytest.mark.parametrize("command", ["report", "check"])
    def test_a_wrong_secret_is_a_sign_on_error_that_keeps_it_secret(
        self, run, live, monkeypatch, command: str
    ):
        monkeypatch.setenv("GENESYS_CLOUD_CLIENT_SECRET", "wr0ng-Secret")
        done = run(command)
        assert done.code == CONFIGURATION
        assert "Check GENESYS_CLOUD_CLIENT_SECRET" in done.err + done.out.decode()
        assert "wr0ng-Secret" not in done.err + done.out.decode()

    @pytest.mark.parametrize("words", ["", "reports", "report --colour", "report stray"])
    def test_unknown_words_are_usage_errors(self, run, words: str):
        done = run(words)
        assert (done.code, done.out) == (USAGE, b"")
        assert "usage: python -m genesys" in done.err

    def test_the_version(self, run):
        done = run("--version")
        assert done.code == DONE
        assert re.fullmatch(rb"python -m genesys \d+\.\d+\.\d+\n", done.out)

    @pytest.mark.usefixtures("live")
    def test_a_host_that_is_not_there_is_a_network_error(self, run, monkeypatch, tmp_path: Path):
        monkeypatch.setattr("genesys.client.budget.Budget.sleep", lambda *_: None)
        for name in ("API_URL", "LOGIN_URL"):
            monkeypatch.setenv(f"GENESYS_CLOUD_{name}", "http://127.0.0.1:1")
        done = run("report --output", str(tmp_path / "figures.csv"))
        assert (done.code, done.out) == (FAILED, b"")
        assert "127.0.0.1 refused the connection" in done.err
        assert not list(tmp_path.iterdir())
