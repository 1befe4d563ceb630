"""A KPI explained on the command line, with its own figures."""

from __future__ import annotations

import re

import pytest

from genesys.command_line.ending import DONE, USAGE
from genesys.kpis.catalogue import KPI_BY_KEY
from tests.asking import sent

WEEK = "--from 2026-05-11 --to 2026-05-17 --quiet"
BILLING = f"{WEEK} --queue Billing --media voice"


@pytest.mark.usefixtures("live")
class TestExplain:
    """The formula, the figures in it, the target, the metrics and the source."""

    def test_the_formula_holds_the_figures_of_the_report(self, run):
        text = run(f"explain service_level_pct {BILLING} --compare previous").out.decode()
        found = re.fullmatch(
            r"Service Level (\d\d\.\d) % = ([\d,]+) in time / ([\d,]+) answered or abandoned;"
            r" target 80 % in 20 s; (\d+) contacts short\. Genesys Cloud metrics:"
            r" oServiceLevel\.numerator / oServiceLevel\.denominator\. Target from the queue's"
            r" settings\. Source: Genesys Cloud Resource Center, .+\.\n",
            text,
        )
        share, met, of, short = (number.replace(",", "") for number in found.groups())
        keys = "service_level_pct,met_target,missed_target"
        (row,) = run(f"report {BILLING} --kpis {keys} --format json").json
        assert share == f"{row['service_level_pct']:.1f}"
        assert int(met) == row["met_target"]
        assert int(of) == row["met_target"] + row["missed_target"]
        assert 100 * (int(met) + int(short)) >= 80 * int(of) > 100 * (int(met) + int(short) - 1)

    def test_handle_time_is_told_against_the_earlier_interval(self, run):
        words = f"explain aht_sec {BILLING.replace(' --quiet', '')} --compare weekdays"
        done = run(words)
        assert " in the comparison interval; target within 10 %; " in done.out.decode()
        assert "Mon 11 – Sun 17 May 2026 against Mon 4 – Sun 10 May 2026\n" in done.err
        assert "comparison" not in run(f"explain aht_sec {BILLING}").out.decode()

    @pytest.mark.parametrize("key", KPI_BY_KEY)
    def test_every_kpi_has_one_line(self, run, key: str):
        done = run(f"explain {key} --last 1d --quiet")
        assert (done.code, done.err) == (DONE, "")
        assert done.out.count(b"\n") == 1
        assert f"Source: {KPI_BY_KEY[key].source}." in done.out.decode()

    def test_several_kpis_have_a_line_each(self, run):
        lines = run(f"explain offered,aht_sec {BILLING}").out.decode().splitlines()
        assert [line.split(" = ")[0][:5] for line in lines] == ["Offer", "Avg H"]

    @pytest.mark.parametrize(
        ("words", "why"),
        [
            ("abandoned --media message", "Web messaging has no abandon."),
            ("answered --media callback --queue Billing", "appears on the voice row."),
            ("voicemail --media email", "Voicemail applies to voice alone."),
        ],
    )
    def test_a_kpi_that_does_not_apply_says_why(self, run, words: str, why: str):
        text = run(f"explain {words} {WEEK}").out.decode()
        assert " has no value. " in text
        assert why in text

    def test_no_figures_at_all_are_told(self, run):
        done = run("explain asa_sec --from 2027-01-01 --to 2027-01-02 --quiet")
        assert done.code == DONE
        assert done.out.startswith(b"ASA has no value. ")

    def test_a_file_holds_what_stdout_would(self, run, tmp_path):
        file = tmp_path / "why.txt"
        assert run(f"explain offered {WEEK} --output", str(file)) == (DONE, b"", "")
        assert file.read_bytes() == run(f"explain offered {WEEK}").out

    @pytest.mark.parametrize(
        ("words", "says"),
        [
            ("service_levl", "The nearest name is service_level_pct."),
            ("", "required: KPI"),
            ("offered --queue Biling", "Did you mean Billing"),
        ],
    )
    def test_usage_errors_write_nothing(self, run, live, words: str, says: str):
        before = len(live.requests)
        done = run(f"explain {words}")
        assert (done.code, done.out) == (USAGE, b"")
        assert says in done.err
        assert not sent(live, before)
