"""Names beside charts: on a line or on two, and cut only where they go on."""

from __future__ import annotations

import pytest

from reports.charts.axes import beside, in_lines
from reports.charts.rows import height_for


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Claims", ["Claims"]),
        ("Complaints (Customer Service)", ["Complaints", "(Customer Service)"]),
        ("Kundenservice-Bestandskunden", ["Kundenservice-Besta", "ndskunden"]),
        (
            "Independent Financial Advisers and Appointed Representatives",
            ["Independent", "Financial Advisers…"],
        ),
    ],
)
def test_longer_names_take_two_lines_where_words_end(name: str, lines: list[str]):
    assert in_lines(name) == lines


def test_each_line_is_shown_letter_by_letter():
    assert beside("<b>Retail</b> and more </i>").split("<br>") == [
        "&lt;b&gt;Retail&lt;/b&gt; and",
        "more &lt;/i&gt;",
    ]


def test_rows_are_higher_where_a_name_takes_two_lines_above_its_media_type():
    assert height_for(["Claims<br><span>voice</span>", "3 others"]) == 40
    assert height_for(["Complaints<br>(Customer)<br><span>voice</span>"]) == 52
