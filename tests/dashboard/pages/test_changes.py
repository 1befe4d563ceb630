"""What changed: the sentence, what moved the KPI, and where the offered went."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from genesys.demo import DemoServer
from genesys.kpis.catalogue import KPI_BY_KEY
from reports.sections.drivers import drivers_table, steps_table
from reports.sections.outcomes import base_words, outcomes_table
from reports.theme import NEUTRAL
from tests.dashboard.reading import COMPLAINTS, FIRST_WEEK, Open, asked, chart, named, words
from tests.dashboard.world import FIRST_WEEK as WEEK
from tests.dashboard.world import World, figures
from tests.hostile_queues import IDS, NAMES, environment, organization

PAYMENTS = "5fbed0c4-dd4e-5eda-884b-ae99c1d6ac8e"


@pytest.fixture
def open_changes(open_page: Open) -> Open:
    def opened(env: dict[str, str], **params: str | list[str]) -> AppTest:
        return open_page(env, page_key="changes", **{**FIRST_WEEK, **params})

    return opened


def headings(page: AppTest) -> list[str]:
    return [heading.value for heading in page.header]


def axis(page: AppTest, at: int = 0) -> list[str]:
    """The labels of a chart's rows."""
    ticks = charts(page)[at]["layout"]["yaxis"]["ticktext"]
    return [text.replace("<br>", " ") for text in ticks]


def charts(page: AppTest) -> list[dict[str, Any]]:
    return [json.loads(each.proto.spec) for each in page.get("plotly_chart")]


def test_the_change_is_said_in_one_sentence(demo: DemoServer, open_changes: Open):
    page = open_changes(demo.env, show="Service Level %")

    # 14,984 of 18,771 against 11,847 of 14,765.
    assert "**Service Level** fell by 0.4 points to **79.8 %** from 80.2 %, which is worse." in (
        words(page)
    )
    assert headings(page) == [
        "What moved Service Level",
        "From the earlier interval to this one",
        "Where the offered went",
    ]
    assert len(page.get("plotly_chart")) == 3


def test_the_greatest_drivers_are_told_in_words(demo: DemoServer, open_changes: Open):
    said = words(open_changes(demo.env, show="Service Level %"))

    assert (
        "- Policy Changes voice went from 83.8 % to 79.5 %;"
        " that alone cost 0.3 points of Service Level." in said
    )
    assert said.count("that alone") == 5


def test_a_queue_and_media_type_has_one_figure_wherever_it_stands(world: World):
    seen, kpi = figures(WEEK), KPI_BY_KEY["asa_sec"]
    table, steps = (make(seen, kpi, 0).rows for make in (drivers_table, steps_table))

    assert not table.duplicated(["queue_id", "media_type"]).any()
    first = table.iloc[0]
    assert (first["queue_name"], first["media_type"]) == ("Retention", "callback")
    assert round(first["contribution"], 1) == round(first["mix"] + first["performance"], 1) == 2.2
    assert steps["contribution"].iloc[1:-1].tolist() == table["contribution"].tolist()


def test_what_is_grey_is_told_where_anything_is(demo: DemoServer, open_changes: Open):
    told = {}
    for label in ("Answer %", "Service Level %"):
        page = open_changes(demo.env, show=label)
        is_grey = NEUTRAL in charts(page)[0]["data"][0]["marker"]["color"]
        told[label] = ("Grey is not judged; the table says why." in words(page), is_grey)

    assert told == {"Answer %": (True, True), "Service Level %": (False, False)}


def test_what_is_hatched_is_told_where_anything_is(demo: DemoServer, open_changes: Open):
    told = {}
    for kpi in ("Service Level %", "Abandon %", "Avg Handle"):
        page = open_changes(demo.env, show=kpi)
        is_hatched = "/" in charts(page)[0]["data"][0]["marker"]["pattern"]["shape"]
        told[kpi] = ("Mix, hatched" in words(page), is_hatched)

    assert told == {
        "Service Level %": (False, False),
        "Abandon %": (False, False),
        "Avg Handle": (True, True),
    }


def test_a_second_look_asks_nothing(start_demo, open_changes: Open):
    demo = start_demo()
    page = open_changes(demo.env)
    before = len(demo.requests)

    page.run()

    assert asked(demo, since=before) == []


def test_the_kpi_of_the_address_is_the_one_that_is_taken_apart(
    demo: DemoServer, open_changes: Open
):
    page = open_changes(demo.env, show="Offer")

    assert "What moved Offer" in headings(page)
    assert "**Offer** rose by 4,303 to **19,778** from 15,475." in words(page)
    assert "Mix" not in words(page)


def test_it_opens_on_the_worst_turn_unless_somebody_chooses(demo: DemoServer, open_changes: Open):
    page = open_changes(demo.env)

    # 3.4 s of 18,566 waits are 165 calls of 6:28; 0.4 points of 18,771 are 78 contacts.
    assert words(page).splitlines()[2].startswith("**ASA** rose by 3.4 s to **0:21** from 0:18")
    assert "show" not in page.query_params

    named(page.segmented_control, "KPI").set_value("Service Level %").run()

    assert "**Service Level** fell by 0.4 points" in words(page)
    assert page.query_params["show"] in ("Service Level %", ["Service Level %"])

    named(page.segmented_control, "KPI").set_value("ASA").run()

    assert page.query_params["show"] in ("ASA", ["ASA"])


def test_a_maximum_has_no_drivers(demo: DemoServer, open_changes: Open):
    page = open_changes(demo.env, kpi="max_wait_sec")

    assert "Max Wait is the longest of all, and no sum of parts" in words(page)
    assert headings(page) == ["Where the offered went"]


def test_a_time_says_over_which_media_types_it_is(demo: DemoServer, open_changes: Open):
    said = words(open_changes(demo.env, show="ASA"))

    assert "Times over voice, callback and chat." in said
    assert "blended" not in said


def test_a_blended_time_is_not_blended_here_and_says_so(demo: DemoServer, open_changes: Open):
    plain, blended = (
        words(open_changes(demo.env, show="ASA", **more)) for more in ({}, {"blend": "yes"})
    )

    (sentence,) = (line for line in plain.splitlines() if line.startswith("**ASA**"))
    assert sentence in blended
    assert "so they are not blended here" in blended


def test_queues_with_few_contacts_are_among_the_others(demo: DemoServer, open_changes: Open):
    page = open_changes(demo.env, min="1500", show="Service Level %")

    assert "fewer than 1,500 contacts of a media type in both intervals" in words(page)
    assert len(axis(page)) < 8
    assert axis(page)[-1].endswith(" others")
    assert axis(page, 1)[-2].endswith(" others")
    drawn = charts(page)[0]["data"][0]["x"]
    assert -0.5 < sum(drawn) < -0.3


def test_the_steps_lead_to_the_current_value_whatever_is_left_out(world: World):
    steps = steps_table(figures(WEEK), KPI_BY_KEY["service_level_pct"], fewest=1500).rows

    assert steps["queue_name"].iloc[0] == "Earlier interval"
    assert steps["level"].iloc[0] == pytest.approx(100 * 11847 / 14765)
    assert steps["queue_name"].iloc[-2].endswith(" others")
    assert steps["level"].iloc[-2] == pytest.approx(100 * 14984 / 18771)
    assert steps["level"].iloc[-1] == pytest.approx(100 * 14984 / 18771)


def test_what_went_where_says_what_all_of_it_is(world: World):
    now = pd.DataFrame({"key": ["offered", "left"], "count": [19778, 9]})

    assert base_words(now) == "Shares of all 19,778 contacts offered, of every media type."


def test_shares_of_few_offered_are_not_told():
    counts = pd.DataFrame({"key": ["offered"], "label": ["Offered"], "count": [19]})
    shown = outcomes_table(counts, counts.assign(count=20)).rows.iloc[0]

    assert pd.isna(shown["share"])
    assert shown["share_before"] == 100


def test_one_queue_of_email(demo: DemoServer, open_changes: Open):
    page = open_changes(demo.env, queue=COMPLAINTS[0], media="email", show="Offer")

    assert len(axis(page)) == 1
    assert "**Offer**" in words(page)


def test_an_earlier_interval_without_figures_is_said(open_page: Open):
    with organization(NAMES[:1], only_in={IDS[0]: "2026-06"}) as server:
        page = open_page(environment(server), page_key="changes", show="Offer", **FIRST_WEEK)

        said = words(page)
        assert (
            "**Offer** is **10**."
            " There are no figures for Mon 25 – Sun 31 May 2026 to compare with." in said
        )
        assert headings(page) == ["Where the offered went"]
        assert "The comparison interval has no figures." in said


def test_no_figures_at_all_say_what_to_check(demo: DemoServer, open_changes: Open):
    page = open_changes(demo.env, **{"from": "2019-06-01", "to": "2019-06-07"})

    assert "Genesys Cloud has no interactions" in words(page)
    assert not page.get("plotly_chart")


def test_a_figure_that_stays_says_so(open_page: Open):
    with organization(NAMES[:1]) as server:
        page = open_page(environment(server), page_key="changes", show="Answer %", **FIRST_WEEK)

    # 9 of 10 in either interval.
    assert "**Answer** stayed at **90.0 %**." in words(page)
    assert "No queue and media type moved it by an amount that shows." in words(page)


def test_a_percentage_of_few_contacts_is_not_judged(demo: DemoServer, open_changes: Open):
    page = open_changes(
        demo.env, queue=PAYMENTS, media="email", **{"from": "2026-06-02", "to": "2026-06-02"}
    )

    # 9 of 10 against 8 of 15.
    assert (
        "**Service Level** rose by 36.7 points to **90.0 %** from 53.3 %,"
        " with fewer than 20 contacts in one of the intervals: too few to judge." in words(page)
    )


def test_hostile_names_are_names(open_page: Open):
    only = {IDS[0]: "2026-06"}
    with organization(only_in=only) as server:
        page = open_page(environment(server), page_key="changes", show="Offer", **FIRST_WEEK)

    assert f"{NAMES[0]} voice went from none to 10" in words(page)
    assert any("\\<img" in element.value for element in page.markdown)
    assert "<img" not in str(chart(page))


def test_an_organization_with_many_queues(start_demo, open_page: Open):
    env = start_demo(queues=400).env
    page = open_page(env, page_key="changes", show="Service Level %", **FIRST_WEEK)

    assert len(axis(page)) == 13
    assert axis(page)[-1].endswith(" others")
