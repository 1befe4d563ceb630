"""Levels beside their targets: bars, labelled marks, signs, and dashes where nothing is."""

from __future__ import annotations

import numpy as np
import pandas as pd

from genesys.kpis.catalogue import KPI_BY_KEY
from genesys.kpis.formats import Durations
from reports.charts import levels_chart

SERVICE_LEVEL, ASA = (KPI_BY_KEY[key] for key in ("service_level_pct", "asa_sec"))
NAN = float("nan")
HOSTILE = '<a href="javascript:alert(1)">x</a>'


def table(*rows: tuple[str, str, float, float, str, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["name", "media_type", "value", "target", "status", "n"])


LEVELS = table(
    ("Claims", "voice", 78.4, 80.0, "missed", 1234),
    ("Billing", "chat", 91.0, 80.0, "met", 400),
    ("Retail", "email", NAN, 90.0, "", 0),
    ("Small", "callback", 20.0, 80.0, "few contacts", 7),
    ("voice", "voice", 85.0, NAN, "", 50),
)


def test_bars_keep_the_order_given_and_the_colours_of_their_media_types():
    made = levels_chart(LEVELS, SERVICE_LEVEL)
    bars = made.data[0]
    assert list(bars.y) == [0, 1, 2, 3, 4]
    assert made.layout.yaxis.range == (4.5, -0.5)
    assert list(bars.x[[0, 1, 3, 4]]) == [78.4, 91.0, 20.0, 85.0]
    assert np.isnan(bars.x[2])
    assert bars.marker.color == ("#2F6FDE", "#1F8A5B", "#A63D86", "#C2571A", "#2F6FDE")
    assert made.layout.xaxis.range == (0, 91.0)


def test_the_media_type_stands_beneath_the_name_unless_it_is_the_name():
    first, *_, last = levels_chart(LEVELS, SERVICE_LEVEL).layout.yaxis.ticktext
    assert first == 'Claims<br><span style="font-size:11px">voice</span>'
    assert last == "voice"


def test_targets_are_marks_with_a_label():
    _, edge, mark, labels, _ = levels_chart(LEVELS, SERVICE_LEVEL).data
    assert list(mark.x[:4]) == list(edge.x[:4]) == [80.0, 80.0, 90.0, 80.0]
    assert labels.text == ("target 80.0 %", "target 80.0 %", "target 90.0 %", "target 80.0 %", "")


def test_values_have_their_sign_at_the_end_of_the_bar_clear_of_the_mark():
    words = levels_chart(LEVELS, SERVICE_LEVEL).data[-1]
    assert [text.strip() for text in words.text] == [
        "78.4 % ✗",
        "91.0 % ✓",
        "—",
        "20.0 % °",
        "85.0 %",
    ]
    assert list(words.x) == [80.0, 91.0, 0.0, 20.0, 85.0]


def test_few_contacts_are_pale():
    opacity = levels_chart(LEVELS, SERVICE_LEVEL).data[0].marker.opacity
    assert list(opacity) == [1, 1, 1, 0.4, 1]


def test_hovering_says_value_contacts_target_and_standing():
    said = levels_chart(LEVELS, SERVICE_LEVEL).data[0].hovertext
    assert said[0] == "<b>Claims, voice 78.4 %</b><br>n = 1,234<br>target 80.0 %: missed"
    assert said[2] == "<b>Retail, email —</b><br>n = 0<br>target 90.0 %"
    assert said[4] == "<b>voice 85.0 %</b><br>n = 50"


def test_times_are_written_as_chosen():
    made = levels_chart(table(("Claims", "voice", 95, 60, "missed", 90)), ASA, Durations.SECONDS)
    assert made.data[-1].text[0].strip() == "95 s ✗"
    assert made.data[3].text == ("target 60 s",)


def test_names_are_shown_letter_by_letter_and_twice_where_two_share_one():
    made = levels_chart(
        table((HOSTILE, "voice", 1.0, NAN, "", 1), (HOSTILE, "voice", 2.0, NAN, "", 1)),
        SERVICE_LEVEL,
    )
    assert len(made.layout.yaxis.ticktext) == 2
    assert made.layout.yaxis.ticktext[0].startswith('&lt;a<br>href="javascript:al…<br>')
    assert (
        made.data[0]
        .hovertext[0]
        .startswith('<b>&lt;a href="javascript:alert(1)"&gt;x&lt;/a&gt;, voice 1.0 %')
    )


def test_no_rows_are_an_empty_chart():
    made = levels_chart(table(), SERVICE_LEVEL)
    assert all(len(each.y) == 0 for each in made.data)


def test_a_level_that_is_not_judged_has_the_sign_of_few_and_says_why():
    made = levels_chart(
        table(("Mail", "email", 120.0, 95.0, "24 answered had been offered before", 120)),
        SERVICE_LEVEL,
    )
    assert made.data[-1].text[0].strip() == "120.0 % °"
    assert list(made.data[0].marker.opacity) == [0.4]
    assert "24 answered had been offered before" in made.data[0].hovertext[0]
