"""The page When: hours of the week, worst half-hours, and a day against the usual one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.sections.day import usual_words
from genesys.demo import DemoServer
from tests.dashboard.reading import COMPLAINTS, FIRST_WEEK, Open, asked, chart, named, words
from tests.dashboard.world import BILLING, CLAIMS
from tests.hostile_queues import IDS, NAMES, environment, organization

HEADERS = [
    "Service Level % by weekday and hour",
    "Hours that miss their target",
    "Worst half-hours",
    "Service Level % over a day",
]
CLAIMS_HOURS = (
    "- Claims voice had Service Level 76.6 % of 526 from 12:00 to 14:00 and 83.3 % of 1,770 in all"
    " other hours, against a target of 80.0 %; it missed it in those hours on 4 of 6 days."
)


def test_a_full_page(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, page_key="when", **FIRST_WEEK)
    said = words(page)

    assert [header.value for header in page.header] == HEADERS
    assert len(page.get("plotly_chart")) == 3
    assert CLAIMS_HOURS in said
    assert "The 5 of 24 that lack most to their target." in said
    assert "50.3 % of the 3,787 contacts that were answered late or abandoned" in said
    assert "Usual: the 4 Mondays before." in said
    assert "There is no single target, so none is drawn." in said
    assert colour_bar(page)["title"]["text"] == "the stronger, the worse;<br>no single target"


def colour_bar(page: AppTest) -> dict[str, Any]:
    return chart(page)["layout"]["coloraxis"]["colorbar"]


def test_weeks_begin_on_sunday_where_they_are_set_to(demo: DemoServer, open_page: Open):
    env = {**demo.env, "GENESYS_CLOUD_FIRST_WEEKDAY": "Sunday"}

    page = open_page(env, page_key="when", period="last-week")

    assert "Sun 7 – Sat 13 Jun 2026" in words(page)
    assert chart(page)["layout"]["yaxis"]["ticktext"][:2] == ["Sun", "Mon"]


def test_a_queue_and_media_type_in_the_link(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, page_key="when", pick=CLAIMS, type="voice", **FIRST_WEEK)
    said = words(page)

    assert named(page.selectbox, "Queue").value == CLAIMS
    assert named(page.segmented_control, "Media type").value == "voice"
    assert CLAIMS_HOURS in said
    assert "Technical Support" not in said
    assert "target 80.0 %" in colour_bar(page)["ticktext"]
    day = chart(page, -1)["layout"]
    assert [line["y0"] for line in day["shapes"]] == [80]
    assert "no single target" not in said
    assert "50.8 % of the 419 contacts that were answered late or abandoned" in said
    assert "Usual: the 2 Mondays of the 4 weeks before that have figures." in said
    named(page.selectbox, "Day").set_value(date(2026, 6, 7)).run()
    assert "Service Level % has no value on Sun 7 Jun 2026." in words(page)


def test_another_queue_goes_into_the_link_and_asks_nothing(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, page_key="when", **FIRST_WEEK)
    before = len(demo.requests)

    named(page.selectbox, "Queue").set_value(BILLING).run()

    assert not page.exception
    assert page.query_params["pick"] in (BILLING, [BILLING])
    assert "Claims voice" not in words(page)

    named(page.selectbox, "Queue").set_value("").run()

    assert "pick" not in page.query_params
    assert CLAIMS_HOURS in words(page)
    assert asked(demo, since=before) == []


def test_another_day_is_held_against_its_own_weekday(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, page_key="when", **FIRST_WEEK)
    days = named(page.selectbox, "Day")

    assert days.options[0] == "Sun 7 Jun 2026"
    assert days.options[-1] == "Mon 1 Jun 2026: most answered late or abandoned"
    assert days.value == date(2026, 6, 1)

    days.set_value(date(2026, 6, 3)).run()

    assert "Usual: the 4 Wednesdays before." in words(page)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (4, "Usual: the 4 Mondays before."),
        (2, "Usual: the 2 Mondays of the 4 weeks before that have figures."),
        (1, "Usual: the one Monday of the 4 weeks before that has figures."),
        (0, "There is no usual day: no Monday of the 4 weeks before has figures."),
    ],
)
def test_it_says_what_the_usual_day_is_of(days: int, said: str):
    assert usual_words(date(2026, 6, 1), days) == said


def test_a_single_day_with_few_contacts_has_no_week(demo: DemoServer, open_page: Open):
    day = {"from": "2026-05-31", "to": "2026-05-31"}
    page = open_page(demo.env, page_key="when", queue=COMPLAINTS[0], **day)

    assert "Choose a period of 3 days or more to compare weekdays." in words(page)


def test_no_figures_at_all(demo: DemoServer, open_page: Open):
    day = {"from": "2015-05-31", "to": "2015-05-31"}
    page = open_page(demo.env, page_key="when", **day)

    assert "Genesys Cloud has no interactions for Sun 31 May 2015" in words(page)
    assert not page.get("plotly_chart")


def test_hostile_names_stay_names(open_page: Open):
    with organization() as server:
        page = open_page(environment(server), page_key="when", pick=IDS[0], **FIRST_WEEK)

    assert NAMES[0] in named(page.selectbox, "Queue").options


def test_a_second_look_asks_nothing(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, page_key="when", **FIRST_WEEK)
    before = len(demo.requests)

    page.run()

    assert not page.exception
    assert asked(demo, since=before) == []
