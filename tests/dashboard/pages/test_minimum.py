"""A minimum of contacts above every group: empty tables, and no error on any page."""

from __future__ import annotations

import pytest

from genesys.demo import DemoServer
from tests.dashboard.reading import FIRST_WEEK, Open, words


@pytest.mark.parametrize(
    "key", ["overview", "queues", "media", "when", "changes", "query", "meeting"]
)
def test_a_minimum_above_every_group_leaves_every_page_standing(
    demo: DemoServer, open_page: Open, key: str
):
    page = open_page(demo.env, key, min="1000000", **FIRST_WEEK)

    assert not page.error
    assert "rows from 1,000,000 contacts" in words(page)
