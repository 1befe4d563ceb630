"""Connection: what is known of it, the permission check, and a page that works without one."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.data import organization as at_work
from dashboard.sections.connection import rate_limit
from genesys import settings
from genesys.client.budget import Budget
from genesys.demo import DemoOptions, DemoServer, serve
from tests.browser.app_server import ROOT
from tests.dashboard.reading import Open, asked, named, plain, sheet, table, words
from tests.hostile_queues import NAMES, environment, organization

CONNECTION, PERMISSIONS, SYMPTOMS = 0, 1, 2
"""The tables of the page; where there is no connection it begins with the last."""

Alone = Callable[..., AppTest]


@pytest.fixture
def open_alone(monkeypatch: pytest.MonkeyPatch) -> Alone:
    """The page without the frame around it, which says nothing then."""
    monkeypatch.setattr(
        at_work, "Budget", lambda *args, **more: Budget(*args, wait=lambda _: None, **more)
    )

    def opened(env: dict[str, str]) -> AppTest:
        for name, value in env.items():
            monkeypatch.setenv(name, value)
        return AppTest.from_file(ROOT / "pages" / "connection.py", default_timeout=30).run()

    return opened


def known(page: AppTest) -> dict[str, str]:
    return dict(table(page, CONNECTION))


def results(page: AppTest) -> dict[str, str]:
    """What the check found, by need, without its sign."""
    return {name: found.lstrip("✓✗~ ") for name, *_, found in table(page, PERMISSIONS)}


def test_it_says_whose_figures_come_from_where(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, page_key="connection")

    assert not page.exception
    assert known(page) == {
        "Organization": "Northwind Mutual (demo)",
        "Region": "us-east-1",
        "API host": demo.url.removeprefix("http://"),
        "Rate limit": "not known yet",
        "Queues": "24 queues in 4 divisions",
        "Figures are kept for": "1,096 days",
        "Kept days": "none are kept here; DASHBOARD_DATA names where to",
        "What is usual": "told where kept days hold the 8 weeks before; left out are no days:"
        " GENESYS_CLOUD_HOLIDAYS names a country with holidays",
        "Time zone": "Europe/London",
    }


def test_the_check_waits_until_somebody_asks_for_it(start_demo, open_page: Open):
    demo = start_demo()
    page = open_page(demo.env, page_key="connection")
    assert set(results(page).values()) == {"not checked"}
    before = len(demo.requests)

    named(page.button, "Check now").click().run()
    assert results(page) == dict.fromkeys(
        ("Sign-on", "Organization", "Figures", "Queue names", "Targets", "Retention"), "found"
    )
    assert "query" in asked(demo, since=before)


def test_the_check_is_kept(start_demo, open_page: Open):
    demo = start_demo()
    page = open_page(demo.env, page_key="connection")
    named(page.button, "Check now").click().run()
    before = len(demo.requests)

    page.run()

    assert asked(demo, since=before) == []
    assert results(page)["Figures"] == "found"
    named(page.button, "Check now").click().run()
    assert asked(demo, since=before)


def test_a_missing_permission_says_what_to_do(start_demo, open_page: Open):
    denied = ("analytics:conversationAggregate:view", "analytics:dataRetention:view")
    page = open_page(start_demo(deny=denied).env, page_key="connection")

    named(page.button, "Check now").click().run()

    assert results(page) == {
        "Sign-on": "found",
        "Organization": "found",
        "Figures": "missing",
        "Queue names": "found",
        "Targets": "found",
        "Retention": "missing",
    }
    (error,), (hint,) = page.error, page.info
    assert "Analytics > Conversation Aggregate > View" in plain(error.value)
    assert "Add it to a role of the client" in plain(error.value)
    assert "Analytics > Data Retention > View" in plain(hint.value)
    assert "It is not required." in hint.value
    assert known(page)["Figures are kept for"] == "not known: this may not be read"


def test_queue_names_that_may_not_be_read_say_so(start_demo, open_page: Open):
    deny = ("routing:queue:search", "routing:queue:view")
    page = open_page(start_demo(deny=deny).env, page_key="connection")

    assert known(page)["Queues"] == "names may not be read; see the permissions below"


def test_a_wrong_secret_leaves_the_page_and_shows_none(demo: DemoServer, open_alone: Alone):
    page = open_alone({**demo.env, "GENESYS_CLOUD_CLIENT_SECRET": "not-the-secret-7"})

    assert not page.exception
    assert "GENESYS_CLOUD_CLIENT_SECRET" in plain(page.error[0].value)
    assert known(page)["Organization"] == "not known yet"
    assert "not-the-secret-7" not in str(page)
    assert demo.client_secret not in str(page)

    named(page.button, "Check now").click().run()
    assert results(page)["Sign-on"] == "failed"
    assert results(page)["Figures"] == "not checked"


def test_a_host_that_does_not_answer_leaves_the_page(open_alone: Alone):
    with serve(DemoOptions(rate_limit=0)) as server:
        env = server.env
    page = open_alone(env)

    assert not page.exception
    assert "127.0.0.1" in plain(page.error[0].value)
    assert known(page)["API host"] == env["GENESYS_CLOUD_API_URL"].removeprefix("http://")
    assert "no connection, certificate not trusted" in [row[0] for row in table(page, SYMPTOMS)]


def test_settings_that_are_wrong_leave_what_to_do(
    open_alone: Alone, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    env_file = tmp_path / ".env"
    env_file.write_text("GENESYS_CLOUD_CLIENT_SECRET=half-a-secret\n")
    monkeypatch.setattr(settings.load, "__defaults__", (os.environ, env_file))

    page = open_alone({})

    assert "GENESYS_CLOUD_CLIENT_ID is empty" in words(page)
    assert "half-a-secret" not in str(page)
    labels = [column["label"] for column in sheet(page, CONNECTION)["columns"]]
    assert labels == ["You see", "It means", "Do this"]
    assert any("This dashboard 0.1.0" in caption.value for caption in page.caption)


def test_a_hostile_name_of_the_organization_is_a_name(open_page: Open):
    with organization() as server:
        page = open_page(environment(server), page_key="connection")

    assert known(page)["Organization"] == NAMES[0]


@pytest.mark.parametrize(
    ("pressure", "words_"),
    [
        (0.0, "not known yet"),
        (0.25, "75 % left at the last answer"),
        (1.2, "0 % left at the last answer"),
    ],
)
def test_what_is_left_of_the_rate_limit(pressure: float, words_: str):
    assert rate_limit(pressure) == words_


def test_it_says_which_days_are_not_usual(demo: DemoServer, open_page: Open):
    env = {
        **demo.env,
        "GENESYS_CLOUD_HOLIDAYS": "GB-ENG",
        "GENESYS_CLOUD_UNUSUAL_DAYS": "2026-03-12/2026-03-13",
    }

    page = open_page(env, page_key="connection")

    assert known(page)["What is usual"] == (
        "told where kept days hold the 8 weeks before; left out are the holidays of GB-ENG and"
        " 2 marked days"
    )
