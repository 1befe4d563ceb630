"""What the Overview says of its figures: changes, targets, explanations, and how firm they are."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dashboard.data import fetching
from genesys.demo import DemoServer
from tests.conftest import DEMO_NOW
from tests.dashboard.reading import (
    FIRST_WEEK,
    PAIRS,
    Open,
    cells,
    columns,
    helps,
    named,
    plain,
    table,
    words,
)
from tests.dashboard.world import CLAIMS
from tests.hostile_queues import IDS, NAMES, environment, organization


def marks(page) -> dict[str, tuple[str, str]]:
    """The change of each tile, and what stands beside it: the earlier value and the target."""
    return {
        tile.label: (tile.delta, tile.proto.delta_description.replace("\u00a0", " "))
        for tile in page.metric
    }


def test_tiles_have_the_change_the_earlier_value_and_the_target(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, **FIRST_WEEK)

    assert marks(page) == {
        "Offer": ("+4,303", "from 15,475"),
        "Answer %": ("−0.5", "worse than 94.3 % target 95 %: near"),
        "Abandon %": ("+0.1", "of 14,764 offered worse than 4.5 % target at most 5 %: met"),
        "Service Level %": ("−0.4", "worse than 80.2 % 21 of 48 groups met"),
        "ASA": ("+3.4 s", "worse than 0:18 21 of 22 groups met"),
        "Avg Handle": ("+0.8 s", "from 6:27 target within 10 %: met"),
    }


def test_green_and_red_follow_what_is_good_for_the_kpi(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, **FIRST_WEEK)
    red, grey = 0, 2

    assert {tile.label: tile.proto.color for tile in page.metric} == {
        "Offer": grey,
        "Answer %": red,
        "Abandon %": red,
        "Service Level %": red,
        "ASA": red,
        "Avg Handle": grey,
    }


def test_the_help_of_a_tile_holds_the_formula_with_its_own_figures(
    demo: DemoServer, open_page: Open
):
    said = helps(open_page(demo.env, **FIRST_WEEK))

    assert said["Answer %"] == (
        "Share of the offered that was answered. Higher is better. Target 95 %; near."
        " Answer 93.9 % = 18,088 answered / 19,271 offered."
        " A conversation that is transferred to another queue counts in each of them,"
        " so a total over several queues may hold it more than once."
        " Genesys Cloud metrics: tAnswered.count / nOffered.count."
        " Target from the product's defaults."
        " Source: Genesys Cloud Resource Center, metric definitions."
    )
    assert (
        "Targets: 21 of 48 queue and media type pairs met their own target,"
        " 2 more had few contacts; their targets weighted by contacts: 80.5 %."
        " Service Level 79.8 % = 14,984 in time / 18,771 answered or abandoned."
    ) in said["Service Level %"]
    assert (
        "+0.2 % against 6:27 (387.1 s) in the comparison interval; target within 10 %; met."
        " Avg Handle 6:28 (387.9 s) = 5,879,453.688 s handled / 15,157 handled."
        " Times over voice, callback and chat."
    ) in said["Avg Handle"]


def test_one_queue_has_its_own_target_in_the_tile(demo: DemoServer, open_page: Open):
    page = open_page(
        demo.env, queue="08c9b80f-70c8-55d9-bd05-ad2029943cee", media="voice", **FIRST_WEEK
    )

    assert marks(page)["Service Level %"] == (
        "+1.9",
        "better than 79.8 % target 80 % in 20 s: met",
    )
    assert "Target 80 % in 20 s; " in helps(page)["Service Level %"]
    assert "contacts in hand" in helps(page)["Service Level %"]
    assert "Target from the queue's settings." in helps(page)["Service Level %"]


def test_values_carry_a_sign_for_their_target(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, **FIRST_WEEK)
    read = {(row[0], row[1]): row[2:-1] for row in cells(page, PAIRS)}

    assert columns(page, PAIRS)[2:-1] == [
        *("offered", "answer_pct", "abandon_pct"),
        *("service_level_pct", "asa_sec", "aht_sec"),
    ]
    assert read["Total", ""] == [*("19,778", "93.9 % ~", "4.6 % ✓", "79.8 %", "0:21", "6:28 ✓")]
    assert read["Claims", "voice"] == [
        *("2,327", "95.1 % ✓", "3.6 % ✓", "81.8 % ✓", "0:11 ✓", "6:27 ✓")
    ]
    assert read["Policy Changes", "voice"][3] == "79.5 % ~"
    assert read["Head Office Facilities", "voice"] == [
        *("14", "85.7 % °", "14.3 % °", "64.3 % °", "0:13 °", "5:01 °")
    ]
    assert read["No queue", "voice"] == ["—", "—", "—", "—", "—", "3:35"]


def test_changes_carry_a_sign_for_better_or_worse(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, **FIRST_WEEK)

    named(page.segmented_control, "Show in the table").set_value("Changes").run()

    read = {(row[0], row[1]): row[2:-1] for row in cells(page, PAIRS)}
    assert read["Total", ""] == [
        *("+4,303", "−0.5 pts ▼", "+0.1 pts ▲", "−0.4 pts ▼", "+3.4 s ▲", "+0.8 s")
    ]
    assert read["Claims", "voice"] == [
        *("+499", "+1.0 pts ▲", "−0.9 pts ▼", "+1.9 pts ▲", "−2.4 s ▼", "+13.2 s")
    ]
    assert [row[:2] for row in table(page, PAIRS)[:3]] == [
        ["Total", ""],
        ["Technical Support", "voice"],
        ["Technical Support", "chat"],
    ]
    assert read["No queue", "voice"] == ["—", "—", "—", "—", "—", "−0.7 s"]


def test_a_link_to_the_changes(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, cells="Changes", kpi="answer_pct", **FIRST_WEEK)

    assert columns(page, PAIRS) == ["queue_name", "media_type", "answer_pct change", "division"]
    assert cells(page, PAIRS)[0] == ["Total", "", "−0.5 pts ▼", ""]


def test_queues_that_are_new_or_gone_say_so_in_the_changes(open_page: Open):
    only_in = {IDS[1]: "2026-06", IDS[2]: "2026-05"}
    with organization(("Stays", "Comes", "Goes"), only_in) as server:
        page = open_page(environment(server), cells="Changes", **FIRST_WEEK)

        assert [row[:5] for row in cells(page, PAIRS)] == [
            ["Total", "", "±0", "±0.0 pts", "±0.0 pts"],
            ["Stays", "voice", "±0", "±0.0 pts", "±0.0 pts"],
            ["Comes (new)", "voice", "—", "—", "—"],
            ["Goes (none now)", "voice", "—", "—", "—"],
        ]
        named(page.segmented_control, "Show in the table").set_value("Values").run()
        assert [row[0] for row in cells(page, PAIRS)] == ["Total", "Stays", "Comes"]


def test_no_change_has_neither_arrow_nor_colour(open_page: Open):
    with organization() as server:
        page = open_page(environment(server), **FIRST_WEEK)

        offer = named(page.metric, "Offer")
        assert (offer.delta, offer.proto.color, offer.proto.direction) == ("±0", 2, 2)
        assert marks(page)["Answer %"] == ("±0.0", "from 90.0 % target 95 %: near")
        assert named(page.metric, "Answer %").proto.color == 2


def test_without_earlier_figures_there_is_no_change_but_the_target_stands(open_page: Open):
    with organization(only_in=dict.fromkeys(IDS, "2026-06")) as server:
        page = open_page(environment(server), **FIRST_WEEK)

        assert not page.exception
        assert marks(page)["Offer"] == ("", "")
        assert marks(page)["Answer %"][0] == ""
        assert "Target 95 %; near" in helps(page)["Answer %"]
        named(page.segmented_control, "Show in the table").set_value("Changes").run()
        assert {row[2] for row in cells(page, PAIRS)} == {"—"}
        assert all(row[0].endswith(" (new)") for row in cells(page, PAIRS)[1:])


def test_hostile_names_are_names_among_the_changes_too(open_page: Open):
    with organization() as server:
        page = open_page(environment(server), cells="Changes", **FIRST_WEEK)

        assert {row[0] for row in table(page, PAIRS)[1:]} == {
            " ".join(name.split()) for name in NAMES
        }


@pytest.mark.parametrize(
    ("period", "firmness"),
    [
        (
            "today",
            (
                "Still running: Mon 15 Jun 2026, 13:00 – 13:10."
                " Provisional, as the last 30 minutes may still change:"
                " Mon 15 Jun 2026, 12:30 – 13:10."
                " Younger than 72 hours, so the nightly correction has not passed yet:"
                " Mon 15 Jun 2026, 00:00 – 13:10."
            ),
        ),
        (
            "yesterday",
            "Younger than 72 hours, so the nightly correction has not passed yet: Sun 14 Jun 2026.",
        ),
        ("last-month", "All figures are older than 72 hours."),
    ],
)
def test_a_line_says_how_firm_the_figures_are(
    start_demo, open_page: Open, monkeypatch: pytest.MonkeyPatch, period: str, firmness: str
):
    moment = DEMO_NOW + timedelta(minutes=10)
    monkeypatch.setattr("tests.dashboard.conftest.DEMO_NOW", moment)

    page = open_page(start_demo(clock=lambda: moment).env, period=period)

    (line,) = [each for each in page.caption if " · as of " in each.value]
    assert plain(line.help) == f"As of Mon 15 Jun 2026, 13:10 (Europe/London). {firmness}"
    assert line.value.endswith("some figures can still move") == (period != "last-month")


def test_a_running_day_is_compared_with_as_much_of_the_day_before(
    demo: DemoServer, open_page: Open
):
    page = open_page(demo.env, period="today")

    spans = "Mon 15 Jun 2026, 00:00 – 13:00 against Sun 14 Jun 2026, 00:00 – 13:00."
    assert f"Changes, of percentages in points: {spans}" in words(page)
    assert fetching.now() == DEMO_NOW


@pytest.mark.parametrize(
    ("key", "more"),
    [("", {}), ("", {"cells": "Changes"}), ("media", {}), ("queues", {"pick": CLAIMS})],
)
def test_each_page_says_once_what_signs_and_arrows_mean(
    demo: DemoServer, open_page: Open, key: str, more: dict[str, str]
):
    said = words(open_page(demo.env, key, **FIRST_WEEK, **more))

    assert (said.count("▲ more · ▼ less"), said.count("✓ target met")) == (1, 1)
