"""Last year on a page: by the same weekdays, 364 days ago, or by the same dates."""

from __future__ import annotations

import pytest

from genesys.demo import DemoServer
from tests.dashboard.reading import FIRST_WEEK, Open, named, words


@pytest.mark.parametrize(
    ("compare", "label", "earlier"),
    [
        ("dates", "Same dates last year", "Sun 1 – Sat 7 Jun 2025"),
        ("year", "Last year", "Mon 2 – Sun 8 Jun 2025"),
    ],
)
def test_a_week_is_held_against_the_one_of_last_year_that_is_chosen(
    demo: DemoServer, open_page: Open, compare: str, label: str, earlier: str
):
    page = open_page(demo.env, compare=compare, **FIRST_WEEK)

    box = named(page.selectbox, "Compare with")
    assert (box.value, label in box.options) == (compare, True)
    assert f"in points: Mon 1 – Sun 7 Jun 2026 against {earlier}." in words(page)
