"""The Overview where something is wrong: empty, refused, unreachable, or with hostile names."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest

from dashboard.data import fetching
from genesys import settings
from genesys.demo import DemoOptions, DemoServer, serve
from tests.conftest import DEMO_NOW
from tests.dashboard.reading import (
    FIRST_WEEK,
    PAIRS,
    Open,
    named,
    plain,
    table,
    tiles,
    words,
)
from tests.hostile_queues import IDS, NAMES, TURNED, environment, organization

VIEW = "analytics:conversationAggregate:view"


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
