"""Queues held side by side."""

from __future__ import annotations

import json

import pytest

from dashboard.sections.queue_trends import _told_apart
from genesys.demo import DemoServer
from tests.dashboard.pages.queues import opened
from tests.dashboard.reading import (
    COMPLAINTS,
    Open,
    cells,
    chart,
    named,
    table,
    words,
)
from tests.dashboard.world import BILLING, CLAIMS

SALES = "57b38875-7a98-5195-bd3e-5bb90bc073df"


NOBODY = "00000000-0000-4000-8000-000000000000"


def test_queues_side_by_side_stand_below_the_average_of_all(demo: DemoServer, open_page: Open):
    page = opened(open_page, demo, pick=[CLAIMS, BILLING, *COMPLAINTS], kpi="offered")

    # 19,778 offered to 25 queues.
    assert table(page) == [
        ["Average of all queues", 791, ""],
        ["Claims", 2998, "Claims"],
        ["Complaints (Customer Service)", 342, "Customer Service"],
        ["Complaints (Claims)", 246, "Claims"],
        ["Billing", 2666, "Customer Service"],
    ]
    assert "divided by the 25 queues with contacts" in words(page)


def test_side_by_side_draws_at_most_five_lines_and_names_what_is_left_to_the_table(
    demo: DemoServer, open_page: Open
):
    page = opened(open_page, demo, kpi="offered", pick=[CLAIMS, BILLING, SALES, *COMPLAINTS])

    assert len(chart(page)["data"]) == 5
    assert "Average of all queues" in [line["name"] for line in chart(page)["data"]]
    assert "Left to the table: Complaints (Claims)." in words(page)


def test_side_by_side_shows_the_target_the_changes_and_on_demand_the_difference(
    demo: DemoServer, open_page: Open
):
    params = {"pick": [CLAIMS, BILLING], "kpi": "abandon_pct"}
    changes = cells(opened(open_page, demo, **params))
    differences = cells(opened(open_page, demo, beside="Difference to the average", **params))

    assert [row[:2] for row in changes] == [
        ["Average of all queues", "4.6 %"],
        ["Target of all of them", "5.0 %"],
        ["Claims", "3.6 % ✓   −0.9 ▼"],
        ["Billing", "4.0 % ✓   −0.3 ▼"],
    ]
    assert [row[1] for row in differences[2:]] == ["3.6 % ✓   −1.1 ▼", "4.0 % ✓   −0.6 ▼"]


def test_side_by_side_shows_each_media_type_of_each_queue(demo: DemoServer, open_page: Open):
    page = opened(open_page, demo, pick=[CLAIMS, BILLING], kpi="offered")

    assert table(page, 1) == [
        ["Claims", "voice", 2327],
        ["Billing", "voice", 1897],
        ["Claims", "callback", 191],
        ["Billing", "callback", 100],
        ["Claims", "email", 480],
        ["Billing", "email", 340],
        ["Billing", "message", 329],
    ]


def test_an_average_rate_is_that_of_all_contacts_together(demo: DemoServer, open_page: Open):
    page = opened(open_page, demo, pick=[CLAIMS, BILLING], kpi="abandon_pct")

    assert table(page)[0][1] == pytest.approx(4.626, abs=0.001)


def test_a_maximum_has_no_average(demo: DemoServer, open_page: Open):
    page = opened(open_page, demo, pick=[CLAIMS, BILLING], kpi="max_wait_sec")

    assert table(page)[0][1] is None
    assert "A maximum has no average." in words(page)


def test_a_picked_queue_without_contacts_keeps_its_row(demo: DemoServer, open_page: Open):
    page = opened(open_page, demo, pick=[CLAIMS, NOBODY], min="5000")

    assert [row[0] for row in table(page)] == [
        "Average of all queues",
        "Target of all of them",
        "Claims",
        "Deleted queue (00000000)",
    ]
    assert "Deleted queue (00000000) is in this link, but exists no longer." in words(page)


def test_courses_side_by_side_are_drawn_over_the_earlier_period_on_demand(
    demo: DemoServer, open_page: Open
):
    page = opened(open_page, demo, pick=[CLAIMS, BILLING], kpi="offered")
    now = json.loads(page.get("plotly_chart")[0].proto.spec)["data"]

    named(page.toggle, "Show the earlier period").set_value(True).run()

    both = json.loads(page.get("plotly_chart")[0].proto.spec)["data"]
    # Claims, Billing and the average.
    assert (len(now), len(both)) == (3, 6)
    assert "Pale lines: Mon 25 – Sun 31 May 2026." in words(page)


def test_long_names_that_are_cut_alike_are_numbered():
    long = "Household and Contents Insurance Claims "

    assert _told_apart([f"{long}North", f"{long}South", "Sales"]) == {
        f"{long}North": f"1. {long}North",
        f"{long}South": f"2. {long}South",
        "Sales": "Sales",
    }
