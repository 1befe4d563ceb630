"""Shares of media types: bars, marks for the earlier shares, and words at the end."""

from __future__ import annotations

import numpy as np
import pandas as pd

from reports.charts import shares_chart

NAN = float("nan")


def table(*rows: tuple[str, float, float, float, float]) -> pd.DataFrame:
    columns = ["media_type", "share", "share_earlier", "count", "count_earlier"]
    return pd.DataFrame(rows, columns=columns)


WEEK = table(
    ("email", 18.2, 20.1, 410, 430),
    ("voice", 46.1, 43.8, 1040, 930),
    ("chat", 12.4, 12.44, 280, 266),
    ("callback", 3.3, NAN, 75, NAN),
    ("video", NAN, 1.2, NAN, 25),
)


def test_bars_are_largest_first_in_the_colours_of_their_media_types():
    made = shares_chart(WEEK)
    bars = made.data[0]
    assert made.layout.yaxis.ticktext == ("voice", "email", "chat", "callback", "video")
    assert list(bars.x[:4]) == [46.1, 18.2, 12.4, 3.3]
    assert np.isnan(bars.x[4])
    assert bars.marker.color[:2] == ("#2F6FDE", "#A63D86")
    assert made.layout.xaxis.range[0] == 0
    assert made.layout.showlegend is False


def test_the_earlier_share_is_a_mark_seen_on_any_page():
    _, edge, mark, *_ = shares_chart(WEEK).data
    assert list(mark.x[:3]) == list(edge.x[:3]) == [43.8, 20.1, 12.44]
    assert np.isnan(mark.x[3])
    assert (edge.marker.line.color, mark.marker.line.color) == ("#FFFFFF", "#0F172A")
    assert edge.marker.line.width > mark.marker.line.width


def test_words_at_the_end_say_share_and_change_with_a_sign():
    words = next(each for each in shares_chart(WEEK).data if each.text and len(each.text) == 5)
    assert [text.strip() for text in words.text] == [
        "46.1 %  +2.3 pts",
        "18.2 %  −1.9 pts",
        "12.4 %  ±0.0 pts",
        "3.3 %",
        "—",
    ]
    assert list(words.x) == [46.1, 20.1, 12.44, 3.3, 1.2]


def test_hovering_says_the_counts_of_both_intervals():
    said = shares_chart(WEEK).data[0].hovertext
    assert said[0] == "<b>voice 46.1 % (1,040)</b><br>before: 43.8 % (930)"
    assert said[4] == "<b>video — (—)</b><br>before: 1.2 % (25)"


def test_the_first_mark_says_what_marks_are():
    late = table(("voice", 60.0, NAN, 60, NAN), ("chat", 40.0, 30.0, 40, 3))
    (word,) = (each for each in shares_chart(late).data if each.text == ("before",))
    assert (word.x[0], 0.5 < word.y[0] < 1) == (30.0, True)
    none = table(("voice", 100.0, NAN, 60, NAN))
    assert all(each.text != ("before",) for each in shares_chart(none).data)


def test_no_media_types_are_an_empty_chart():
    made = shares_chart(table())
    assert all(len(each.y) == 0 for each in made.data)


def test_names_are_shown_letter_by_letter():
    made = shares_chart(table(("<b>x</b>", 100.0, 90.0, 1, 1)))
    assert made.layout.yaxis.ticktext == ("&lt;b&gt;x&lt;/b&gt;",)
    assert made.data[0].hovertext[0].startswith("<b>&lt;b&gt;x&lt;/b&gt; 100.0 %")
