"""The page Queues: all queues, the view of one, and a few side by side."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from genesys.demo import DemoServer
from tests.dashboard.pages.queues import opened
from tests.dashboard.reading import (
    Open,
    asked,
    named,
    table,
    tables,
    tiles,
    words,
)
from tests.dashboard.world import BILLING, CLAIMS
from tests.hostile_queues import IDS, NAMES, environment, organization


def headers(page: AppTest) -> list[str]:
    return [header.value for header in page.header]


def test_all_queues_stand_in_one_table_what_lacks_most_first(demo: DemoServer, open_page: Open):
    page = opened(open_page, demo)

    assert [row[:2] for row in table(page)[:4]] == [
        ["Total", 19778],
        ["Technical Support", 1225],
        ["Home Claims", 748],
        ["Claims", 2998],
    ]
    assert len(table(page)) == 27
    assert table(page)[-1][0] == "No queue"
    assert not tiles(page)


def test_queues_to_choose_from_come_in_the_order_of_the_table(demo: DemoServer, open_page: Open):
    choices = named(opened(open_page, demo).multiselect, "Queues in view").options

    assert choices[:3] == ["Technical Support", "Home Claims", "Claims"]
    assert "No queue" not in choices
    assert {"Complaints (Claims)", "Complaints (Customer Service)"} <= {*choices}


def test_choosing_a_queue_shows_it_and_all_queues_leads_back(demo: DemoServer, open_page: Open):
    page = opened(open_page, demo)

    named(page.multiselect, "Queues in view").set_value([CLAIMS])
    named(page.button, "Show").click().run()

    assert words(page).startswith("Claims\n")
    assert CLAIMS in page.query_params["pick"]

    named(page.button, "All queues").click().run()

    assert words(page).startswith("Queues\n")
    assert "pick" not in page.query_params
    assert named(page.multiselect, "Queues in view").value == []


def test_the_view_of_a_queue_tells_all_of_it(demo: DemoServer, open_page: Open):
    page = opened(open_page, demo, pick=CLAIMS)

    assert tiles(page) == {
        "Offer": "2,998",
        "Answer %": "95.2 %",
        "Abandon %": "3.6 %",
        "Service Level %": "80.6 %",
        "ASA": "0:11",
        "Avg Handle": "6:27",
    }
    assert headers(page) == [
        "Media types",
        "Service Level % over time",
        "Service Level % by weekday and hour",
        "Where the offered went",
        "Worst half-hours",
        "Interval report",
    ]
    assert [row[:2] for row in table(page)] == [
        ["Total", 2998],
        ["email", 480],
        ["voice", 2327],
        ["callback", 191],
    ]
    assert "2,998 were offered to queues." in words(page)


def test_the_interval_report_has_a_row_for_each_day_in_order(demo: DemoServer, open_page: Open):
    report = table(opened(open_page, demo, pick=CLAIMS), 1)

    assert [row[:2] for row in report[:3]] == [
        ["Total", 2998],
        ["Mon 1 Jun 2026", 646],
        ["Tue 2 Jun 2026", 555],
    ]
    assert len(report) == 8


@pytest.mark.parametrize("step", ["Hours", "Half hours"])
def test_the_interval_report_adds_up_at_every_step(demo: DemoServer, open_page: Open, step: str):
    page = opened(open_page, demo, pick=CLAIMS, report=step)

    whole, *buckets = table(page, 1)

    assert whole[1] == 2998
    assert sum(row[1] for row in buckets if row[1] == row[1]) == 2998


def test_words_that_mean_no_queue_and_no_order_are_named_and_no_queue_is_called_deleted(
    demo: DemoServer, open_page: Open
):
    page = opened(open_page, demo, pick="Claimz", **{"sort-queues": "ofered", "show": "ASAP"})
    said = words(page)

    assert page.title[0].value == "Unknown queue “Claimz”"
    assert "pick=Claimz. Did you mean Claims?" in said
    assert "show=ASAP. Did you mean ASA" in said
    assert "Deleted queue" not in said


def test_an_order_by_a_column_that_no_table_has_is_named(demo: DemoServer, open_page: Open):
    page = opened(open_page, demo, **{"sort-queues": "-ofered"})

    assert "Not understood in the link: sort-queues=-ofered. Did you mean offered?" in words(page)


def test_a_queue_without_figures_says_so(demo: DemoServer, open_page: Open):
    page = opened(open_page, demo, pick=CLAIMS, media="chat")

    assert "Genesys Cloud has no interactions" in words(page)
    assert not tables(page)


def test_a_queue_deleted_since_stands_in_the_table(demo: DemoServer, open_page: Open):
    page = opened(open_page, demo, find="deleted")

    assert [row[:2] for row in table(page)] == [["Total", 285], ["Deleted queue (2cca10b1)", 285]]


def test_a_second_look_asks_nothing(demo: DemoServer, open_page: Open):
    opened(open_page, demo, pick=CLAIMS)
    since = len(demo.requests)

    opened(open_page, demo, pick=CLAIMS)
    opened(open_page, demo, pick=[CLAIMS, BILLING])
    opened(open_page, demo)

    assert asked(demo, since) == []


@pytest.mark.parametrize("picks", [[], [IDS[0]], list(IDS[:6])], ids=["all", "one", "some"])
def test_hostile_names_are_names(open_page: Open, picks: list[str]):
    with organization() as server:
        day = {"from": "2026-06-01", "to": "2026-06-01"}
        page = open_page(environment(server), page_key="queues", pick=picks, **day)

        assert not page.exception
        assert {*named(page.multiselect, "Queues in view").options} == {
            " ".join(name.split()) for name in NAMES
        }
        if len(picks) == 1:
            assert words(page).startswith(" ".join(NAMES[0].split()))


def test_no_figures_at_all_say_what_to_check(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, page_key="queues", **{"from": "2019-06-01", "to": "2019-06-07"})

    assert "Genesys Cloud has no interactions" in words(page)
    assert not tables(page)


def test_a_link_with_names_is_looked_up_and_what_it_says_in_vain_is_told_and_stays(
    demo: DemoServer, open_page: Open
):
    page = open_page(demo.env, "queues", queue=["billing", "Nobody"], media=["voise"])

    assert "Not understood in the link:" in words(page)
    assert "media=voise. Did you mean voice or video?" in words(page)
    assert "queue=Nobody." in words(page)
    assert page.query_params["media"] == "voise"
    assert page.query_params["queue"][1] == "Nobody"
    assert len(page.query_params["queue"][0]) == 36
