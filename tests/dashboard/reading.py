"""What stands on a page that runs in this process."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from streamlit.testing.v1 import AppTest

from genesys.demo import DemoServer

Open = Callable[..., AppTest]
Files = Mapping[str, Callable[[], bytes]]

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


def sheet(page: AppTest, at: int = MATRIX) -> dict[str, Any]:
    """What is sent to the browser of a table."""
    return json.loads(gzip.decompress(page.get("bidi_component")[at].proto.bytes))


def tables(page: AppTest) -> int:
    """How many tables the page has."""
    return len(page.get("bidi_component"))


def table(page: AppTest, at: int = MATRIX) -> list[list[Any]]:
    """A table's values in their first order, the total first; text as it reads."""
    return transposed(
        column["texts"] if column["isText"] else column["values"]
        for column in sheet(page, at)["columns"]
    )


def cells(page: AppTest, at: int = MATRIX) -> list[list[str]]:
    """A table's cells as they read, with their signs and changes."""
    told = sheet(page, at)
    return transposed([*_read(column, told["marks"])] for column in told["columns"])


def _read(column: dict[str, Any], marks: dict[str, Any]) -> Iterator[str]:
    nothing = [""] * len(column["texts"])
    changes = column.get("changes", {"texts": nothing, "marks": nothing})
    signs = {"": ""} | {name: each["sign"] for name, each in marks.items()}
    for text, mark, change, turn in zip(
        column["texts"],
        column.get("marks", nothing),
        changes["texts"],
        changes["marks"],
        strict=True,
    ):
        value = f"{text} {signs[mark]}".rstrip()
        yield f"{value}   {f'{change} {signs[turn]}'.rstrip()}" if change else value


def transposed(columns: Iterable[list[Any]]) -> list[list[Any]]:
    return [list(row) for row in zip(*columns, strict=True)]


def columns(page: AppTest, at: int = MATRIX) -> list[str]:
    return [column["key"] for column in sheet(page, at)["columns"]]


def headings(page: AppTest, at: int = MATRIX) -> dict[str, tuple[str, str]]:
    """The label and the help of each heading of a table."""
    return {
        column["key"]: (column["label"], column["help"]) for column in sheet(page, at)["columns"]
    }


def named(elements: Any, label: str) -> Any:
    return next(element for element in elements if element.label == label)


def chart(page: AppTest, at: int = 0) -> dict[str, Any]:
    return json.loads(page.get("plotly_chart")[at].proto.spec)


def asked(server: DemoServer, since: int = 0) -> list[str]:
    """The last parts of the paths of the requests."""
    return [request.path.rpartition("/")[2] for request in server.requests[since:]]
