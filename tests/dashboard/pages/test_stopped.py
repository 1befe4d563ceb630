"""A view that somebody stopped: nothing more is asked, on no page, until it is to go on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dashboard.data import fetching
from dashboard.selecting import session
from dashboard.selecting.menu import ENTRIES
from dashboard.selecting.selection import Selection
from genesys.demo import DemoServer
from tests.dashboard.reading import Open, asked, named, words

STOPPED = "Stopped before the figures were complete, so none are shown."


@pytest.mark.parametrize("key", [each.key for each in ENTRIES])
def test_where_nothing_is_known_nothing_is_asked_before_it_goes_on(
    start_demo: Callable[..., DemoServer], open_page: Open, key: str
):
    server = start_demo()
    page = open_page(server.env, key)
    fetching.clear()
    before = len(server.requests)
    page.session_state[session._STOPPED] = Selection()

    page.run()

    assert STOPPED in words(page)
    assert asked(server, since=before) == []

    named(page.button, "Fetch again").click().run()

    assert STOPPED not in words(page)
    assert asked(server, since=before) != []


def test_connection_still_says_what_to_do_where_nothing_is_asked(
    start_demo: Callable[..., DemoServer], open_page: Open
):
    page = open_page(start_demo().env, "connection")
    fetching.clear()
    page.session_state[session._STOPPED] = Selection()

    page.run()

    assert "If something is wrong" in [header.value for header in page.header]
