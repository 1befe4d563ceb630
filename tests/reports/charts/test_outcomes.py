"""Where the offered went, as shares beside the earlier ones."""

from __future__ import annotations

import numpy as np
import pandas as pd

from reports.charts import outcomes_chart
from reports.theme import BAD, GOOD, NEUTRAL


def ended(**counts: int) -> pd.DataFrame:
    """A table of `reconcile` with these lines."""
    table = pd.DataFrame({"key": pd.Series(list(counts), dtype=str), "label": "as listed"})
    return table.assign(count=pd.array(list(counts.values()), dtype="Int64"))


NOW = ended(offered=200, in_target=150, late=30, left=24, carried_over=-4)
BEFORE = ended(offered=1000, in_target=700, late=150, left=50, carried_over=100)


def words(trace) -> list[str]:
    return [each.strip() for each in trace.text]


def test_each_outcome_is_a_share_of_the_offered_beside_the_earlier_one():
    made = outcomes_chart(NOW, BEFORE)
    before, _, now, _ = made.data
    assert made.layout.yaxis.ticktext == (
        "Answered in<br>target", "Answered late", "Abandons", "Carried over",
    )  # fmt: skip
    assert list(now.x) == [75, 15, 12, -2]
    assert list(before.x) == [70, 15, 5, 10]
    assert before.opacity < now.opacity
    assert before.width < now.width


def test_the_share_and_its_change_stand_at_the_bar():
    _, named, _, told = outcomes_chart(NOW, BEFORE).data
    assert words(told) == [
        "<b>75.0 %</b>  +5.0 pts",
        "<b>15.0 %</b>  ±0.0 pts",
        "<b>12.0 %</b>  +7.0 pts",
        "<b>−2.0 %</b>  −12.0 pts",
    ]
    assert words(named) == ["before", "", "", ""]


def test_low_rows_have_labels_of_one_line_and_no_word_at_the_earlier_bar():
    made = outcomes_chart(NOW, BEFORE, low=True)
    assert made.layout.height < outcomes_chart(NOW, BEFORE).layout.height
    assert made.layout.yaxis.ticktext[0] == "Answered in target"
    assert words(made.data[1]) == ["", "", "", ""]
    long = outcomes_chart(ended(offered=100, on_voice=100), None, low=True)
    assert long.layout.yaxis.ticktext == ("Callbacks, see voice",)


def test_what_was_brought_in_lies_left_of_zero_with_its_words_at_the_right():
    _, _, bars, told = outcomes_chart(NOW, BEFORE).data
    assert bars.x[3] == -2
    assert told.x[3] == 0


def test_hovering_says_the_counts():
    assert outcomes_chart(NOW, BEFORE).data[0].hovertext[0] == (
        "<b>Answered in target</b><br>150 of 200 offered (75.0 %)"
        "<br>700 of 1,000 offered (70.0 %) before"
    )


def test_without_an_earlier_interval_there_are_shares_alone():
    for earlier in (None, ended()):
        bars, told = outcomes_chart(NOW, earlier).data
        assert list(bars.x) == [75, 15, 12, -2]
        assert words(told)[0] == "<b>75.0 %</b>"
        assert bars.hovertext[0] == "<b>Answered in target</b><br>150 of 200 offered (75.0 %)"


def test_what_one_interval_does_not_tell_has_no_bar_and_no_change():
    made = outcomes_chart(NOW, ended(offered=100, answered=90, left=10, carried_over=0))
    before, _, now, told = made.data
    assert made.layout.yaxis.ticktext[2] == "Answered"
    assert np.isnan(before.x[0])
    assert np.isnan(now.x[2])
    assert words(told) == [
        "<b>75.0 %</b>", "<b>15.0 %</b>", "—", "<b>12.0 %</b>  +2.0 pts", "<b>−2.0 %</b>  −2.0 pts",
    ]  # fmt: skip


def test_few_contacts_are_counted_instead_of_shared():
    few = ended(offered=12, in_target=9, left=3, carried_over=0)
    assert words(outcomes_chart(few, BEFORE).data[3])[0] == "9 of 12"
    assert words(outcomes_chart(NOW, few).data[3])[0] == "<b>75.0 %</b>"


def test_outcomes_that_nothing_had_in_either_interval_are_left_out():
    none = ended(offered=100, in_target=100, late=0, carried_over=0)
    assert outcomes_chart(none, none).layout.yaxis.ticktext == ("Answered in<br>target",)
    both = outcomes_chart(none, ended(offered=100, in_target=98, late=2, carried_over=0))
    assert len(both.layout.yaxis.ticktext) == 2


def test_a_share_that_rounds_to_nothing_has_no_sign():
    tiny = ended(offered=10_000, in_target=10_001, carried_over=-1)
    assert words(outcomes_chart(tiny, None).data[1])[1] == "<b>0.0 %</b>"


def test_good_and_bad_news_are_coloured_and_the_others_are_not():
    assert outcomes_chart(NOW, None).data[0].marker.color == (GOOD, BAD, BAD, NEUTRAL)


def test_nothing_offered_is_an_empty_chart():
    assert len(outcomes_chart(ended(), None).layout.yaxis.ticktext) == 0
    zero = outcomes_chart(ended(offered=0, in_target=0, carried_over=0), BEFORE)
    assert np.isnan(zero.data[2].x).all()


def test_an_interval_of_few_offered_is_neither_green_nor_red():
    few = ended(offered=19, in_target=9, left=10, carried_over=0)
    before, _, now, _ = outcomes_chart(NOW, few).data

    assert set(before.marker.color) == {NEUTRAL}
    assert set(now.marker.color) == {GOOD, BAD, NEUTRAL}
