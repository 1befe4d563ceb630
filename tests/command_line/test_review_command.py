"""The review on the command line: its forms, intervals and filters."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from genesys.command_line.ending import DONE, FAILED, USAGE
from genesys.demo import DemoOptions, serve
from tests.asking import sent
from tests.conftest import DEMO_NOW
from tests.days.at_once import keep_span

KEYS = "intervals kpis talking_points reconciliation drivers worst stability".split()
WEEK = "review --from 2026-05-11 --to 2026-05-17 --quiet"
AGAINST = "Mon 11 – Sun 17 May 2026 against Mon 4 – Sun 10 May 2026"


def said(done) -> dict:
    assert (done.code, done.err) == (DONE, "")
    return done.json


@pytest.mark.usefixtures("live")
class TestForms:
    """Text for reading aloud, JSON for programs."""

    def test_text_begins_with_the_intervals(self, run):
        done = run(WEEK)
        assert (done.code, done.err) == (DONE, "")
        assert done.out.decode().startswith(f"{AGAINST}\n\nTALKING POINTS\n  ")
        assert done.out.endswith(b" older than 72 hours.\n")

    def test_json_says_the_same(self, run):
        text, made = run(WEEK).out.decode(), said(run(f"{WEEK} --format json"))
        assert list(made) == KEYS
        assert made["intervals"]["words"] == AGAINST
        for point in made["talking_points"]:
            assert f"  {point['text']}\n" in text
        for sentence in (*made["reconciliation"]["sentences"], made["worst"]["sentence"]):
            assert f"  {sentence}\n" in text
        for row in made["kpis"]:
            assert f"  {row['explanation']}\n" in text
        assert made["stability"]["as_of"] == "2026-06-15T12:00:00+00:00"

    def test_a_file_holds_what_stdout_would(self, run, tmp_path: Path):
        file = tmp_path / "review.txt"
        assert run(f"{WEEK} --output", str(file)) == (DONE, b"", "")
        assert file.read_bytes() == run(WEEK).out

    def test_whose_figures_these_are_goes_to_stderr(self, run):
        done = run(WEEK.removesuffix(" --quiet"))
        assert "Northwind Mutual (demo), UTC, as of Mon 15 Jun 2026, 12:00." in done.err
        assert done.out == run(WEEK).out

    def test_its_figures_are_those_of_the_report(self, run):
        made = said(run(f"{WEEK} --format json"))
        words = "--compare previous --targets --group-by , --format json"
        (row,) = run(f"{WEEK.replace('review', 'report')} {words}").json
        for kpi in made["kpis"]:
            key = kpi["kpi"]
            assert kpi["value"] == pytest.approx(row[key])
            assert kpi["earlier"] == pytest.approx(row[f"{key}_earlier"])
            assert kpi["delta"] == pytest.approx(row[f"{key}_delta"])

    def test_one_request_answers_each_interval(self, run, live):
        before = len(live.requests)
        run(f"{WEEK} --format json")
        assert sent(live, before)["POST/query"] == 2


@pytest.mark.usefixtures("live")
class TestOptions:
    """Intervals, filters and ways to compare are those of the report."""

    @pytest.mark.parametrize(
        ("words", "current", "earlier"),
        [
            ("", ("2026-06-08", "2026-06-15"), ("2026-06-01", "2026-06-08")),
            ("--last 1d", ("2026-06-14", "2026-06-15"), ("2026-06-13", "2026-06-14")),
            ("--preset last-month", ("2026-05-01", "2026-06-01"), ("2026-04-01", "2026-05-01")),
            ("--compare year", ("2026-06-08", "2026-06-15"), ("2025-06-09", "2025-06-16")),
        ],
    )
    def test_intervals(self, run, words: str, current, earlier):
        made = said(run(f"review --quiet --format json --queue Billing {words}"))["intervals"]
        assert [day[:10] for day in made["current"]] == list(current)
        assert [day[:10] for day in made["earlier"]] == list(earlier)

    def test_a_running_day_is_compared_up_to_the_same_time_and_may_still_move(self, run):
        words = "--preset today --queue Billing --time-zone Europe/London"
        made = said(run(f"review --quiet --format json {words}"))
        assert made["intervals"]["words"] == (
            "Mon 15 Jun 2026, 00:00 – 13:00 against Sun 14 Jun 2026, 00:00 – 13:00"
        )
        provisional = ["2026-06-15T12:30:00+01:00", "2026-06-15T13:00:00+01:00"]
        assert made["stability"]["provisional"] == provisional

    def test_months_of_unlike_length_are_said_so(self, run):
        text = run("review --quiet --from 2026-03-01 --to 2026-03-31 --media voice").out.decode()
        assert "They are not of one length: 31 days against 28 days." in text.split("\n\n")[0]

    def test_filters_narrow_every_part(self, run):
        made = said(run(f"{WEEK} --format json --queue Billing Sales --media voice"))
        for rows in made["drivers"].values():
            assert {row["media_type"] for row in rows} == {"voice"}
            assert len({row["queue_id"] for row in rows}) == 2
        (row,) = run(
            f"{WEEK.replace('review', 'report')} --queue Billing Sales --media voice"
            " --group-by mediaType --kpis offered --format json"
        ).json
        assert made["reconciliation"]["lines"][0]["count"] == row["offered"]

    def test_targets_of_a_file(self, run, tmp_path: Path):
        file = tmp_path / "mine.toml"
        file.write_text(
            '[[target]]\nkpi = "answer_pct"\nqueue = "*"\nmedia_type = "*"\n'
            "target = 50\namber = 40\n"
        )
        made = said(run(f"{WEEK} --format json --targets", str(file)))
        row = next(row for row in made["kpis"] if row["kpi"] == "answer_pct")
        assert (row["target"], row["status"]) == (50.0, "met")
        assert "Target from mine.toml" in row["explanation"]

    @pytest.mark.parametrize("mode", ["sync", "job"])
    def test_modes_ask_for_the_same(self, run, mode: str):
        words = f"{WEEK} --queue Billing"
        assert run(f"{words} --mode {mode}").out == run(words).out

    def test_no_figures_at_all_are_told_without_failing(self, run):
        done = run("review --from 2027-01-01 --to 2027-01-02 --quiet")
        assert (done.code, done.err) == (DONE, "")
        assert "Offer has no value. " in done.out.decode()

    @pytest.mark.parametrize(
        ("words", "says"),
        [
            ("--queue Biling", "Did you mean Billing"),
            ("--media call", "The API calls it voice."),
            ("--compare lastweek", "choose from"),
            ("--format csv", "choose from"),
            ("--granularity P1D", "unrecognized arguments"),
        ],
    )
    def test_usage_errors_write_nothing(self, run, words: str, says: str):
        done = run(f"review {words}")
        assert (done.code, done.out) == (USAGE, b"")
        assert says in done.err


def test_the_bad_day_is_found_without_being_told(run, live):
    made = said(run(f"{WEEK} --format json --compare weekdays"))
    assert made["worst"]["buckets"][0]["interval_start"].startswith("2026-05-14")
    first = made["drivers"]["service_level_pct"][0]
    assert (first["media_type"], first["kind"]) == ("voice", "performance")
    assert first["contribution"] < -0.5
    assert any("Thu 14 May 2026" in point["text"] for point in made["talking_points"])


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        ({"refuse": ("oServiceLevel",)}, DONE, "available in this organization: oServiceLevel."),
        ({"deny": ("routing:queue:view",)}, DONE, "read without routing:queue:view"),
        ({"deny": ("analytics:conversationAggregate:view",)}, FAILED, "Conversation Aggregate"),
    ],
)
def test_what_an_organization_does_not_give_is_said(run, monkeypatch, options, code, says: str):
    with serve(DemoOptions(rate_limit=0, clock=lambda: DEMO_NOW, **options)) as server:
        for name, value in server.env.items():
            monkeypatch.setenv(name, value)
        done = run("review --from 2026-05-11 --to 2026-05-17 --queue Billing")
    assert (done.code, bool(done.out)) == (code, code == DONE)
    assert says in done.err


@pytest.mark.usefixtures("live")
class TestWhatIsUsual:
    """Told where kept days hold the eight weeks before."""

    @pytest.fixture
    def kept(self, live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
        monkeypatch.setenv("GENESYS_CLOUD_HOLIDAYS", "GB-ENG")
        monkeypatch.setenv("GENESYS_CLOUD_TIME_ZONE", "Europe/London")
        keep_span(live, tmp_path, date(2026, 4, 12), date(2026, 6, 8), DEMO_NOW)

    @pytest.mark.usefixtures("kept")
    def test_hours_unlike_the_usual_and_the_course_of_today_are_talking_points(self, run):
        day = run("review --from 2026-06-08 --to 2026-06-08 --queue Claims --quiet").out.decode()
        today = run("review --preset today --quiet").out.decode()

        assert (
            "From 09:00 to 10:00 on Mon 8 Jun 2026 96 interactions were offered, 62.7 % more than"
            " usual (59), the most on any Monday from Mon 13 Apr 2026 on."
        ) in day
        assert "on course for" not in day
        assert "; on course for 4,703, usual 4,420 ± 96." in today

    def test_without_kept_days_nothing_is_told_of_it(self, run):
        assert "usual" not in run("review --preset today --quiet").out.decode()
