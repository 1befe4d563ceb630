"""The Overview where something is wrong: empty, refused, unreachable, or with hostile names."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest

from dashboard.data import fetching
from dashboard.data import organization as at_work
from dashboard.selecting.selection import DEFAULT_KPIS
from genesys import settings
from genesys.client.api import Api
from genesys.client.budget import Budget
from genesys.client.entities import Organization
from genesys.demo import DemoOptions, DemoServer, serve
from genesys.errors import BadAnswer
from genesys.organization.directory import Directory
from tests.conftest import DEMO_NOW
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
from tests.hostile_queues import IDS, NAMES, TURNED, environment, organization

VIEW = "analytics:conversationAggregate:view"
QUEUE_LISTS = ("routing:queue:search", "routing:queue:view")


def test_an_empty_answer_says_what_to_check(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, **{"from": "2019-06-01", "to": "2019-06-07"})

    said = words(page)
    assert "Genesys Cloud has no interactions for Sat 1 – Fri 7 Jun 2019" in said
    assert "older than the 1096 days for which this organization keeps figures" in said
    for hint in ("period", "queues", "media types", "divisions"):
        assert hint in said
    assert not tiles(page)
    assert named(page.selectbox, "Period").value == "custom"


def test_dates_in_the_future_leave_the_filters_to_choose_others(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, **{"from": "2027-06-01", "to": "2027-06-07"})

    assert "The dates lie in the future." in words(page)
    assert "Choose days that have begun." in words(page)
    assert named(page.selectbox, "Period").value == "custom"
    assert not any(button.label == "Try again" for button in page.button)


def test_a_missing_permission_is_named_in_the_words_of_genesys(start_demo, open_page: Open):
    page = open_page(start_demo(deny=(VIEW,)).env, **FIRST_WEEK)

    said = words(page)
    assert "Analytics > Conversation Aggregate > View" in said
    assert "Add it to a role of the client" in said
    assert "correlation id: " in said
    assert re.search(r"part that failed: Mon (1|25) – Sun \d+ (Jun|May) 2026", said)
    assert not tiles(page)
    assert named(page.button, "Try again")


def test_queues_without_a_list_go_by_their_ids(start_demo, open_page: Open):
    page = open_page(start_demo(deny=QUEUE_LISTS).env, queue=list(COMPLAINTS), **FIRST_WEEK)

    (warning,) = page.warning
    assert "(routing:queue:search or routing:queue:view)" in plain(warning.value)
    assert tiles(page)["Offer"] == "588"
    assert "Queue (263bded7), Queue (42491d95)" in words(page)
    assert {row[0] for row in table(page, PAIRS)[1:]} == {"Queue (263bded7)", "Queue (42491d95)"}


def test_a_wrong_secret_says_so_and_shows_none(demo: DemoServer, open_page: Open):
    page = open_page({**demo.env, "GENESYS_CLOUD_CLIENT_SECRET": "not-the-secret-7"})

    assert "GENESYS_CLOUD_CLIENT_SECRET" in words(page)
    assert "not-the-secret-7" not in words(page)
    assert demo.client_secret not in words(page)


def test_an_organization_that_does_not_answer(open_page: Open):
    with serve(DemoOptions(rate_limit=0)) as server:
        env = server.env
    page = open_page(env)

    assert len(page.error) == 1
    assert "127.0.0.1" in words(page)
    assert named(page.button, "Try again")


def test_an_organization_that_stops_answering_keeps_the_filters(open_page: Open):
    with serve(DemoOptions(rate_limit=0, clock=lambda: DEMO_NOW)) as server:
        page = open_page(server.env, **FIRST_WEEK)
        assert tiles(page)["Offer"] == "19,778"
    named(page.selectbox, "Period").set_value("last-month")
    named(page.button, "Apply").click().run()

    assert len(page.error) == 1
    assert not tiles(page)
    assert named(page.selectbox, "Period").value == "last-month"


def test_an_error_stands_above_the_last_good_figures_that_are_marked_as_such(open_page: Open):
    with serve(DemoOptions(rate_limit=0, clock=lambda: DEMO_NOW)) as server:
        page = open_page(server.env, **FIRST_WEEK)
        assert "could not be renewed" not in words(page)

    named(page.button, "Refresh").click().run()

    assert len(page.error) == 1
    assert named(page.button, "Try again")
    assert tiles(page)["Offer"] == "19,778"
    assert "as of Mon 15 Jun 2026, 13:00, could not be renewed" in words(page)


def test_yesterdays_figures_do_not_stand_for_todays(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
):
    with serve(DemoOptions(rate_limit=0, clock=lambda: DEMO_NOW)) as server:
        page = open_page(server.env, period="today")
        assert tiles(page)
    monkeypatch.setattr(fetching, "now", lambda: DEMO_NOW + timedelta(hours=12))

    page.run()

    assert len(page.error) == 1
    assert not tiles(page)


def test_half_a_configuration_names_the_key_and_no_secret(
    open_page: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    env_file = tmp_path / ".env"
    env_file.write_text("GENESYS_CLOUD_CLIENT_SECRET=half-a-secret\n")
    monkeypatch.setattr(settings.load, "__defaults__", (os.environ, env_file))

    page = open_page({})
    said = words(page)
    assert "GENESYS_CLOUD_CLIENT_ID is empty, but GENESYS_CLOUD_CLIENT_SECRET is set." in said
    assert "half-a-secret" not in said

    env_file.write_text("")
    named(page.button, "Try again").click().run()
    assert "demo data" in words(page)


def test_days_in_utc_say_which_setting_changes_that(demo: DemoServer, open_page: Open):
    page = open_page({**demo.env, "GENESYS_CLOUD_TIME_ZONE": ""}, **FIRST_WEEK)

    (line,) = [each for each in page.caption if " · as of " in each.value]
    assert "all media types · UTC" in words(page)
    assert "as of Mon 15 Jun 2026, 12:00" in line.value
    assert "Days are those of UTC; GENESYS_CLOUD_TIME_ZONE sets another." in plain(line.help)


@pytest.mark.parametrize("chosen", [(), IDS[:3], IDS[7:]], ids=["all", "some", "others"])
def test_hostile_names_are_names(open_page: Open, chosen: tuple[str, ...]):
    with organization() as server:
        page = open_page(environment(server), queue=list(chosen), **FIRST_WEEK)

        assert not page.exception
        assert tiles(page)["Offer"] == f"{10 * len(chosen or IDS)}"
        assert {row[0] for row in table(page, PAIRS)[1:]} == {
            " ".join(name.split()) for key, name in zip(IDS, NAMES, strict=True)
            if not chosen or key in chosen
        }  # fmt: skip
        for key in chosen:
            name = NAMES[IDS.index(key)]
            assert (name if name != TURNED else "Sales ?gnilliB") in words(page)
        assert NAMES[0] in words(page)
        for part in ("\\<img", "onerror\\=alert\\(1\\)\\>"):
            assert any(part in caption.value for caption in page.caption)


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


def test_no_figures_are_told_apart_from_figures_that_are_gone(start_demo, open_page: Open):
    dates = {"from": "2019-06-01", "to": "2019-06-07"}

    gone = words(open_page(start_demo().env, **dates))
    fetching.clear()
    denied = start_demo(deny=("analytics:dataRetention:view",))
    unknown = words(open_page(denied.env, **dates))
    fetching.clear()
    elsewhere = words(open_page(start_demo().env, queue="gone", **FIRST_WEEK))

    assert "back to Thu 15 Jun 2023: there are none any more, which is not zero." in gone
    assert "sent no figures at all for this interval" in unknown
    assert "Nothing happened here in this interval, while figures of it are kept." in elsewhere


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
