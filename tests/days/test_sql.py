"""SQL over kept days: the figures of the product, and nothing but reading."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from genesys.analytics.fetch import fetch
from genesys.analytics.queries import AggregateQuery
from genesys.days import tables
from genesys.days.calendar import begin, span
from genesys.days.files import connect, cursor_of
from genesys.days.filling import fill
from genesys.days.layout import METRICS
from genesys.days.store import Days
from genesys.demo import DemoOptions, serve
from genesys.errors import QueryError
from genesys.intervals import Interval
from genesys.kpis.catalogue import KPIS
from genesys.kpis.parts import GROUP, parts
from tests.asking import api_on
from tests.conftest import DEMO_NOW
from tests.days.test_filling import budget
from tests.days.week import CONTACTS, LATE, NEXT_DAY, WEEK, stop
from tests.days.world import happened_of, here, keep_day

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
FIRST, LAST = date(2026, 6, 1), date(2026, 6, 4)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """The kept first days of June, and what the API says of them."""
    days = Days(here(tmp_path_factory.mktemp("days")))
    with (
        serve(DemoOptions(clock=lambda: DEMO_NOW, rate_limit=0)) as server,
        api_on(server) as api,
    ):
        each = [FIRST + timedelta(days=after) for after in range((LAST - FIRST).days + 1)]
        fill(days, api, each, budget(at=DEMO_NOW))
        query = AggregateQuery(interval=Interval(begin(LAST), span(LAST).end), metrics=METRICS)
        answer = fetch(api, query, budget(at=DEMO_NOW))
    yield days, answer.frame
    assert days.trouble == ()
    days.close()


def test_figures_are_those_of_the_product_for_every_kpi(world):
    days, frame = world
    ours = days.select("FROM figures WHERE day = '2026-06-04' AND queue_id IS NOT NULL")
    theirs = parts(frame).of_queues.by(GROUP).values()
    both = ours.merge(theirs.astype(dict.fromkeys(GROUP, str)), on=list(GROUP), how="outer")

    assert len(both) == len(theirs) == len(ours) > 50
    for kpi in KPIS:
        here, there = (both[f"{kpi.key}_{side}"].to_numpy(float, na_value=np.nan) for side in "xy")
        np.testing.assert_allclose(here, there, rtol=1e-12, err_msg=kpi.key)


def test_days_that_moved_are_there_once_and_what_was_known_stands_apart(days):
    keep_day(days, LATE, WEEK[1], asked=NEXT_DAY)
    sums = days.select(
        "SELECT day, sum(nOffered_count)::INT n FROM half_hours GROUP BY 1 ORDER BY 1"
    )
    before = days.select("SELECT sum(nOffered_count)::INT n FROM earlier")

    happened = [happened_of(CONTACTS, day) for day in WEEK[:3]]
    assert sums["n"].tolist() == [happened[0], happened[1] + 2, happened[2]]
    assert before["n"].tolist() == [happened[1]]
    assert days.select("SELECT count(*) n FROM days")["n"].tolist() == [3]


def test_a_day_of_which_rows_are_missing_is_in_no_view(days):
    stopping = Days(days.place)
    stopping._days.replace = stop
    assert not keep_day(stopping, LATE, WEEK[1], asked=NEXT_DAY)
    stopping.close()

    found = days.select("SELECT DISTINCT day FROM half_hours ORDER BY day")["day"]
    assert [each.date() for each in pd.to_datetime(found)] == [WEEK[0], WEEK[2]]


def test_the_longest_of_a_single_contact_is_its_time(days):
    found = days.select(
        "SELECT count(*) n FROM half_hours WHERE tHandle_count = 1 AND tHandle_max = tHandle_sum"
    )
    assert (
        found["n"].tolist()
        == days.select("SELECT count(*) n FROM half_hours WHERE tHandle_count = 1")["n"].tolist()
    )
    assert found["n"][0] > 0


@pytest.mark.parametrize(
    "statement",
    [
        "COPY half_hours TO '/tmp/out.csv'",
        "DROP VIEW half_hours",
        "CREATE TABLE x AS SELECT 1",
        "INSTALL httpfs",
        "ATTACH '/tmp/x.db'",
        "SET memory_limit = '1TB'",
        "SELECT 1; SELECT 2",
        "",
        "SELECT * FROM read_csv('/etc/hostname')",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM glob('/*')",
        "SELECT nothing FROM half_hours",
        "SELEC",
    ],
)
def test_whatever_is_no_question_to_the_days_is_refused_in_words(days, statement):
    with pytest.raises(QueryError) as refused:
        days.select(statement)
    assert refused.value.todo


def test_sums_too_large_for_a_whole_number_are_refused_in_words(days):
    with pytest.raises(QueryError, match="cannot be run"):
        days.select("SELECT sum(9000000000000000000::HUGEINT) FROM half_hours")


def test_no_progress_stands_among_the_figures(days):
    found = days.select("SELECT current_setting('enable_progress_bar') AS is_shown")
    assert found["is_shown"].tolist() == [False]
    assert (
        not cursor_of(connect())
        .sql("SELECT current_setting('enable_progress_bar')")
        .fetchall()[0][0]
    )


def test_where_nothing_is_kept_every_view_is_empty(tmp_path):
    days = Days(here(tmp_path))
    for name in ("half_hours", "daily", "earlier", "days", "figures"):
        assert days.select(f"FROM {name}").empty
    days.close()


@pytest.mark.usefixtures("days")
def test_of_tables_that_cannot_be_read_every_view_is_empty_and_the_reason_told(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(tables, "VERSION", 0)
    seen = Days(here(tmp_path))

    assert seen.select("SELECT count(*) AS many FROM half_hours")["many"].tolist() == [0]
    assert "was made by a later version of this program" in seen.trouble[0]
    seen.close()


def blocks(language: str) -> list[str]:
    """README's blocks of a language in its part about SQL."""
    part = README[README.index("### In SQL") :]
    part = part[: part.index("\n## ")]
    return re.findall(rf"```{language}\n(.*?)```", part, re.DOTALL)


@pytest.mark.parametrize("code", blocks("python"))
def test_readmes_python_runs_on_the_tables(world, code, capsys):
    days, _ = world
    code = re.sub(r'^folder = ".*"', f"folder = {days.place.folder!r}", code, flags=re.MULTILINE)
    exec(compile(code, "README", "exec"), {})  # noqa: S102 - our own README

    assert len(capsys.readouterr().out.splitlines()) > 3


@pytest.mark.parametrize("statement", blocks("sql"))
def test_readmes_sql_runs_on_the_views(world, statement):
    days, _ = world
    statement = re.sub(r"delta\.`[^`]*/(\w+)`", r"\1", statement)

    assert len(days.select(statement.strip().rstrip(";"))) > 3
