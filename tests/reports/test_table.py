"""Tables: which columns a file has, and the values in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from genesys.kpis.catalogue import Unit
from reports.table import Column, Table

QUEUE = Column("queue_name", "Queue")
OFFER = Column("offered", "Offer", Unit.COUNT, "Offered: nOffered.count.")
LEVEL = Column("service_level_pct", "Service Level %", Unit.PERCENT, "In time.", marks="status")
ASA = Column("asa_sec", "ASA", Unit.SECONDS)


def table(columns: tuple[Column, ...], **rows: object) -> Table:
    return Table("Queues", columns, pd.DataFrame(rows))


def only(column: Column, values: object) -> pd.Series:
    return table((column,), **{column.key: values}).written()[column.key]


def test_a_file_has_the_columns_shown_in_their_order_and_no_others():
    made = table((OFFER, QUEUE), queue_name=["Sales"], offered=[3], division=["Home"])
    assert made.in_file == (OFFER, QUEUE)
    assert made.written().to_dict("list") == {"offered": [3], "queue_name": ["Sales"]}


def test_marks_stand_right_of_their_column():
    made = table(
        (LEVEL, replace(OFFER, marks="none"), ASA),
        service_level_pct=[80.0, 60.0],
        status=["met", None],
        offered=[3, 4],
        none=["", None],
        asa_sec=[7.0, 8.0],
    )
    assert [column.label for column in made.in_file] == [
        "Service Level %",
        "Service Level % mark",
        "Offer",
        "ASA",
    ]
    assert made.written()["status"].tolist() == ["met", ""]


def test_a_change_stands_right_of_its_value_and_before_its_own_mark():
    """Its definition follows that of the value."""
    change = Column("delta", "Change", Unit.COUNT, "More.", is_change=True, marks="turn")
    made = table(
        (replace(OFFER, change=change), QUEUE),
        offered=[3],
        delta=[-1],
        turn=["worse"],
        queue_name=["Sales"],
    )
    assert [column.key for column in made.in_file] == ["offered", "delta", "turn", "queue_name"]
    assert made.in_file[2].label == "Change mark"
    assert made.definitions == (("Offer", "Offered: nOffered.count."), ("Change", "More."))


def test_rows_may_lack_the_marks_of_a_column():
    made = table((LEVEL,), service_level_pct=[80.0, 60.0])
    assert made.marks(LEVEL).tolist() == ["", ""]
    assert made.in_file == (LEVEL,)


def test_definitions_are_those_of_columns_that_have_one():
    assert table((QUEUE, OFFER, LEVEL, ASA)).definitions == (
        ("Offer", "Offered: nOffered.count."),
        ("Service Level %", "In time."),
    )


@pytest.mark.parametrize(
    "values",
    [
        pd.array([1234, None, 0], dtype="Int64"),
        pd.array([1234, None, 0], dtype="Float64"),
        np.array([1234.0, np.nan, 0.0]),
        pd.Series([1234, None, 0], dtype=object),
    ],
    ids=["Int64", "Float64", "float64", "object"],
)
def test_counts_are_whole_numbers_beside_a_blank(values):
    written = only(OFFER, values)
    assert written.dtype == "Int64"
    assert written.tolist() == [1234, pd.NA, 0]


def test_counts_that_are_not_whole_stay_as_they_are():
    assert only(OFFER, [1.5, 2.0]).tolist() == [1.5, 2.0]


def test_percentages_and_times_stay_unrounded():
    assert only(LEVEL, [200 / 3]).tolist() == [66.66666666666667]
    assert only(ASA, pd.array([1 / 3, 80.0], dtype="Float64")).tolist() == [
        0.3333333333333333,
        80.0,
    ]


@pytest.mark.parametrize("value", [None, np.nan, np.inf, -np.inf], ids=str)
def test_what_is_no_number_is_no_value(value):
    assert only(ASA, [value, 1.5]).isna().tolist() == [True, False]


def test_text_without_a_value_is_empty():
    assert only(QUEUE, pd.Categorical(["Sales", None])).tolist() == ["Sales", ""]


def test_a_moment_keeps_its_offset():
    moment = datetime(2026, 5, 11, 9, 30, tzinfo=ZoneInfo("Europe/London"))
    assert only(Column("start", "Start"), [moment, None]).tolist() == [
        "2026-05-11T09:30:00+01:00",
        "",
    ]


def test_rows_keep_their_order_whatever_their_index():
    rows = pd.DataFrame({"queue_name": ["b", "a", "c"]}, index=[7, 7, 1])
    assert Table("Queues", (QUEUE,), rows).written()["queue_name"].tolist() == ["b", "a", "c"]


def test_a_table_without_rows_has_its_columns():
    made = table((QUEUE, OFFER), queue_name=[], offered=[]).written()
    assert list(made) == ["queue_name", "offered"]
    assert made.empty
