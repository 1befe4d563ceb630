"""A link that says what no page understands: told on the page, and left in the address."""

from __future__ import annotations

import pytest

from dashboard.selecting.selection import PARAMETERS
from genesys.demo import DemoServer
from tests.dashboard.reading import Open, plain, words
from tests.dashboard.selecting.test_misread import NONSENSE


@pytest.mark.parametrize("key", ["overview", "queues", "media", "when", "changes", "query"])
def test_every_word_that_is_not_understood_is_told_and_stays_in_the_address(
    demo: DemoServer, open_page: Open, key: str
):
    page = open_page(demo.env, key, **NONSENSE)

    (told,) = (plain(each.value) for each in page.warning if "in the link" in each.value)
    lines = told.splitlines()[1:]
    for name in PARAMETERS:
        assert any(line.startswith(f"- {name}") for line in lines), name
        assert page.query_params[name] in (NONSENSE[name], [NONSENSE[name]])


def test_queues_and_divisions_by_name_are_looked_up_in_the_address(
    demo: DemoServer, open_page: Open
):
    page = open_page(demo.env, queue="claims", division="claims")

    assert "in the link" not in words(page)
    assert page.query_params["queue"] != ["claims"]
    assert "Claims" in words(page)
