"""What stands on a page that runs in this process."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pyarrow as pa
from streamlit.testing.v1 import AppTest

from genesys.demo import DemoServer

Open = Callable[..., AppTest]

FIRST_WEEK = {"from": "2026-06-01", "to": "2026-06-07"}
COMPLAINTS = (
    "263bded7-2f44-57a4-938d-22a2d0de305d",
    "42491d95-d01f-5eea-8170-f1b1a00de9b7",
)


def words(page: AppTest) -> str:
    """All text of the page that is no label of a filter, as it reads."""
    assert not page.exception
    kinds = ("title", "markdown", "caption", "error", "info", "warning")
    return "\n".join(plain(element.value) for kind in kinds for element in getattr(page, kind))


def plain(text: str) -> str:
    """Without what keeps Markdown away and lines whole."""
    return text.replace("\\", "").replace("\u2060", "").replace("\u00a0", " ")


def tiles(page: AppTest) -> dict[str, str]:
    return {tile.label: tile.value for tile in page.metric}


def helps(page: AppTest) -> dict[str, str]:
    """The explanations behind the tiles' help icons."""
    return {tile.label: plain(tile.help) for tile in page.metric}


MATRIX, PAIRS = 0, 1
"""The tables of the Overview; other pages have their table first."""


def table(page: AppTest, at: int = MATRIX) -> list[list[object]]:
    """A table's values as it orders them, the total first."""
    return page.dataframe[at].value[columns(page, at)].to_numpy().tolist()


def cells(page: AppTest, at: int = MATRIX) -> list[list[str]]:
    """A table's cells as they read."""
    written = page.dataframe[at].proto.arrow_data.styler.display_values
    return pa.ipc.open_stream(written).read_pandas()[columns(page, at)].to_numpy().tolist()


def columns(page: AppTest, at: int = MATRIX) -> list[str]:
    return list(page.dataframe[at].proto.column_order)


def headings(page: AppTest, at: int = MATRIX) -> dict[str, tuple[str, str]]:
    """The label and the help of each heading of a table."""
    told = json.loads(page.dataframe[at].proto.columns)
    return {
        name: (told[name]["label"], plain(told[name].get("help") or ""))
        for name in columns(page, at)
    }


def named(elements: Any, label: str) -> Any:
    return next(element for element in elements if element.label == label)


def chart(page: AppTest) -> dict[str, Any]:
    return json.loads(page.get("plotly_chart")[0].proto.spec)


def asked(server: DemoServer, since: int = 0) -> list[str]:
    """The last parts of the paths of the requests."""
    return [request.path.rpartition("/")[2] for request in server.requests[since:]]
