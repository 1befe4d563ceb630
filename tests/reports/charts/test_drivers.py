"""What changed, as bars: signs, good and bad news, mix told from performance, names unharmed."""

from __future__ import annotations

import pandas as pd
import pytest

from genesys.client.entities import Queue
from genesys.kpis.catalogue import KPI_BY_KEY
from genesys.kpis.formats import Durations
from genesys.organization.directory import Directory
from reports.charts import drivers_chart, waterfall_chart
from reports.theme import BAD, GOOD, NEUTRAL

LEVEL, ABANDON, OFFERED, AHT = (
    KPI_BY_KEY[key] for key in ("service_level_pct", "abandon_pct", "offered", "aht_sec")
)
HOSTILE = '<a href="javascript:alert(1)">%{x}</a>'
DIRECTORY = Directory(
    {
        "q1": Queue("q1", "Claims"),
        "q2": Queue("q2", "Billing"),
        "long": Queue("long", "A queue whose name goes on and on"),
        "bad": Queue("bad", HOSTILE),
    }
)


def changed(*rows: tuple[str, str, float], media: str = "voice", why_not: str = "") -> pd.DataFrame:
    """Rows of (queue, kind, contribution), each with a sentence."""
    return pd.DataFrame(
        {
            "queue_id": pd.Series([row[0] for row in rows], dtype=str),
            "media_type": pd.Series([media for _ in rows], dtype=str),
            "kind": pd.Series([row[1] for row in rows], dtype=str),
            "contribution": pd.Series([row[2] for row in rows], dtype="float64"),
            "why_not": why_not,
            "sentence": pd.Series(
                [f"{DIRECTORY.label(row[0])} moved it." for row in rows], dtype=str
            ),
        }
    )


TABLE = changed(
    ("q2", "performance", -6.25), ("q1", "mix", -5.0), ("q1", "performance", 3.75),
    ("q2", "mix", -2.5),
)  # fmt: skip


GROUPS = changed(("q2", "performance", -8.75), ("q1", "mix", -1.25))


def words(trace) -> list[str]:
    return [each.strip() for each in trace.text]


def plain(label: str) -> str:
    """An axis label as it reads."""
    name, _, below = label.partition('<br><span style="font-size:11px">')
    return " / ".join(filter(None, (name, below.removesuffix("</span>"))))


class TestDrivers:
    def test_have_a_bar_each_the_greatest_on_top(self):
        made = drivers_chart(TABLE, LEVEL, DIRECTORY)
        assert list(made.data[0].x) == [-6.25, -5.0, 3.75, -2.5]
        assert [plain(each) for each in made.layout.yaxis.ticktext] == [
            "Billing / voice · performance",
            "Claims / voice · mix",
            "Claims / voice · performance",
            "Billing / voice · mix",
        ]
        assert made.layout.yaxis.range == (3.5, -0.5)

    def test_carry_their_sign_and_unit(self):
        assert words(drivers_chart(TABLE, LEVEL, DIRECTORY).data[1]) == [
            "−6.3 pts", "−5.0 pts", "+3.8 pts", "−2.5 pts",
        ]  # fmt: skip
        seconds = changed(("q1", "performance", 75.0), ("q2", "mix", -4.0))
        assert words(drivers_chart(seconds, AHT, DIRECTORY).data[1]) == ["+1:15", "−4.0 s"]
        in_seconds = drivers_chart(seconds, AHT, DIRECTORY, durations=Durations.SECONDS)
        assert words(in_seconds.data[1]) == ["+75 s", "−4 s"]
        counts = changed(("q1", "volume", 1234.0), ("q2", "volume", -30.0))
        assert words(drivers_chart(counts, OFFERED, DIRECTORY).data[1]) == ["+1,234", "−30"]

    def test_of_volume_need_no_word_for_it(self):
        made = drivers_chart(changed(("q1", "volume", 9.0)), OFFERED, DIRECTORY)
        assert plain(made.layout.yaxis.ticktext[0]) == "Claims / voice"

    @pytest.mark.parametrize(
        ("kpi", "inks"),
        [
            (LEVEL, (BAD, GOOD)),
            (ABANDON, (GOOD, BAD)),
            (AHT, (NEUTRAL, NEUTRAL)),
            (OFFERED, (NEUTRAL, NEUTRAL)),
        ],
    )
    def test_are_coloured_by_what_is_good_for_the_kpi(self, kpi, inks):
        table = changed(("q1", "performance", -2.0), ("q2", "performance", 1.0))
        assert drivers_chart(table, kpi, DIRECTORY).data[0].marker.color == inks

    def test_of_few_contacts_are_neither_green_nor_red(self):
        few = changed(("q1", "performance", -2.0), why_not="few contacts")
        assert drivers_chart(few, LEVEL, DIRECTORY).data[0].marker.color == (NEUTRAL,)
        assert waterfall_chart(few, LEVEL, DIRECTORY, 80.0, 78.0).data[1].marker.color == (
            *(NEUTRAL, NEUTRAL, NEUTRAL),
        )

    def test_of_mix_are_hatched(self):
        shapes = drivers_chart(TABLE, LEVEL, DIRECTORY).data[0].marker.pattern.shape
        assert list(shapes) == ["", "/", "", "/"]

    def test_beyond_the_most_are_one_row(self):
        made = drivers_chart(TABLE, LEVEL, DIRECTORY, most=1)
        assert list(made.data[0].x) == [-6.25, -3.75]
        assert made.layout.yaxis.ticktext[1] == "3 others"
        assert made.data[0].hovertext[1] == "3 others, added up"
        two = drivers_chart(TABLE, LEVEL, DIRECTORY, most=3)
        assert two.layout.yaxis.ticktext[3] == "1 other"

    def test_too_small_to_show_are_among_the_others(self):
        table = changed(("q1", "performance", 2.0), ("q2", "performance", 0.04))
        made = drivers_chart(table, LEVEL, DIRECTORY)
        assert made.layout.yaxis.ticktext[1] == "1 other"
        assert words(made.data[1]) == ["+2.0 pts", "±0.0 pts"]

    def test_say_their_sentence_on_hovering(self):
        assert drivers_chart(TABLE, LEVEL, DIRECTORY).data[0].hovertext[0] == "Billing moved it."

    def test_have_long_names_short_on_the_axis_and_whole_on_hovering(self):
        made = drivers_chart(changed(("long", "mix", 1.0)), LEVEL, DIRECTORY)
        name, _, below = plain(made.layout.yaxis.ticktext[0]).partition(" / ")
        assert name == "A queue whose name<br>goes on and on"
        assert below == "voice · mix"
        assert made.data[0].hovertext[0] == "A queue whose name goes on and on moved it."

    def test_do_no_harm_by_their_names(self):
        made = drivers_chart(changed(("bad", "mix", 1.0), media="<b>x"), LEVEL, DIRECTORY)
        assert made.layout.yaxis.ticktext[0].startswith('&lt;a<br>href="javascript:al…<br>')
        assert "&lt;b&gt;x · mix" in made.layout.yaxis.ticktext[0]
        assert "<a" not in made.data[0].hovertext[0]

    def test_of_nothing_are_no_rows(self):
        assert len(drivers_chart(changed(), LEVEL, DIRECTORY).data[0].x) == 0


class TestWaterfall:
    def test_goes_from_the_earlier_value_by_group_to_the_current_one(self):
        made = waterfall_chart(GROUPS, LEVEL, DIRECTORY, 70.0, 60.0)
        _, bars, texts = made.data
        assert [plain(each) for each in made.layout.yaxis.ticktext] == [
            "Earlier interval", "Billing / voice", "Claims / voice", "This interval",
        ]  # fmt: skip
        assert words(texts) == ["70.0 %", "−8.8 pts", "−1.3 pts", "60.0 %"]
        assert bars.x[1:3].tolist() == [-8.75, -1.25]
        assert bars.base[1:3].tolist() == [70.0, 61.25]
        assert list(bars.marker.color) == [NEUTRAL, BAD, BAD, NEUTRAL]

    def test_adds_up_what_is_beyond_the_most(self):
        made = waterfall_chart(GROUPS, LEVEL, DIRECTORY, 70.0, 60.0, most=1)
        assert made.layout.yaxis.ticktext[2] == "1 other"
        assert words(made.data[2]) == ["70.0 %", "−8.8 pts", "−1.3 pts", "60.0 %"]
        assert made.data[1].hovertext[2] == "<b>−1.3 pts</b><br>1 other, added up"

    def test_starts_at_zero_where_the_steps_can_be_seen_from_there(self):
        table = changed(("q1", "volume", 50.0))
        made = waterfall_chart(table, OFFERED, DIRECTORY, 100, 150)
        assert made.layout.xaxis.range == (0, 150)
        assert made.layout.xaxis.title.text == ""
        assert (made.data[1].base[0], made.data[1].x[0]) == (0, 100)

    def test_says_where_else_its_axis_starts(self):
        table = changed(("q1", "performance", -2.0), ("q2", "performance", 1.0))
        made = waterfall_chart(table, LEVEL, DIRECTORY, 80.5, 79.5)
        assert made.layout.xaxis.title.text == "axis starts at 76.0 %"
        assert made.layout.xaxis.range == (76.0, 80.5)
        assert (made.data[1].base[0], made.data[1].x[0]) == (76.0, 4.5)
        assert words(made.data[2]) == ["80.5 %", "−2.0 pts", "+1.0 pts", "79.5 %"]

    def test_never_has_a_total_shorter_than_a_part_of_it(self):
        table = changed(("q1", "performance", 9.0), ("q2", "performance", -3.0))
        _, bars, _ = waterfall_chart(table, LEVEL, DIRECTORY, 70.0, 76.0).data
        first, *steps, last = map(abs, bars.x)
        assert min(first, last) >= max(steps)

    def test_without_a_change_starts_at_zero(self):
        made = waterfall_chart(changed(), LEVEL, DIRECTORY, 80.0, 80.0)
        assert made.layout.xaxis.range == (0, 80)
        assert words(made.data[2]) == ["80.0 %", "80.0 %"]

    def test_has_thin_lines_from_bar_to_bar(self):
        made = waterfall_chart(GROUPS, LEVEL, DIRECTORY, 70.0, 60.0)
        lines = made.data[0]
        assert lines.line.width == 1
        assert [each for each in lines.x if each is not None] == [70, 70, 61.25, 61.25, 60, 60]

    def test_writes_times_as_chosen(self):
        table = changed(("q1", "performance", 90.0))
        made = waterfall_chart(table, AHT, DIRECTORY, 300, 390, durations=Durations.SECONDS)
        assert words(made.data[2]) == ["300 s", "+90 s", "390 s"]

    def test_needs_both_totals(self):
        for before, after in ((None, 80.0), (80.0, float("nan"))):
            assert len(waterfall_chart(GROUPS, LEVEL, DIRECTORY, before, after).data) == 0

    def test_does_no_harm_by_names(self):
        made = waterfall_chart(changed(("bad", "mix", 9.0)), LEVEL, DIRECTORY, 70.0, 79.0)
        assert "<a" not in made.layout.yaxis.ticktext[1]
        assert "<a" not in made.data[1].hovertext[1]
