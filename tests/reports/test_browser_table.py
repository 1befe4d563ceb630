"""Tables as they are sent to a browser, and the orders that a page and its files share."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from genesys.kpis.catalogue import Unit
from reports.browser_table import Look, packed, sheet, style
from reports.table import Column, Sort, Table, ordered

LEVEL = Column(
    "level",
    "Service Level %",
    Unit.PERCENT,
    "Share in time.",
    marks="level mark",
    change=Column("turn", "change", Unit.PERCENT, is_change=True, marks="turn mark"),
)
TABLE = Table(
    "Queues",
    (Column("queue_name", "Queue"), Column("offered", "Offer", Unit.COUNT), LEVEL),
    pd.DataFrame(
        {
            "queue_id": ["", "b", "a", "c", "none"],
            "queue_name": ["Total", "Billing", '=HYPERLINK("x")', "Claims", "No queue"],
            "offered": pd.array([100, 60, 1234, None, 4], dtype="Int64"),
            "level": [81.44234202070689, 75.0, np.nan, 90.0, 101.0],
            "level mark": ["met", "missed", "", "few contacts", "24 were offered before"],
            "turn": [-1.5833, 0.01, np.nan, 2.0, np.nan],
            "turn mark": ["worse", "", "", "better", ""],
        }
    ),
    totals=1,
)
LOOK = Look("queues", "Figures", noun="queues", href="queues?pick=", ends=frozenset({"none"}))


def test_the_same_table_is_the_same_bytes():
    assert packed(TABLE, LOOK) == packed(replace(TABLE, rows=TABLE.rows.copy()), LOOK)
    assert json.loads(gzip.decompress(packed(TABLE, LOOK)))["caption"] == "Figures"


def test_values_are_texts_as_people_read_them():
    name, offer, level = sheet(TABLE, LOOK)["columns"]

    assert name["isText"]
    assert offer["texts"] == ["100", "60", "1,234", "—", "4"]
    assert level["texts"] == [
        text.replace(" %", f"{level['texts'][0][-2]}%")
        for text in ("81.4 %", "75.0 %", "—", "90.0 %", "101.0 %")
    ]
    assert level["changes"]["texts"] == ["−1.6", "±0.0", "", "+2.0", ""]
    assert level["values"] == [81.4423, 75.0, None, 90.0, 101.0]


def test_marks_have_signs_and_words_and_a_sentence_says_itself():
    marks = sheet(TABLE, LOOK)["marks"]

    assert marks["worse ▼"] == {"sign": "▼", "words": "worse", "ink": "mark-worse"}
    assert marks["better ▲"] == {"sign": "▲", "words": "better", "ink": "mark-better"}
    assert marks["missed"] == {"sign": "✗", "words": "target missed", "ink": "mark-missed"}
    assert marks["24 were offered before"] == {
        "sign": "°",
        "words": "24 were offered before",
        "ink": "mark-few",
    }
    assert ".mark-missed{" in style()


def test_names_are_no_formulas_where_they_are_copied():
    assert sheet(TABLE, LOOK)["harmless"] == {0: {2: '\'=HYPERLINK("x")'}}


def test_names_of_queues_lead_somewhere_and_others_do_not():
    assert sheet(TABLE, LOOK)["ids"][:3] == ["", "b", "a"]
    assert "ids" not in sheet(TABLE, replace(LOOK, href=""))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ["Billing", '=HYPERLINK("x")', "Claims", "No queue"]),
        ("level", ["Billing", "Claims", '=HYPERLINK("x")', "No queue"]),
        ("-level", ["Claims", "Billing", '=HYPERLINK("x")', "No queue"]),
        ("-offered", ['=HYPERLINK("x")', "Billing", "Claims", "No queue"]),
        ("queue_name", ['=HYPERLINK("x")', "Billing", "Claims", "No queue"]),
        ("nonsense", ["Billing", '=HYPERLINK("x")', "Claims", "No queue"]),
    ],
)
def test_totals_stay_on_top_and_missing_values_and_no_queue_at_the_end(text, names):
    shown = ordered(TABLE, Sort.of(text, TABLE), LOOK.ends)

    assert shown.rows["queue_name"].tolist() == ["Total", *names]


def test_queues_stay_with_their_division_which_is_put_in_order_itself():
    rows = pd.DataFrame(
        {
            "queue_id": ["", "", "a", "b", "", "c", "d"],
            "queue_name": ["All", "North", "a", "b", "South", "c", "d"],
            "offered": [10, 4, 3, 1, 6, 2, 4],
            "strong": [False, True, False, False, True, False, False],
        }
    )
    table = Table("Matrix", TABLE.columns[:2], rows, totals=1)

    down, up = (ordered(table, Sort.of(text, table)) for text in ("-offered", "offered"))

    assert down.rows["queue_name"].tolist() == ["All", "South", "d", "c", "North", "a", "b"]
    assert up.rows["queue_name"].tolist() == ["All", "North", "b", "a", "South", "c", "d"]
    assert sheet(table, LOOK)["groups"] == [0, 1, 1, 1, 2, 2, 2]
