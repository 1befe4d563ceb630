"""Every table of every page beside its workbook: the same rows, values, marks and changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest

from genesys.demo import DemoServer
from genesys.kpis.formats import MINUS
from tests import libreoffice
from tests.dashboard.reading import FIRST_WEEK, Files, Open, sheet, tables
from tests.dashboard.workbooks import counted_or_shared, read_by_people, unlike
from tests.dashboard.world import BILLING, CLAIMS

CHARTS: Final = (
    "trend-chart", "week", "day", "worst", "drivers", "waterfall", "outcomes", "shares", "levels",
)  # fmt: skip
"""The keys of the charts, behind each of which there is a table."""

PAGES: Final[dict[str, tuple[str, dict[str, Any], set[str]]]] = {
    "overview": ("overview", {}, {"matrix", "pairs", "trend-chart"}),
    "hours": (
        "overview",
        {"step": "hour", "show": "ASA", "to": "2026-06-01"},
        {"matrix", "pairs", "trend-chart"},
    ),
    "all queues": ("queues", {}, {"queues"}),
    "a queue": (
        "queues",
        {"pick": CLAIMS},
        {"media-types", "trend-chart", "week", "outcomes", "worst", "report"},
    ),
    "side by side": (
        "queues",
        {"pick": [CLAIMS, BILLING]},
        {"side-by-side", "trend-chart", "side-by-side-media"},
    ),
    "media types": ("media", {}, {"shares", "media", "levels", "trend-chart"}),
    "when": ("when", {}, {"week", "worst", "day"}),
    "changes": ("changes", {}, {"drivers", "waterfall", "outcomes"}),
    "changes of a time": ("changes", {"show": "ASA"}, {"drivers", "waterfall", "outcomes"}),
    "query": ("query", {}, {"requests"}),
}


@pytest.mark.parametrize(("key", "params", "keys"), PAGES.values(), ids=PAGES)
def test_every_table_is_in_its_workbook_cell_by_cell(
    demo: DemoServer, open_page: Open, files: Files, key: str, params: dict[str, Any], keys: set
):
    page = open_page(demo.env, key, **(FIRST_WEEK | params))
    for chart in CHARTS:
        page.session_state[f"{chart}-table"] = True
    page.run()

    told = {each["key"]: each for each in (sheet(page, at) for at in range(tables(page)))}
    assert {name.removesuffix("-xlsx") for name in files if name.endswith("-xlsx")} == keys
    for name in keys:
        assert unlike(told[name], files[f"{name}-xlsx"]()) == [], name


@pytest.mark.skipif(libreoffice.executable() is None, reason=libreoffice.HELP)
def test_a_spreadsheet_opens_the_files_of_a_page_and_shows_the_digits_of_the_page(
    demo: DemoServer, open_page: Open, files: Files, tmp_path: Path
):
    page = open_page(demo.env, "queues", pick=CLAIMS, **FIRST_WEEK)
    for chart in CHARTS:
        page.session_state[f"{chart}-table"] = True
    page.run()
    told = [sheet(page, at) for at in range(tables(page))]
    saved = [tmp_path / f"{each['key']}.xlsx" for each in told]
    for path in saved:
        path.write_bytes(files[f"{path.stem}-xlsx"]())

    opened = libreoffice.shown_each(saved, tmp_path, "en-US")

    for each, shown in zip(told, opened, strict=True):
        places = [shown[0].index(column["label"]) for column in counted_or_shared(each)]
        read = [row[place] for row in shown[1:] if any(row) for place in places]
        written = [text.replace(" %", "%").replace(MINUS, "-") for text in read_by_people(each)]
        assert read == written, each["key"]
