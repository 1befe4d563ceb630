"""Query: the bodies, the requests, the tidy figures, and the command that gives the same."""

from __future__ import annotations

import json
import shlex
import subprocess
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.sections.requests import curl, parts, requests
from dashboard.sections.tidy_figures import command, tidy
from dashboard.selecting.selection import Selection
from genesys.__main__ import main
from genesys.demo import DemoServer
from genesys.safe_csv import to_csv
from tests.conftest import DEMO_NOW
from tests.dashboard.reading import FIRST_WEEK as DATES
from tests.dashboard.reading import Open, asked, columns, named, table, words
from tests.dashboard.world import BILLING, CLAIMS, FIRST_WEEK, TODAY, World, figures, view
from tests.hostile_queues import environment, organization


@pytest.fixture
def open_query(open_page: Open) -> Open:
    def opened(env: dict[str, str], **params: str | list[str]) -> AppTest:
        return open_page(env, page_key="query", **{**DATES, **params})

    return opened


def codes(page: AppTest) -> list[str]:
    assert not page.exception
    return [code.value for code in page.code if code.value.startswith(("{", "curl", "python"))]


def test_the_body_is_the_one_that_was_sent(start_demo, open_query: Open):
    demo = start_demo()
    _, body, line = codes(open_query(demo.env))

    sent = json.loads(body)
    assert sent["interval"] == ("2026-06-01T00:00:00.000+01:00/2026-06-08T00:00:00.000+01:00")
    assert sent["timeZone"] == "Europe/London"
    assert sent["groupBy"] == ["queueId", "mediaType"]
    assert "oServiceLevel" in sent["metrics"]
    assert json.loads(shlex.split(line)[-1]) == sent


def test_each_part_can_be_looked_at(start_demo, open_query: Open):
    page = open_query(start_demo().env)
    part = named(page.selectbox, "Part")

    assert part.options[0].startswith("1 of 2 · This interval: Mon 1 – Sun 7 Jun 2026")
    assert part.options[1].startswith("2 of 2 · Comparison interval: Mon 25 – Sun 31 May 2026")
    page = part.set_value(1).run()
    assert json.loads(codes(page)[1])["interval"].startswith("2026-05-25T00:00:00.000+01:00/")


def test_no_token_and_no_secret_is_shown(demo: DemoServer, open_query: Open):
    page = open_query(demo.env)
    shown = "\n".join([*codes(page), words(page)])

    assert '"Authorization: Bearer $TOKEN"' in shown
    assert demo.client_secret not in shown
    assert demo.client_id not in shown


def test_a_shell_reads_the_curl_line_as_it_is_meant(world: World):
    (part, *_) = parts(figures(replace(FIRST_WEEK, queue_ids=(CLAIMS,))))
    line = curl(part).replace("curl", "printf '%s\\n'", 1)

    printed = subprocess.run(
        ["sh", "-c", line], env={"TOKEN": "a b'c"}, capture_output=True, text=True, check=True
    ).stdout.splitlines()

    assert printed[:6] == [
        "-X",
        "POST",
        f"{world.server.url}/api/v2/analytics/conversations/aggregates/query",
        "-H",
        "Authorization: Bearer a b'c",
        "-H",
    ]
    assert json.loads(printed[-1]) == part.body


def test_refused_metrics_are_in_no_body(start_demo, open_query: Open):
    page = open_query(start_demo(refuse=("tVoicemail",)).env)

    assert "tVoicemail" not in codes(page)[1]


def test_every_request_stands_in_the_table_once(world: World):
    rows = requests(figures(FIRST_WEEK)).rows

    assert [path.rpartition("/")[2] for path in rows["path"]] == ["query", "query"]
    assert world.asked().count("query") == 2
    assert set(rows["status"]) == {"200"}
    assert rows["correlation_id"].is_unique


def test_a_second_look_asks_nothing(start_demo, open_query: Open):
    demo = start_demo()
    page = open_query(demo.env)
    before = len(demo.requests)

    page.run()

    assert asked(demo, since=before) == []


SELECTIONS = {
    "week": FIRST_WEEK,
    "preset": Selection(period="last-week", media_types=("voice", "email")),
    "queues": replace(FIRST_WEEK, queue_ids=(CLAIMS, BILLING), kpis=("offered", "asa_sec")),
    "found by name": replace(FIRST_WEEK, find="claim"),
    "deleted": replace(FIRST_WEEK, queue_ids=("2cca10b1-ebf1-5bae-87a7-5cf120d02367", CLAIMS)),
}


@pytest.mark.parametrize("bucketed", [False, True], ids=["whole", "in buckets"])
@pytest.mark.parametrize("selection", SELECTIONS.values(), ids=SELECTIONS)
def test_the_command_gives_the_same_figures(
    world: World, capsysbinary: pytest.CaptureFixture[bytes], selection: Selection, bucketed: bool
):
    seen = view(selection)
    line = command(seen, bucketed=bucketed)

    assert line is not None
    python, dash_m, module, *options = shlex.split(line)
    assert (python, dash_m, module) == ("python", "-m", "genesys")
    assert main([*options, "--quiet"], DEMO_NOW) == 0
    assert capsysbinary.readouterr().out == to_csv(
        tidy(seen.figures, selection.kpi_rows(), bucketed=bucketed)
    )


def test_a_running_day_ends_in_the_command_where_it_was_asked(world: World):
    day = DEMO_NOW.date()
    custom = replace(FIRST_WEEK, first=day, last=day)

    assert "--preset today " in str(command(view(TODAY), bucketed=False))
    assert "--from 2026-06-15 --to 2026-06-15T13:00:00+01:00 " in str(
        command(view(custom), bucketed=False)
    )


def test_queues_that_no_line_can_name_have_no_command(world: World):
    assert command(view(replace(FIRST_WEEK, queue_ids=("gone",))), bucketed=False) is None


def test_more_queues_than_a_line_takes_have_no_command(start_demo, open_page: Open):
    page = open_page(start_demo(queues=400).env, page_key="query", find="a", **DATES)

    assert "these cannot be named in one line" in words(page)
    assert not any(code.startswith("python") for code in codes(page))


def test_the_table_has_names_and_figures_first(demo: DemoServer, open_query: Open):
    page = open_query(demo.env)
    rows = table(page)

    assert columns(page)[:3] == ["queue_name", "media_type", "offered"]
    assert len(rows) == 56
    assert [row[2] for row in rows if row[:2] == ["Claims", "voice"]] == [2327]


def test_no_figures_still_show_what_was_asked(demo: DemoServer, open_query: Open):
    page = open_query(demo.env, **{"from": "2019-06-01", "to": "2019-06-07"})

    assert "Genesys Cloud has no interactions" in words(page)
    assert [code.split()[0] for code in codes(page)] == ["{", "curl"]


def test_hostile_names_are_cells_and_no_formulas(open_page: Open):
    with organization() as server:
        page = open_page(environment(server), page_key="query", **DATES)

    assert not page.exception
    assert '=HYPERLINK("https://evil.example","x")' in [row[0] for row in table(page)]


def test_many_queues_are_bucketed_by_media_type_alone(start_demo, open_page: Open):
    page = open_page(start_demo(queues=2000).env, page_key="query", buckets="In buckets", **DATES)

    assert "Buckets are by media type alone" in words(page)
    assert "queue_name" not in columns(page)
    assert "--group-by mediaType" in codes(page)[0]
