"""Pages over kept days: what moved is told, and a link shows what was known before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from dashboard.data import fetching, organization
from dashboard.sections.connection import connection
from dashboard.sign_in import present
from dashboard.sign_in.present import Present
from genesys.__main__ import main
from genesys.demo import DemoServer
from genesys.organization.scope import Scope
from tests.conftest import DEMO_NOW
from tests.dashboard.reading import FIRST_WEEK, Open, named, tiles, words
from tests.days.at_once import keep_span

LATER = DEMO_NOW + timedelta(days=1)
MOVED = "Wed 3 Jun 2026 (UTC) moved, found on Tue 16 Jun 2026: Answer +"


@pytest.fixture
def corrected(
    demo: DemoServer, start_demo: Callable[..., DemoServer], tmp_path, monkeypatch
) -> DemoServer:
    """An organization that corrected 3 June after it was kept, and that was asked again."""
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))

    keep_span(demo, tmp_path, date(2026, 5, 24), date(2026, 6, 8), DEMO_NOW)
    monkeypatch.setattr("genesys.days.filling.AGAIN", timedelta(days=20))
    later = start_demo(corrected=(date(2026, 6, 3),), clock=lambda: LATER)
    for name, value in later.env.items():
        monkeypatch.setenv(name, value)
    again = ["keep", "--quiet", "--since", "2026-05-24", "--until", "2026-06-08"]
    assert main(again, LATER) == 0
    return later


def answered(page) -> str:
    return tiles(page)["Answer"]


def test_a_day_that_moved_is_told_and_a_link_shows_what_was_known_before(
    corrected: DemoServer, open_page: Open, monkeypatch
):
    page = open_page(corrected.env, **FIRST_WEEK, set="volume")
    monkeypatch.setattr(fetching, "now", lambda: LATER)
    page.run()
    now = answered(page)
    assert MOVED in words(page)

    page.query_params["as_of"] = "2026-06-15"
    page.run()
    then = answered(page)
    assert then == "18,088"
    assert int(now.replace(",", "")) > 18_088
    assert MOVED not in words(page)
    assert "As known on Mon 15 Jun 2026: 15 days as kept by then." in words(page)

    source = organization.source()
    said = dict(connection(organization.client(), source))["Kept days"]
    assert MOVED in said.replace("\\", "")

    named(page.button, "As known now").click().run()
    assert page.query_params.get("as_of") is None
    assert answered(page) == now


def test_the_query_page_says_that_no_request_was_sent_where_all_was_kept(
    demo: DemoServer, open_page: Open, kept
):
    none = "None was sent for these figures: all of them were kept."
    page = open_page({**demo.env, "DASHBOARD_DATA": str(kept)}, "query", **FIRST_WEEK)
    first = words(page)  # the sign-on was sent
    page.query_params["from"], page.query_params["to"] = "2026-05-04", "2026-05-10"
    page.run()

    assert not page.exception
    assert none not in first
    assert none in words(page)


def test_who_may_not_see_all_is_told_the_day_without_its_figures(
    corrected: DemoServer, open_page: Open, monkeypatch
):
    theirs = Scope(division_names=frozenset({"Sales"}))
    monkeypatch.setattr(present, "present", lambda: Present(None, theirs))
    page = open_page(corrected.env, **FIRST_WEEK)

    assert "Wed 3 Jun 2026 (UTC) moved, found on Tue 16 Jun 2026." in words(page)
    assert MOVED not in words(page)


def test_as_of_where_nothing_is_kept_says_so(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, **FIRST_WEEK, set="volume", as_of="2026-06-12")

    assert "No days are kept here: figures are as the organization has them now." in words(page)
    assert answered(page) == "18,088"


def test_days_older_than_the_organization_keeps_are_shown_as_kept_and_said_so(
    start_demo: Callable[..., DemoServer], open_page: Open, tmp_path, monkeypatch
):
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    server = start_demo()
    keep_span(server, tmp_path, date(2026, 2, 1), date(2026, 2, 10), DEMO_NOW)
    monkeypatch.setattr("dashboard.data.organization.retention_days", lambda: 30)
    page = open_page(server.env, **{"from": "2026-02-02", "to": "2026-02-08"})

    assert (
        "Days before Sat 16 May 2026 are older than the 30 days for which this organization keeps"
        " figures: they are shown as they were kept here."
    ) in words(page)
