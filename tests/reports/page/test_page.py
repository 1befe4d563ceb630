"""The one file: what stands in it is what the frames hold, and nothing in it can end its script."""

from __future__ import annotations

import base64
import gzip
import json
import re
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from genesys.kpis.catalogue import Unit
from reports.page.page import to_html
from reports.scenes.scene import Chart, Grid, Scene, Show


@pytest.fixture(scope="module")
def html(show: Show) -> str:
    return to_html(show)


@pytest.fixture(scope="module")
def data(html: str) -> dict[str, Any]:
    start = html.index('id="data">') + len('id="data">')
    found: dict[str, Any] = json.loads(html[start : html.index("</script>", start)])
    return found


@pytest.fixture(scope="module")
def sheets(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The tables by what they are called; of two the first."""
    unpacked = [json.loads(gzip.decompress(base64.b64decode(each))) for each in data["sheets"]]
    return {each["caption"]: each for each in reversed(unpacked)}


def scene(show: Show, key: str) -> Scene:
    return next(each for each in show.scenes if each.key == key)


def numbers(packed: Any) -> npt.NDArray[np.float64]:
    """Values as plotly writes them: a list, or bytes with their type."""
    if isinstance(packed, dict):
        kind = np.dtype(packed["dtype"])
        return np.frombuffer(base64.b64decode(packed["bdata"]), kind).astype(np.float64)
    return np.array([np.nan if each is None else each for each in packed], dtype=np.float64)


def test_the_columns_of_what_came_in_are_the_counts_of_its_table(show: Show, data: dict[str, Any]):
    (chart,) = scene(show, "offered").body.pieces
    (figure, *_) = data["drawings"][0]

    assert isinstance(chart, Chart)
    drawn = dict.fromkeys(chart.table.rows["media_type"], 0.0)
    for trace in figure["data"]:
        drawn[trace["name"]] += float(np.nansum(numbers(trace["y"])))
    assert drawn == chart.table.rows.groupby("media_type")["offered"].sum().to_dict()
    assert sum(drawn.values()) == 19_778 + 19_929


def test_every_chart_holds_the_values_of_its_figure(show: Show, data: dict[str, Any]):
    charts = [each for one in show.scenes for each in one.body.pieces if isinstance(each, Chart)]

    assert len(data["drawings"]) == len(charts) == 14
    for chart, (figure, *_) in zip(charts, data["drawings"], strict=True):
        for trace, drawn in zip(chart.figure.data, figure["data"], strict=True):
            if trace.type == "bar":
                along = "x" if trace.orientation == "h" else "y"
                held = numbers(drawn[along])
                assert np.array_equal(held, np.array(trace[along], np.float64), equal_nan=True)


def test_every_cell_of_the_matrix_is_its_frame_to_the_digit_that_is_shown(
    show: Show, sheets: dict[str, dict[str, Any]]
):
    (grid,) = scene(show, "matrix").body.pieces

    assert isinstance(grid, Grid)
    sheet = sheets[grid.table.title]
    assert sheet["columns"][0]["texts"] == grid.table.rows["queue_name"].tolist()
    for column, sent in zip(grid.table.columns[1:], sheet["columns"][1:], strict=True):
        assert column.unit is Unit.PERCENT
        shown = [f"{each:.1f}" for each in grid.table.rows[column.key].astype(float)]
        assert sent["texts"] == ["—" if text == "nan" else text for text in shown]


def test_no_word_can_end_the_script_or_become_a_tag(show: Show):
    hostile = "</script><img src=x onerror=alert(1)><!--"
    first, *others = show.scenes
    table = scene(show, "matrix").body.pieces[0]
    assert isinstance(table, Grid)
    rows = table.table.rows.assign(queue_name=hostile)
    grid = replace(table, table=replace(table.table, rows=rows), more=hostile)
    hostile_scene = replace(first, title=hostile, said=hostile, body=replace(
        first.body, headline=hostile, pieces=(grid,)
    ))  # fmt: skip
    made = to_html(
        replace(show, title=hostile, footer=(hostile,), scenes=(hostile_scene, *others[:1]))
    )

    assert "<img src=x" not in made
    assert made.count("<script") == made.count("</script>") == 3
    assert re.search(r"<title>&lt;/script&gt;&lt;img", made)


def test_the_file_says_in_its_head_that_nothing_is_asked_for(html: str):
    head = html[: html.index("</head>")]

    assert "default-src 'none'" in head
    assert "connect-src" not in head
    assert not re.search(r"""(?:src|href)=["']?https?:""", html[: html.index('id="data"')])
    assert len(html.encode()) <= 6_500_000
