"""The page Queues, opened and read."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from genesys.demo import DemoServer
from tests.dashboard.reading import (
    FIRST_WEEK,
    Open,
)


def opened(open_page: Open, demo: DemoServer, **params: str | list[str]) -> AppTest:
    return open_page(demo.env, page_key="queues", **{**FIRST_WEEK, **params})
