"""Pages that show what is usual: the band of the trend and of a day, and which days tell it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from genesys.demo import DemoServer
from tests.dashboard.reading import (
    FIRST_WEEK,
    Open,
    chart,
    columns,
    helps,
    named,
    plain,
    tables,
    words,
)
from tests.dashboard.world import CLAIMS

HOLIDAYS = (
    "Left out: Mon 6 Apr 2026 (Easter Monday), Mon 4 May 2026 (May Day) and"
    " Mon 25 May 2026 (Spring Bank Holiday)."
)


@pytest.fixture
def env(demo: DemoServer, kept: Path) -> dict[str, str]:
    """The settings with kept days."""
    return {
        **demo.env,
        "DASHBOARD_DATA": str(kept),
        "GENESYS_CLOUD_HOLIDAYS": "GB-ENG",
    }


def bands(page: AppTest, at: int = 0) -> list[Any]:
    return [each for each in chart(page, at)["data"] if each.get("fill") == "toself"]


def test_the_trend_has_a_band_beneath_each_media_type_and_says_what_it_is(
    env: dict[str, str], open_page: Open
):
    page = open_page(env, show="Offer", **FIRST_WEEK)

    assert len(bands(page)) == 5
    assert HOLIDAYS in words(page)
    assert "Usual is the median of the same weekday and time before, on 53 days" in words(page)


def test_shares_and_longer_steps_have_none(env: dict[str, str], open_page: Open):
    assert bands(open_page(env, **FIRST_WEEK)) == []
    assert bands(open_page(env, show="Offer", step="week", **FIRST_WEEK)) == []


def test_without_the_kept_weeks_there_is_none_and_nothing_is_said(
    demo: DemoServer, open_page: Open
):
    page = open_page(demo.env, show="Offer", **FIRST_WEEK)

    assert bands(page) == []
    assert "Usual is" not in words(page)


def test_the_day_is_held_against_the_kept_weeks_in_a_band(env: dict[str, str], open_page: Open):
    page = open_page(env, page_key="when", show="Offer", **FIRST_WEEK)
    said = words(page)

    assert len(bands(page, -1)) == 1
    assert "Mon 13 Apr, Mon 20 Apr, Mon 27 Apr, Mon 11 May and Mon 18 May 2026;" in said
    assert "before, on Mon 13 Apr" in said
    assert HOLIDAYS in said


def test_today_s_offered_say_what_the_day_is_on_course_for_and_why(
    env: dict[str, str], open_page: Open
):
    page = open_page(env, period="today")
    offered = named(page.metric, "Offer")

    assert plain(offered.proto.delta_description).endswith("on course for 4,703 usual 4,420 ± 96")
    assert (
        "So far 2,471 came where 2,317 are usual; the rest of the day is expected at 1.06 times the"
        " usual. Usual is the median of the same weekday and time before, on Mon 20 Apr,"
        " Mon 27 Apr, Mon 11 May, Mon 18 May, Mon 1 Jun and Mon 8 Jun 2026; 80 % of values are"
        " expected in the band around it. Left out: Mon 4 May 2026 (May Day) and Mon 25 May 2026"
        " (Spring Bank Holiday)."
    ) in helps(page)["Offer"]
    assert "2,471 interactions were offered" in words(page)
    assert "; on course for 4,703, usual 4,420 ± 96." in words(page)


def test_talking_points_name_the_hours_unlike_the_usual(env: dict[str, str], open_page: Open):
    page = open_page(env, queue=CLAIMS, **{"from": "2026-06-08", "to": "2026-06-08"})

    assert (
        "From 09:00 to 10:00 on Mon 8 Jun 2026 96 interactions were offered, 62.7 % more than"
        " usual (59), the most on any Monday from Mon 13 Apr 2026 on."
    ) in words(page)


def test_what_is_usual_of_a_past_day_has_no_course(env: dict[str, str], open_page: Open):
    page = open_page(env, period="yesterday")

    assert "on course" not in words(page) + helps(page)["Offer"]


def test_tables_behind_the_charts_have_the_band_too(env: dict[str, str], open_page: Open):
    for page_key, behind in (("", "trend-chart"), ("when", "day")):
        page = open_page(env, page_key=page_key, show="Offer", **FIRST_WEEK)
        page.session_state[f"{behind}-table"] = True
        page.run()

        known = [columns(page, at) for at in range(tables(page))]
        assert ["usual_low", "usual_high"] in [each[-2:] for each in known]


def test_a_holiday_is_said_to_be_unlike_other_days(env: dict[str, str], open_page: Open):
    days = {"from": "2026-05-25", "to": "2026-05-25"}
    page = open_page(env, page_key="when", show="Offer", **days)

    assert "Mon 25 May 2026 is unlike other Mondays: Spring Bank Holiday." in words(page)
    assert bands(page, -1) == []
