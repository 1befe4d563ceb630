"""The page Media types: shares, KPIs, and service level against the queues' own targets."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from genesys.demo import DemoServer
from tests.dashboard.reading import (
    COMPLAINTS,
    FIRST_WEEK,
    Open,
    asked,
    chart,
    columns,
    table,
    tables,
    words,
)
from tests.dashboard.world import CLAIMS
from tests.hostile_queues import environment, organization

OWN = "Queues that met their own target: "


def offered(page: AppTest) -> list[int]:
    return [row[columns(page).index("offered")] for row in table(page)]


def test_media_types_have_rows_of_their_own_and_no_total(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, page_key="media", **FIRST_WEEK)
    rows = table(page)

    assert [row[0] for row in rows] == ["voice", "chat", "email", "callback", "message"]
    assert offered(page) == [13226, 1458, 2836, 587, 1671]
    # 10,542 of 13,062 voice contacts in time, 2,144 of 2,797 e-mails, and so on
    levels = [round(row[columns(page).index("service_level_pct")], 1) for row in rows]
    assert levels == [80.7, 74.1, 76.7, 78.8, 83.9]
    assert columns(page)[:2] == ["media_type", "offered"]


def test_shares_are_of_all_that_was_offered(demo: DemoServer, open_page: Open):
    bars = chart(open_page(demo.env, page_key="media", **FIRST_WEEK))["data"][0]

    # 13,226 of 19,778
    assert bars["hovertext"][0].startswith("<b>voice 66.9 % (13,226)</b><br>before: ")
    assert bars["hovertext"][4].startswith("<b>callback 3.0 % (587)</b>")


def test_it_says_how_many_queues_met_their_own_target(demo: DemoServer, open_page: Open):
    said = words(open_page(demo.env, page_key="media", **FIRST_WEEK))

    whole = "voice 11 of 22, callback 0 of 1, chat 1 of 3, email 3 of 16, message 6 of 6."
    assert f"{OWN}{whole}" in said


def test_a_single_queue(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, page_key="media", queue=CLAIMS, **FIRST_WEEK)

    assert f"{OWN}voice 1 of 1, email 0 of 1." in words(page)
    assert offered(page) == [480, 2327, 191]


def test_few_contacts_are_not_judged(demo: DemoServer, open_page: Open):
    day = {"from": "2026-05-31", "to": "2026-05-31"}
    page = open_page(demo.env, page_key="media", queue=COMPLAINTS[0], **day)

    assert OWN not in words(page)
    assert offered(page) == [6]


def test_no_figures_at_all(demo: DemoServer, open_page: Open):
    day = {"from": "2015-05-31", "to": "2015-05-31"}
    page = open_page(demo.env, page_key="media", **day)

    assert "Genesys Cloud has no interactions for Sun 31 May 2015" in words(page)
    assert not tables(page)
    assert not page.get("plotly_chart")


def test_an_organization_without_service_levels_says_so(open_page: Open):
    with organization() as server:
        page = open_page(environment(server), page_key="media", **FIRST_WEEK)

    assert "Service Level % has no value for these media types." in words(page)
    assert offered(page) == [100]


def test_a_second_look_asks_nothing(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, page_key="media", **FIRST_WEEK)
    before = len(demo.requests)

    page.run()

    assert not page.exception
    assert asked(demo, since=before) == []
