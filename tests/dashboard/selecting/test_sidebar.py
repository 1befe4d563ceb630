"""The filters: what Apply makes of what stands in them, and what it says of what it cannot."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from genesys.demo import DemoServer
from tests.dashboard.reading import (
    COMPLAINTS,
    FIRST_WEEK,
    MATRIX,
    PAIRS,
    Open,
    asked,
    cells,
    columns,
    named,
    plain,
    tiles,
    words,
)

CLAIMS_DIVISION = "07af8c92-8abd-53fb-a7f6-a37fb1cdd19c"
GONE = "2cca10b1-ebf1-5bae-87a7-5cf120d02367"
NEVER = "11111111-2222-4333-8444-555555555555"


def apply(page: AppTest) -> list[str]:
    """Press Apply; what is said of it."""
    named(page.button, "Apply").click().run()
    assert not page.exception
    return [plain(toast.value) for toast in page.toast]


def paste(page: AppTest, *names: str) -> list[str]:
    named(page.text_area, "Queue names, one on a line").set_value("\n".join(names))
    return apply(page)


def test_pasted_names_become_chosen_queues(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, **FIRST_WEEK)

    said = paste(page, "", " web  chat ", "BILLING")

    assert said == []
    assert "· Web Chat, Billing ·" in words(page)
    # 689 chats, and 1,897 calls, 100 callbacks, 340 e-mails and 329 messages.
    assert tiles(page)["Offer"] == "3,355"
    assert not named(page.text_area, "Queue names, one on a line").value


def test_a_pasted_name_of_two_queues_takes_both(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, **FIRST_WEEK)

    assert paste(page, "complaints") == []
    assert set(named(page.multiselect, "Queues").value) == set(COMPLAINTS)
    assert tiles(page)["Offer"] == "588"


def test_pasted_names_are_added_to_the_chosen_ones(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, queue=COMPLAINTS[0], **FIRST_WEEK)

    paste(page, "Complaints (Customer Service)")

    assert tiles(page)["Offer"] == "588"


def test_pasted_names_that_are_no_queues_are_named(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, **FIRST_WEEK)

    said = paste(page, "Billing", "Biling", "[x](javascript:alert(1)) <b>")

    assert said == ["Not found as queues: “Biling”, “[x](javascript:alert(1)) <b>”."]
    assert "· Billing ·" in words(page)


def test_more_names_than_can_be_chosen_are_said(start_demo, open_page: Open):
    page = open_page(start_demo(queues=150).env, **FIRST_WEEK)
    queues = named(page.multiselect, "Queues")

    said = paste(page, *queues.options)

    assert len(named(page.multiselect, "Queues").value) == 100
    (sentence,) = said
    assert sentence.startswith("Only the first 100 of 150 queues can be chosen one by one.")


def test_a_first_day_alone_says_so_before_apply_and_waits(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, **FIRST_WEEK)
    days = named(page.date_input, "First and last day")

    days.set_value((date(2026, 6, 8),)).run()

    assert "**Choose the last day too**" in [each.value for each in page.sidebar.markdown]
    assert apply(page) == ["Choose the last day too: nothing has been applied."]
    assert "Mon 1 – Sun 7 Jun 2026" in words(page)


def test_a_division_is_a_filter(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, **FIRST_WEEK)

    named(page.multiselect, "Divisions").set_value([CLAIMS_DIVISION])
    apply(page)

    # 4,804 calls, 191 callbacks and 1,285 e-mails.
    assert tiles(page)["Offer"] == "6,280"
    assert "· all queues · Claims · all media types ·" in words(page)


def test_metrics_of_ones_own_are_shown_with_apply(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, **FIRST_WEEK)

    named(page.selectbox, "Metrics").set_value("own").run()
    named(page.multiselect, "Metrics of your own choice").set_value(["voicemail", "offered"])
    assert len(tiles(page)) == 6
    apply(page)

    assert columns(page, PAIRS)[2:-1] == ["offered", "voicemail"]
    assert list(tiles(page)) == ["Offer", "Voicemail"]


def test_a_set_of_metrics_is_shown_with_apply(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, kpi="offered", **FIRST_WEEK)

    named(page.selectbox, "Metrics").set_value("volume").run()
    assert list(tiles(page)) == ["Offer"]
    apply(page)

    assert list(tiles(page)) == [*("Offer", "Answer", "Abandon", "Flow-Out", "Handle", "Outbound")]


def test_minimum_blending_and_times_are_shown_with_apply_and_ask_nothing(
    start_demo, open_page: Open
):
    demo = start_demo()
    page = open_page(demo.env, show="ASA", **FIRST_WEEK)
    before = len(demo.requests)

    named(page.number_input, "Minimum contacts").set_value(2500)
    named(page.toggle, "Blend media types in times").set_value(True)
    named(page.selectbox, "Times as").set_value("h:mm:ss")
    apply(page)

    assert [row[0] for row in cells(page, MATRIX)] == ["All queues", "Claims", "Billing"]
    assert tiles(page)["ASA"] == "2:49:53"
    assert "· rows from 2,500 contacts · times blended ·" in words(page)
    assert asked(demo, since=before) == []


def test_days_are_those_of_the_zone_that_is_chosen_and_apply_writes_it_into_the_address(
    demo: DemoServer, open_page: Open
):
    page = open_page(demo.env, **FIRST_WEEK, zone="Asia/Kathmandu")
    zone = named(page.selectbox, "Time zone of days and hours")

    assert "Asia/Kathmandu" in words(page)
    assert "Not understood" not in words(page)
    assert (zone.options[0], zone.value) == ("Europe/London, as set", "Asia/Kathmandu")

    zone.set_value("")
    apply(page)

    assert page.query_params.get("zone") is None
    assert "Europe/London" in words(page)


@pytest.mark.parametrize(
    ("queue", "offer"), [(GONE, "531"), (NEVER, "246")], ids=["deleted", "never there"]
)
def test_a_queue_that_is_in_no_list_is_named_and_the_others_are_there(
    demo: DemoServer, open_page: Open, queue: str, offer: str
):
    page = open_page(demo.env, queue=[COMPLAINTS[0], queue], **FIRST_WEEK)

    # 110 calls and 136 e-mails of the one, 226 and 59 of the deleted one.
    assert tiles(page)["Offer"] == offer
    assert f"Deleted queue ({queue[:8]}) is in this link, but exists no longer." in words(page)
    assert named(page.multiselect, "Queues").value == [COMPLAINTS[0], queue]


def test_many_queues_that_are_in_no_list_make_one_sentence(demo: DemoServer, open_page: Open):
    gone = [f"{at:08}{NEVER[8:]}" for at in range(99)]

    page = open_page(demo.env, queue=[COMPLAINTS[0], *gone], **FIRST_WEEK)

    assert (
        "Deleted queue (00000000), Deleted queue (00000001), Deleted queue (00000002) and 96 more"
        " are in this link, but exist no longer."
    ) in words(page)
    assert words(page).count("Deleted queue") == 3


OTHER_FILTERS = (
    {},
    {"media": "email"},
    {"queue": COMPLAINTS[0]},
    {"set": "handling"},
    {"blend": "yes", "min": "20", "times": "mm:ss"},
)


@pytest.mark.parametrize("key", ["overview", "queues", "media", "when", "changes", "query"])
def test_a_second_look_and_other_filters_ask_nothing(start_demo, open_page: Open, key: str):
    demo = start_demo()
    assert not open_page(demo.env, page_key=key, **FIRST_WEEK).exception
    before = len(demo.requests)

    for params in OTHER_FILTERS:
        assert not open_page(demo.env, page_key=key, **FIRST_WEEK, **params).exception

    assert asked(demo, since=before) == []
