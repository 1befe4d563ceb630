"""One warm process for everybody: what one view keeps is never drawn in another.

For each page and each field of a selection that may change alone, a page is opened, then
opened again with that field changed. What is drawn, titled and named must be what a process
draws that has made nothing before.

Each view is looked at twice: alone, when all that was made of answers has been forgotten, and
after all views before it. Two views that share a key are found by the later of them, so there
is no walk back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from itertools import zip_longest
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import pytest
import streamlit as st
from google.protobuf.json_format import MessageToDict
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Dataframe

from dashboard.data import fetching
from dashboard.selecting.menu import ENTRIES
from dashboard.selecting.selection import Selection
from genesys.demo import DemoServer
from reports.data import keeping
from tests.dashboard.reading import COMPLAINTS, Open
from tests.dashboard.world import BILLING, CLAIMS

Params = dict[str, str | list[str]]

FIRST: Final[Params] = {"from": "2026-06-01", "to": "2026-06-07"}

CHANGED: Final[dict[str, Params]] = {
    "period": {"from": [], "to": [], "period": "last-7-days"},
    "first": {"from": "2026-06-02"},
    "last": {"to": "2026-06-06"},
    "media_types": {"media": ["voice", "email"]},
    "divisions": {"division": "e5e5a400-71c9-5691-8989-0d1ad959b72f"},
    "queue_ids": {"queue": list(COMPLAINTS)},
    "find": {"find": "complaints"},
    "step": {"step": "week"},
    "step, by day": {"step": "day"},
    "step, by hour": {"step": "hour"},
    "kpis": {"set": "handling"},
    "compare": {"compare": "weekdays"},
    "blended": {"blend": "yes"},
    "fewest": {"min": "900"},
    "durations": {"times": "s"},
    "zone": {"zone": "Asia/Kathmandu"},
    "as_of": {"as_of": "2026-06-12"},
}
"""For each field of a selection, parameters that change it alone.

Steps of one granularity are asked for alike, and yet are drawn apart.
"""

BESIDE: Final[dict[str, dict[str, Params]]] = {
    "overview": {"show": {"show": "ASA"}, "rows": {"rows": "By division"}},
    "queues": {
        "one by a filter": {"queue": [CLAIMS]},
        "one": {"pick": [CLAIMS]},
        "another": {"pick": [BILLING]},
        "two": {"pick": [CLAIMS, BILLING]},
        "two by weeks": {"pick": [CLAIMS, BILLING], "step": "week"},
        "one by hours": {"pick": [CLAIMS], "step": "hour"},
    },
    "media": {"show": {"show": "ASA"}},
    "when": {"type": {"type": "email"}, "pick": {"pick": [CLAIMS]}},
    "changes": {"show": {"show": "ASA"}},
    "meeting": {"scenes": {"scenes": "when,matrix"}, "show": {"show": "ASA"}},
    "query": {"buckets": {"buckets": "In buckets"}},
    "connection": {},
}
"""What else of a page's address chooses what it draws."""


def test_every_field_of_a_selection_is_changed_here():
    assert {name.partition(",")[0] for name in CHANGED} == {
        field.name for field in fields(Selection)
    }
    assert set(BESIDE) == {entry.key for entry in ENTRIES}


@pytest.mark.parametrize("page_key", BESIDE)
def test_a_page_draws_what_a_fresh_process_draws_whatever_was_open_before(
    page_key: str, demo: DemoServer, open_page: Open, names: list[str]
):
    changes = {"nothing": {}, **CHANGED, **BESIDE[page_key]}

    def seen(change: str) -> list[object]:
        return look(demo, open_page, names, page_key, {**FIRST, **changes[change]})

    assert_alike_alone_and_after_others(seen, changes)


def test_a_page_draws_the_same_whichever_pages_were_open_before(
    demo: DemoServer, open_page: Open, names: list[str]
):
    pages: dict[str, Params] = {entry.key: {**FIRST, "queue": [CLAIMS]} for entry in ENTRIES}
    pages["queues"] = {**FIRST, "pick": [CLAIMS]}

    def seen(page_key: str) -> list[object]:
        return look(demo, open_page, names, page_key, pages[page_key])

    assert_alike_alone_and_after_others(seen, pages)


def assert_alike_alone_and_after_others(
    seen: Callable[[str], list[object]], views: Iterable[str]
) -> None:
    alone = {}
    for view in views:
        forget_all_but_answers()
        alone[view] = seen(view)

    forget_all_but_answers()
    for view in views:
        assert not unlike(seen(view), alone[view]), view


def forget_all_but_answers() -> None:
    """Nothing is left that was made of answers; these are kept under their whole question."""
    keeping.KEPT.forget(lambda key: not isinstance(key, fetching.Question))


def look(
    demo: DemoServer, open_page: Open, names: list[str], page_key: str, params: Params
) -> list[object]:
    """All that a page draws, and the names of the files that it offers."""
    names.clear()
    page = open_page(demo.env, page_key, **{name: each for name, each in params.items() if each})
    return [*drawn(page), sorted(names)]


def unlike(warm: list[object], fresh: list[object]) -> str:
    """The first element that differs, as it is and as it should be."""
    pairs = zip_longest(warm, fresh)
    return next((f"{was!s:.1500} / {right!s:.1500}" for was, right in pairs if was != right), "")


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that the page offers."""
    offered: list[str] = []
    draw = st.download_button

    def download_button(*args: Any, file_name: str, **more: Any) -> bool:
        offered.append(file_name)
        return draw(*args, file_name=file_name, **more)

    monkeypatch.setattr(st, "download_button", download_button)
    return offered


def drawn(page: AppTest) -> Iterator[object]:
    """Each element of the page as a browser shows it.

    Not the requests, each of which has an id of its own, nor the addresses of files.
    """
    assert not page.exception
    for element in page.main:
        if isinstance(element, Dataframe):
            if "correlation_id" not in element.value:
                yield "table", element.proto.columns, read(element).astype(str).to_numpy().tolist()
            continue
        sent = MessageToDict(element.proto) if element.proto else {}
        for name in ("url", "deferredFileId"):
            sent.pop(name, None)
        yield type(element).__name__, sent


def read(table: Dataframe) -> pd.DataFrame:
    """The cells of a table as they read."""
    written = table.proto.arrow_data.styler.display_values
    return pa.ipc.open_stream(written).read_pandas() if written else table.value
