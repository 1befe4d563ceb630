"""Pages that show what is usual: the band of the trend and of a day, and which days tell it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from genesys.demo import DemoServer
from tests.dashboard.reading import FIRST_WEEK, Open, chart, words

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
    assert "Usual is the median of the same weekday and time before, from 53 days" in words(page)


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
    assert "before, from Mon 13 Apr" in said
    assert HOLIDAYS in said
