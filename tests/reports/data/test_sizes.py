"""About how many bytes a kept value takes."""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from genesys.kpis.parts import GROUP, parts
from reports.data.sizes import size
from reports.table import Column, Table
from tests.cells import cells

MEDIA = ("chat", "voice")
FRAME = pd.DataFrame({"n": np.zeros(1000)})


@pytest.mark.parametrize(
    ("value", "least", "most"),
    [
        (np.zeros(1000), 8000, 8000),
        (FRAME, 8000, 8200),
        ((FRAME, FRAME), 16000, 16500),
        ({"a": FRAME}, 8000, 8500),
        (Table("t", (Column("n", "N"),), FRAME), 8000, 9500),
        (pd.DataFrame({"words": ["x" * 1000] * 10}, dtype=object), 10000, 11500),
        ("x" * 1000, 1000, 1100),
        (frozenset(str(each) for each in range(1000)), 50_000, 120_000),
    ],
    ids="array frame two in-a-mapping table words text set".split(),
)
def test_what_is_kept_is_counted(value: object, least: int, most: int):
    assert least <= size(value) <= most


def test_the_numbers_of_a_chart_count_as_they_are_sent():
    small, large = (go.Figure(go.Scatter(y=np.zeros(n))) for n in (10, 10_000))

    # Numbers of 8 bytes, as base64.
    assert size(large) - size(small) == pytest.approx(9_990 * 8 * 4 / 3, rel=0.01)


def test_parts_count_with_what_they_will_hold():
    rows = [(f"q{n}", media, {"nOffered_count": 9.0}) for n in range(20) for media in MEDIA]
    held = parts(cells(*rows))
    before = size(held)
    made = [held.by(by) for by in ((), ("queue_id",), ("media_type",), GROUP)]

    kept = sum(each.made.nbytes + each.divided.nbytes + each.sent.nbytes for each in made)
    assert size(held) == before > kept


def test_many_alike_are_measured_by_some_of_them():
    assert size(["x" * 1000] * 5000) == pytest.approx(5000 * 1050, rel=0.02)


def test_nothing_takes_next_to_nothing():
    assert size(None) == sys.getsizeof(None)
