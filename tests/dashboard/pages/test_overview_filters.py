"""The Overview with filters, by a link or by hand."""

from __future__ import annotations

from datetime import date

import pytest

from genesys.demo import DemoServer
from genesys.insights.earlier import Way
from tests.dashboard.reading import (
    COMPLAINTS,
    FIRST_WEEK,
    PAIRS,
    Open,
    asked,
    columns,
    named,
    table,
    tiles,
    words,
)


@pytest.mark.parametrize(
    ("params", "offer", "summary"),
    [
        ({"media": "email"}, "2,836", "all queues · email"),
        ({"queue": list(COMPLAINTS)}, "588", "Complaints (Claims), Complaints (Customer Service)"),
        ({"queue": COMPLAINTS[0]}, "246", "Complaints (Claims) · all media types"),
        ({"find": "complaints (cust"}, "342", "names with “complaints (cust”"),
        ({"find": "deleted"}, "285", "names with “deleted”"),
    ],
    ids=["media", "two of one name", "one", "search", "deleted"],
)
def test_a_link_with_filters(demo: DemoServer, open_page: Open, params, offer: str, summary: str):
    page = open_page(demo.env, **FIRST_WEEK, **params)

    assert tiles(page)["Offer"] == offer
    assert table(page, PAIRS)[0][2] == int(offer.replace(",", ""))
    assert summary in words(page)


@pytest.mark.parametrize(
    ("period", "step"),
    [
        ("today", "auto"),
        ("yesterday", "hour"),
        ("this-week", "week"),
        ("last-30-days", "week"),
        ("this-month", "month"),
        ("last-month", "auto"),
    ],
)
def test_every_period_can_be_drawn(demo: DemoServer, open_page: Open, period: str, step: str):
    page = open_page(demo.env, period=period, step=step)

    assert not page.exception
    assert tiles(page)["Offer"] > "0"
    assert len(page.get("plotly_chart")) == 1


def test_filters_apply_together_and_only_with_apply(start_demo, open_page: Open):
    demo = start_demo()
    page = open_page(demo.env, period="today")
    before, requests = tiles(page), len(demo.requests)

    named(page.selectbox, "Period").set_value("custom").run()
    named(page.date_input, "First and last day").set_value((date(2026, 6, 1), date(2026, 6, 7)))
    named(page.pills, "Media types").set_value(["voice"])
    named(page.multiselect, "Queues").set_value([COMPLAINTS[1]])
    named(page.selectbox, "Metrics").set_value("own").run()
    named(page.multiselect, "Metrics of your own choice").set_value(["offered"])
    page.run()
    assert tiles(page) == before
    assert "**Today**" in words(page)
    assert len(demo.requests) == requests

    named(page.button, "Apply").click().run()

    assert tiles(page)["Offer"] == "156"
    assert "Complaints (Customer Service) · voice" in words(page)
    assert [row[:3] for row in table(page, PAIRS)] == [
        ["Total", "", 156],
        ["Complaints (Customer Service)", "voice", 156],
    ]


def test_reset_goes_back_to_the_default(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, media="email", find="claims", **FIRST_WEEK)

    named(page.button, "Reset").click().run()

    assert "**Last 7 days** · Mon 8 – Sun 14 Jun 2026 · all queues · all media types" in words(page)
    assert named(page.selectbox, "Period").value == "last-7-days"
    assert named(page.pills, "Media types").value == []
    assert not named(page.text_input, "Queue name contains").value


def test_no_metric_chosen_is_the_usual_ones(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, kpi="offered")

    named(page.multiselect, "Metrics of your own choice").set_value([])
    named(page.button, "Apply").click().run()

    assert len(columns(page, PAIRS)) == 6 + 3


def test_refresh_asks_again(start_demo, open_page: Open):
    demo = start_demo()
    page = open_page(demo.env, **FIRST_WEEK)
    before = len(demo.requests)

    named(page.button, "Refresh").click().run()

    # The last are the half-hours of the talking points.
    assert asked(demo, since=before) == ["all", "query", "queues", "query"]
    assert tiles(page)["Offer"] == "19,778"


def test_what_to_compare_with_is_a_filter_like_the_others(start_demo, open_page: Open):
    demo = start_demo()
    page = open_page(demo.env, **FIRST_WEEK)
    before = len(demo.requests)

    named(page.selectbox, "Compare with").set_value(Way.YEAR).run()
    assert "against Mon 25 – Sun 31 May 2026." in words(page)
    assert asked(demo, since=before) == []

    named(page.button, "Apply").click().run()
    assert (
        "Changes, of percentages in points: Mon 1 – Sun 7 Jun 2026 against Mon 2 – Sun 8 Jun 2025."
        in words(page)
    )
    # Of figures that are so old the retention is asked for, once.
    assert asked(demo, since=before) == ["query", "settings"]
    assert tiles(page)["Offer"] == "19,778"

    named(page.selectbox, "Compare with").set_value(Way.PREVIOUS)
    named(page.button, "Apply").click().run()
    assert "against Mon 25 – Sun 31 May 2026." in words(page)
    assert asked(demo, since=before) == ["query", "settings"]


@pytest.mark.parametrize(
    ("compare", "against", "label"),
    [
        ("weekdays", "Thu 4 Jun 2026 – Mon 8 Jun 2026 13:00", "Same weekdays before"),
        ("elapsed", "Sat 6 Jun 2026 – Wed 10 Jun 2026 13:00", "Same elapsed time before"),
        ("year", "Thu 12 Jun 2025 – Mon 16 Jun 2025 13:00", "Last year"),
        ("yesteryear", "Sat 6 Jun 2026 – Wed 10 Jun 2026 13:00", "Previous period"),
    ],
)
def test_a_link_with_a_comparison(
    demo: DemoServer, open_page: Open, compare: str, against: str, label: str
):
    dates = {"from": "2026-06-11", "to": "2026-06-15"}

    page = open_page(demo.env, compare=compare, **dates)

    assert f"against {against}." in words(page)
    assert (
        named(page.selectbox, "Compare with").format_func(
            named(page.selectbox, "Compare with").value
        )
        == label
    )


@pytest.mark.parametrize(
    "params",
    [{"media": "email"}, {"queue": COMPLAINTS[0]}, {"kpi": ["max_wait_sec", "voicemail"]}],
    ids=["media", "queue", "kpi"],
)
def test_another_look_at_the_same_figures_asks_nothing(start_demo, open_page: Open, params):
    demo = start_demo()
    open_page(demo.env, **FIRST_WEEK)
    before = len(demo.requests)

    open_page(demo.env, **FIRST_WEEK, **params)

    assert asked(demo, since=before) == []
