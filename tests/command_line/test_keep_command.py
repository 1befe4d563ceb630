"""`keep`, and reports that look into kept days first."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from genesys.command_line.ending import CONFIGURATION, DONE, USAGE
from genesys.command_line.keeping import left_words, next_night
from genesys.demo import DemoOptions, serve
from tests.asking import sent
from tests.conftest import DEMO_NOW

WEEK = (
    "report --from 2026-06-02 --to 2026-06-10 --format csv --full"
    " --kpis offered,aht_sec,max_wait_sec"
)


@pytest.fixture
def data(tmp_path, monkeypatch) -> Path:
    """Days are kept here."""
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def test_closed_days_are_kept_once_and_reports_ask_nothing_of_them(run, live, data, monkeypatch):
    monkeypatch.setenv("DASHBOARD_DATA", "none")
    alone = run(WEEK)
    monkeypatch.setenv("DASHBOARD_DATA", str(data))

    first = run("keep --since 2026-06-02")
    assert (first.code, first.out) == (DONE, b"")
    assert first.err.endswith(f"Kept: 10 days, 10 of them new, in {_folder(data)}.\n")
    again = run("keep --since 2026-06-02")
    assert again.err.endswith(f"Kept: 10 days, 0 of them new, in {_folder(data)}.\n")

    before = len(live.requests)
    kept = run(WEEK)
    assert kept.out == alone.out
    assert "All of it comes from kept days; nothing was asked." in kept.err
    assert sent(live, before) == {}


def test_what_is_not_kept_is_asked_and_told(run, live, data):
    run("keep --since 2026-06-06 --until 2026-06-08 --quiet")
    before = len(live.requests)
    found = run(WEEK)

    assert "From kept days: Sat 6 – Mon 8 Jun 2026. The rest was asked." in found.err
    assert sent(live, before) == {"POST/query": 2}


def test_closed_days_of_a_report_in_half_hours_are_kept_as_they_come(run, live, data):
    first = run("report --from 2026-06-09 --to 2026-06-12 --granularity PT30M --format csv")
    before = len(live.requests)
    second = run("report --from 2026-06-09 --to 2026-06-12 --granularity PT30M --format csv")

    assert first.out == second.out
    assert "From kept days: Tue 9 – Thu 11 Jun 2026." in second.err
    assert sent(live, before) == {"POST/query": 1}


def test_the_demo_is_kept_where_a_place_is_named_and_nowhere_else(run, data, monkeypatch):
    assert run("keep --demo --since 2026-06-11 --quiet").code == DONE
    assert [each.name for each in data.iterdir()] == ["demo"]

    monkeypatch.delenv("DASHBOARD_DATA")
    monkeypatch.setenv("XDG_DATA_HOME", str(data.parent))
    found = run("keep --demo --since 2026-06-11")
    assert (found.code, "kept only where one is named" in found.err) == (CONFIGURATION, True)
    assert run("report --demo --last 7d").code == DONE
    assert [each.name for each in data.parent.iterdir()] == ["data"]


def test_figures_come_where_nothing_can_be_kept(run, live, data):
    data.write_text("a file where the folder should be", encoding="utf-8")

    found = run("report --from 2026-06-09 --to 2026-06-10 --granularity PT30M --format csv")
    assert (found.code, len(found.csv) > 100) == (DONE, True)
    assert "Kept days cannot be" in found.err
    assert run("keep --since 2026-06-09").code != DONE


def test_days_that_the_organization_keeps_no_longer_are_not_asked(run, live, data):
    found = run("keep --since 2020-01-01 --until 2020-02-01")

    assert "The organization keeps figures for 1,096 days: back to" in found.err
    assert "Kept: 0 days" in found.err


@pytest.mark.parametrize("words", ["keep", "keep --since yesterday", "keep --since 2026-13-01"])
def test_without_a_day_to_begin_with_nothing_is_asked(run, live, words):
    before = len(live.requests)

    assert run(words).code == USAGE
    assert len(live.requests) == before


def test_every_night_is_three_by_the_clocks_of_the_zone():
    london = ZoneInfo("Europe/London")

    assert next_night(DEMO_NOW, london) == datetime(2026, 6, 16, 2, tzinfo=UTC)
    assert next_night(datetime(2026, 6, 16, 1, 59, tzinfo=UTC), london) == datetime(
        2026, 6, 16, 2, tzinfo=UTC
    )
    assert next_night(datetime(2026, 12, 31, 3, tzinfo=UTC), london) == datetime(
        2027, 1, 1, 3, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.4, "0 s"), (89, "89 s"), (90, "2 min"), (5000, "83 min"), (7300, "2 h")],
)
def test_the_time_left_is_said_roughly(seconds: float, words: str):
    assert left_words(seconds) == f"about {words} left"


def _folder(data: Path) -> str:
    (region,) = data.iterdir()
    (organization,) = region.iterdir()
    (client,) = organization.iterdir()
    return str(client)


def test_a_correction_is_found_told_by_its_figures_and_what_was_known_stays(
    run, live, data, monkeypatch
):
    run("keep --since 2026-06-01 --quiet")
    known = run(WEEK)
    later = DEMO_NOW + timedelta(days=1)
    options = DemoOptions(clock=lambda: later, corrected=(date(2026, 6, 9),))
    with serve(options) as server:
        for name, value in server.env.items():
            monkeypatch.setenv(name, value)
        monkeypatch.delenv("GENESYS_CLOUD_TIME_ZONE")
        found = run("keep --since 2026-06-01", now=later)
        now, then = run(WEEK, now=later), run(f"{WEEK} --as-of 2026-06-15", now=later)
        review = run("review --from 2026-06-08 --to 2026-06-10", now=later)

    moved = "Tue 9 Jun 2026 (UTC) moved, found on Tue 16 Jun 2026: Answer +11, Abandon −11"
    assert moved in found.err
    assert moved in now.err
    assert moved in review.err
    assert now.out != known.out
    assert then.out == known.out
    assert moved not in then.err
    assert "As known on Mon 15 Jun 2026: 9 days as kept by then." in then.err


def test_as_of_without_kept_days_is_refused_in_words(run, live, monkeypatch):
    monkeypatch.setenv("DASHBOARD_DATA", "none")
    found = run(f"{WEEK} --as-of 2026-06-15")

    assert (found.code, found.out) == (USAGE, b"")
    assert "No days are kept here" in found.err


def test_kept_days_answer_sql(run, live, data):
    run("keep --since 2026-06-08 --until 2026-06-10 --quiet")
    statement = "SELECT day, sum(offered) AS offered FROM figures GROUP BY day ORDER BY day"
    found = run("sql --format csv", statement)

    assert (found.code, found.csv[0]) == (DONE, ["day", "offered"])
    assert [row[0] for row in found.csv[1:]] == ["2026-06-08", "2026-06-09", "2026-06-10"]
    assert all(int(row[1]) > 1_000 for row in found.csv[1:])
    refused = run("sql", "DROP VIEW daily")
    assert (refused.code, refused.out) == (USAGE, b"")
    assert "Kept days are only read: use SELECT." in refused.err
