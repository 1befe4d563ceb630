"""What cannot be had is named, and costs its own figures alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.data import organization as at_work
from dashboard.selecting.selection import DEFAULT_KPIS
from genesys.client.api import Api
from genesys.client.budget import Budget
from genesys.client.entities import Organization
from genesys.demo import DemoServer
from genesys.errors import BadAnswer
from genesys.organization.directory import Directory
from tests.dashboard.reading import (
    COMPLAINTS,
    FIRST_WEEK,
    PAIRS,
    Open,
    asked,
    cells,
    helps,
    named,
    plain,
    table,
    tiles,
    words,
)
from tests.hostile_queues import IDS, NAMES, environment, organization

QUEUE_LISTS = ("routing:queue:search", "routing:queue:view")


def test_queues_without_a_list_go_by_their_ids(start_demo, open_page: Open):
    page = open_page(start_demo(deny=QUEUE_LISTS).env, queue=list(COMPLAINTS), **FIRST_WEEK)

    (warning,) = page.warning
    assert "(routing:queue:search or routing:queue:view)" in plain(warning.value)
    assert tiles(page)["Offer"] == "588"
    assert "Queue (263bded7), Queue (42491d95)" in words(page)
    assert {row[0] for row in table(page, PAIRS)[1:]} == {"Queue (263bded7)", "Queue (42491d95)"}


def test_a_value_that_came_unusable_costs_its_metric_of_its_queue_alone(open_page: Open):
    with organization(NAMES[7:9], odd=IDS[:1]) as server:
        page = open_page(
            environment(server), kpi=["offered", "answered"], cells="Values", **FIRST_WEEK
        )

    rows = {row[0]: row[2:4] for row in table(page, PAIRS)}
    assert rows["Total"] == [20, 9]
    assert rows[NAMES[7]] == [10, None]
    assert next(each for name, each in rows.items() if name.startswith("Sales")) == [10, 9]
    assert tiles(page)["Offer"] == "20"
    said = f"tAnswered of {NAMES[7]}, voice, came without a usable value"
    assert words(page).count(said) == 1


@pytest.mark.parametrize(
    ("metric", "kpis", "lost", "view"),
    [
        ("tVoicemail", "Voicemail", ["Voicemail"], "Values"),
        (
            "oServiceLevel",
            "Service Level %, Met Target, Missed Target",
            ["Service Level %"],
            "Changes",
        ),
        (
            "nOffered",
            "Offer, Answer %, Abandon %, Flow-Out %",
            ["Offer", "Answer %", "Abandon %"],
            "Values",
        ),
    ],
    ids=["one", "one of three", "several"],
)
def test_a_refused_metric_costs_its_own_kpis_alone(
    start_demo, open_page: Open, metric: str, kpis: str, lost: list[str], view: str
):
    demo = start_demo(refuse=(metric,))
    page = open_page(demo.env, kpi=[*DEFAULT_KPIS, "voicemail"], cells=view, **FIRST_WEEK)

    assert f"Not available in this organization, as it refuses {metric}: {kpis}." in words(page)
    assert [label for label, value in tiles(page).items() if value == "—"] == lost
    for label in lost:
        assert f"Not available in this organization: {metric} is refused." in helps(page)[label]
    assert len(cells(page, PAIRS)) > 50

    before = len(demo.requests)
    named(page.selectbox, "Period").set_value("last-month")
    named(page.button, "Apply").click().run()
    # Both intervals, and the half-hours of the talking points.
    assert asked(demo, since=before) == ["query", "query", "query"]
    assert {each.status for each in demo.requests[before:]} == {200}


def test_queues_whose_targets_may_not_be_read_have_the_defaults(start_demo, open_page: Open):
    demo = start_demo(deny=("routing:queue:view",))
    page = open_page(demo.env, **FIRST_WEEK)

    assert asked(demo).count("queues") == 1
    assert "Targets are the defaults and those of targets.toml" in words(page)
    assert "routing:queue:view" in words(page)
    # 80 % within 20 s is the default of calls alone, so no other media type has a mark.
    assert (
        "12 of 22 queue and media type pairs met their own target" in helps(page)["Service Level %"]
    )
    levels = {(row[0], row[1]): row[5] for row in cells(page, PAIRS)}
    assert levels["Claims", "voice"] == "81.8 % ✓"
    assert levels["Bereavement Support", "email"] == "82.8 %"


def test_a_targets_file_with_a_hostile_name_is_named_as_it_is(
    demo: DemoServer, open_page: Open, tmp_path: Path
):
    name = "**x** [l](javascript:alert(1)) :red[y] <b>z<b>.toml"
    row = 'kpi = "abandon_pct"\nqueue = "*"\nmedia_type = "*"\ntarget = 1\namber = 2\n'
    (tmp_path / name).write_text(f"[[target]]\n{row}")

    page = open_page({**demo.env, "GENESYS_CLOUD_TARGETS": str(tmp_path / name)}, **FIRST_WEEK)

    assert not page.exception
    assert f"Target from {name}." in helps(page)["Abandon %"]
    assert "Target at most 1 %; missed" in helps(page)["Abandon %"]
    for part in ("\\*\\*x\\*\\*", "\\[l\\]\\(javascript", "\\:red\\[", "\\<b\\>"):
        assert part in named(page.metric, "Abandon %").help


def test_figures_come_without_the_organizations_name_and_it_is_told_until_it_is_there(
    start_demo, open_page: Open, monkeypatch: pytest.MonkeyPatch
):
    def nameless(self: Api, budget: Budget) -> Organization:
        raise BadAnswer("The name is not to be had.", "Wait.")

    with monkeypatch.context() as patch:
        patch.setattr(Api, "organization", nameless)
        page = open_page(start_demo().env, **FIRST_WEEK)
        assert tiles(page)["Offer"] == "19,778"
        assert "The organization's name is missing. The name is not to be had." in words(page)
    page.button(key="refresh").click().run()
    assert "name is missing" not in words(page)
    assert "Northwind Mutual (demo)" in words(page)


def test_a_list_that_is_not_whole_is_told(demo, open_page: Open, monkeypatch: pytest.MonkeyPatch):
    part = Directory({}, complete=False, lacks="page 2 of 3 is empty")
    monkeypatch.setattr(at_work, "directory", lambda: part)
    page = open_page(demo.env, **FIRST_WEEK)

    assert "The list of queues is incomplete: page 2 of 3 is empty." in words(page)
    assert "Deleted queue" not in words(page)
