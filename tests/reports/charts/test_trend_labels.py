"""Axes, labels and names of a trend."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from genesys.intervals import bucket_edges, whole_days
from reports.charts import harmless
from reports.charts.axes import shortened
from reports.theme import (
    MEDIA_COLOURS,
)
from tests.asking import LONDON
from tests.reports.charts.courses import (
    ANSWER,
    ASA,
    DAY,
    chart,
    labels,
    queues,
)

HOSTILE = '<a href="javascript:alert(1)">x</a>%{y}&amp;'


@pytest.mark.parametrize(
    ("last", "period", "first_tick", "step", "form"),
    [
        (date(2026, 5, 11), "PT30M", "2026-05-11 00:00:00", 14_400_000, "%H:%M\n%a %-d %b"),
        (date(2026, 5, 12), "PT1H", "2026-05-11 00:00:00", 43_200_000, "%H:%M\n%a %-d %b"),
        (date(2026, 5, 17), "PT1H", "2026-05-11 00:00:00", 86_400_000, "%a<br>%-d\n%b"),
        (date(2026, 5, 17), "P1D", "2026-05-11 00:00:00", 86_400_000, "%a<br>%-d\n%b"),
        (date(2026, 6, 14), "P1D", "2000-01-03", 604_800_000, "%a<br>%-d\n%b"),
        (date(2026, 7, 5), "P7D", "2026-05-18 00:00:00", 1_209_600_000, "%a<br>%-d\n%b"),
        (date(2026, 10, 31), "P1M", "2000-01-01", "M1", "%b\n%Y"),
        (date(2027, 5, 10), "P1D", "2000-01-01", "M2", "%b\n%Y"),
    ],
)
def test_ticks_are_few_and_stand_where_hours_days_mondays_or_months_begin(
    last: date, period: str, first_tick: str, step: int | str, form: str
):
    interval = whole_days(date(2026, 5, 11), last, LONDON)
    count = len(bucket_edges(interval, period, LONDON)) - 1
    axis = chart({"voice": [1] * count}, interval=interval, period=period).layout.xaxis
    assert (str(axis.tick0).replace("T", " ")[:19], axis.dtick, axis.tickformat) == (
        first_tick,
        step,
        form,
    )


def test_a_long_hostile_queue_name_is_cut_at_the_edge_and_whole_on_hovering():
    name = "<b>Retail</b> and a very long name of a queue"
    made = queues({name: [1, 2, 3]})
    assert labels(made) == ["&lt;b&gt;Retail&lt;/b&gt; and a<br>very long name of…"]
    assert made.data[0].customdata[0].tolist() == [
        "&lt;b&gt;Retail&lt;/b&gt; and a very long name of a queue",
        "1",
    ]
    assert made.layout.margin.r <= 175


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Claims", "Claims"),
        ("eighteen letters x", "eighteen letters x"),
        ("nineteen letters xx", "nineteen letters…"),
        ("WWWWWWWWWWWWWWWWWW", "WWWWWWWWWWWW…"),
        ("保険金請求サポート窓口センター", "保険金請求サポー…"),
    ],
)
def test_names_are_cut_by_their_width(name: str, short: str):
    assert shortened(name, 18) == short


def test_labels_of_two_lines_stand_farther_apart():
    short, long = (
        queues({"A": [50.0] * 3, name: [50.0] * 3}).layout.annotations
        for name in ("B", "Complaints (Customer Service)")
    )
    assert [round(abs(one.y - other.y), 4) for one, other in (short, long)] == [0.0755, 0.1358]


def test_times_have_a_panel_and_readable_ticks_for_each_media_type():
    made = chart({"email": [0, 80_000, 170_000], "voice": [10, 20, 40]}, ASA)
    assert [line.name for line in made.data] == ["voice", "email"]
    assert made.layout.yaxis.ticktext == ("0:00", "0:15", "0:30")
    assert made.layout.yaxis2.ticktext == ("0:00", "1 day", "2 days")
    assert made.layout.yaxis2.tickvals == (0, 86_400, 172_800)


def test_times_share_an_axis_where_somebody_waits_and_no_other():
    made = chart(
        {"email": [170_000], "voice": [40], "chat": [90], "message": [4_000]}, ASA, interval=DAY
    )
    assert [line.name for line in made.data] == ["voice", "chat", "email", "message"]
    layout = made.layout
    assert layout.yaxis.range == layout.yaxis2.range
    assert layout.yaxis.ticktext == ("0:00", "0:30", "1:00", "1:30")
    assert layout.yaxis2.range[1] < layout.yaxis4.range[1] < layout.yaxis3.range[1]


@pytest.mark.parametrize("top", [0, 0.3, 7, 59, 61, 3_599, 86_401, 900_000, 9_000_000])
def test_time_axes_of_any_height_have_a_few_ticks_and_no_two_alike(top: float):
    texts = chart({"voice": [0, 0, top]}, ASA).layout.yaxis.ticktext
    assert 1 <= len(texts) <= 8
    assert len(set(texts)) == len(texts)


def test_small_counts_and_rates_have_no_tick_twice():
    assert chart({"voice": [0, 1, 2]}).layout.yaxis.dtick == 1
    assert chart({"voice": [0, 1, 200]}).layout.yaxis.dtick is None
    rates = chart({"voice": [0.0, 0.4, 0.9]}, ANSWER).layout.yaxis
    assert (rates.tickformat, rates.ticksuffix) == (",.2~f", " %")


def test_labels_at_the_end_stand_apart_and_inside():
    made = chart({media: [1, 1, 10] for media in MEDIA_COLOURS})
    places = sorted(each.y for each in made.layout.annotations)
    assert all(b - a >= 0.075 for a, b in pairwise(places))
    assert 0 <= places[0] <= places[-1] <= 1.0001


def test_names_are_shown_letter_by_letter():
    made = chart({HOSTILE: [1, 2, 3]})
    (line,), (label,) = made.data, made.layout.annotations
    safe = '&lt;a href="javascript:alert(1)"&gt;x&lt;/a&gt;%{y}&amp;amp;'
    assert harmless(HOSTILE) == safe
    assert line.name == safe
    assert label.text.endswith('</span> &lt;a<br>href="javascript:al…')
    assert HOSTILE not in line.hovertemplate
    assert "%{y}" not in line.hovertemplate
    assert line.customdata[0][0] == safe
