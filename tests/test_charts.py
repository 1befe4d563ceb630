"""Charts: a line for each media type, gaps, ticks people can read, names that do no harm."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from genesys.intervals import bucket_edges, whole_days
from genesys.kpis import KPI_BY_KEY
from reports.charts import harmless, trend_chart
from reports.theme import MEDIA_COLOURS, OTHER_COLOUR, in_order, media_colour
from tests.asking import LONDON

OFFERED, ANSWER, ASA = (KPI_BY_KEY[key] for key in ("offered", "answer_pct", "asa_sec"))
MAY = whole_days(date(2026, 5, 11), date(2026, 5, 13), LONDON)
HOSTILE = '<a href="javascript:alert(1)">x</a>%{y}&amp;'


def course(values: dict[str, list[float | None]], key: str, interval=MAY, period="P1D"):
    """A trend of written-out values by media type."""
    edges = bucket_edges(interval, period, LONDON)
    return pd.DataFrame(
        {
            "interval_start": pd.DatetimeIndex([*edges[:-1]] * len(values)),
            "interval_end": pd.DatetimeIndex([*edges[1:]] * len(values)),
            "media_type": [media for media in values for _ in edges[1:]],
            key: pd.array(
                [value for each in values.values() for value in each],
                dtype="Int64" if key == "offered" else "float64",
            ),
        }
    )


def chart(values: dict[str, list[float | None]], kpi=OFFERED, **more):
    return trend_chart(course(values, kpi.key, **more), kpi, LONDON)


def test_each_media_type_with_a_value_has_its_line_and_its_label():
    made = chart({"email": [1, 2, 3], "voice": [4, 5, 6], "chat": [None] * 3})
    assert [line.name for line in made.data] == ["voice", "email"]
    assert [list(line.y) for line in made.data] == [[4, 5, 6], [1, 2, 3]]
    assert [line.line.color for line in made.data] == ["#2F6FDE", "#A63D86"]
    assert len({line.line.dash for line in made.data}) == 2
    labels = [each.text.split("</span> ")[1] for each in made.layout.annotations]
    assert sorted(labels) == ["email", "voice"]


def test_a_bucket_without_a_value_is_a_gap():
    (line,) = chart({"voice": [4, None, 6]}).data
    assert np.isnan(line.y[1])
    assert line.connectgaps is False
    assert line.customdata[1].tolist() == ["Tue 12 May 2026", "—", "voice"]


def test_the_axis_is_local_time():
    (line,) = chart({"voice": [4, 5, 6]}).data
    assert [str(each)[:16] for each in line.x] == [
        "2026-05-11T00:00",
        "2026-05-12T00:00",
        "2026-05-13T00:00",
    ]


def test_hovering_says_the_bucket_and_the_figure_in_words():
    made = chart({"voice": [14.2, 263, 3661]}, ASA)
    assert made.data[0].customdata.tolist() == [
        ["Mon 11 May 2026", "0:14", "voice"],
        ["Tue 12 May 2026", "4:23", "voice"],
        ["Wed 13 May 2026", "1:01:01", "voice"],
    ]
    day = whole_days(date(2026, 5, 11), date(2026, 5, 11), LONDON)
    hourly = chart({"voice": [1] * 24}, interval=day, period="PT1H")
    assert hourly.data[0].customdata[9].tolist() == ["Mon 11 May 2026, 09:00", "1", "voice"]
    assert hourly.layout.xaxis.tickformat.startswith("%H:%M")


def test_times_have_a_panel_and_readable_ticks_for_each_media_type():
    made = chart({"email": [0, 80_000, 170_000], "voice": [10, 20, 40]}, ASA)
    assert [line.name for line in made.data] == ["voice", "email"]
    assert made.layout.yaxis.ticktext == ("0:00", "0:15", "0:30")
    assert made.layout.yaxis2.ticktext == ("0:00", "1 d 0:00", "2 d 0:00")
    assert made.layout.yaxis2.tickvals == (0, 86_400, 172_800)


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
    assert all(b - a >= 0.074 for a, b in pairwise(places))
    assert 0 <= places[0] <= places[-1] <= 1.0001


def test_names_are_shown_letter_by_letter():
    made = chart({HOSTILE: [1, 2, 3]})
    (line,), (label,) = made.data, made.layout.annotations
    safe = '&lt;a href="javascript:alert(1)"&gt;x&lt;/a&gt;%{y}&amp;amp;'
    assert harmless(HOSTILE) == safe
    assert line.name == safe
    assert label.text.endswith(f"</span> {safe}")
    assert HOSTILE not in line.hovertemplate
    assert "%{y}" not in line.hovertemplate
    assert line.customdata[0][2] == safe


def test_nothing_to_draw_is_an_empty_chart():
    made = chart({"voice": [None] * 3})
    assert len(made.data) == len(made.layout.annotations) == 0
    empty = course({}, "offered")
    assert len(trend_chart(empty, OFFERED, LONDON).data) == 0


def test_media_types_stand_in_one_order_with_a_colour_each():
    assert in_order(["video", "message", "cobrowse", "voice", "email"]) == [
        "voice",
        "email",
        "message",
        "cobrowse",
        "video",
    ]
    assert media_colour("video") == OTHER_COLOUR
    assert len({*MEDIA_COLOURS.values(), OTHER_COLOUR}) == 6


def test_many_buckets_have_small_markers():
    quarter = whole_days(date(2026, 3, 1), date(2026, 5, 31), LONDON)
    many = chart({"voice": [1] * 92}, interval=quarter)
    assert many.data[0].marker.size < chart({"voice": [1, 2, 3]}).data[0].marker.size
    assert quarter.length == timedelta(days=92, hours=-1)
