"""Charts: a line for each media type, gaps, ticks people can read, names that do no harm."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from genesys.intervals import whole_days
from genesys.kpis.catalogue import KPI_BY_KEY
from genesys.kpis.formats import Durations
from reports.charts import AVERAGE, trend_chart
from reports.theme import (
    BAD,
    GOOD,
    MEDIA_COLOURS,
    NEUTRAL,
    OTHER_COLOUR,
    PALETTE,
    STATUS_SIGNS,
    in_order,
    media_colour,
)
from tests.asking import LONDON
from tests.reports.charts.courses import (
    ASA,
    DAY,
    OFFERED,
    chart,
    course,
    labels,
    queues,
)

SERVICE_LEVEL = KPI_BY_KEY["service_level_pct"]


APRIL = whole_days(date(2026, 4, 13), date(2026, 4, 15), LONDON)


FOUR_DAYS = whole_days(date(2026, 4, 13), date(2026, 4, 16), LONDON)


def test_each_media_type_with_a_value_has_its_line_and_its_label():
    made = chart({"email": [1, 2, 3], "voice": [4, 5, 6], "chat": [None] * 3})
    assert [line.name for line in made.data] == ["voice", "email"]
    assert [list(line.y) for line in made.data] == [[4, 5, 6], [1, 2, 3]]
    assert [line.line.color for line in made.data] == ["#2F6FDE", "#A63D86"]
    assert len({line.line.dash for line in made.data}) == 2
    assert labels(made) == ["voice", "email"]


def test_a_bucket_without_a_value_is_a_gap():
    (line,) = chart({"voice": [4, None, 6]}).data
    assert np.isnan(line.y[1])
    assert line.connectgaps is False
    assert line.customdata[1].tolist() == ["voice", "—"]


def test_the_axis_is_local_time():
    (line,) = chart({"voice": [4, 5, 6]}).data
    assert [str(each)[:16] for each in line.x] == [
        "2026-05-11T00:00",
        "2026-05-12T00:00",
        "2026-05-13T00:00",
    ]


def test_hovering_says_the_bucket_once_and_each_figure_in_words():
    made = chart({"voice": [14.2, 263, 3661]}, ASA)
    assert made.data[0].customdata.tolist() == [
        ["voice", "0:14"],
        ["voice", "4:23"],
        ["voice", "1:01:01"],
    ]
    assert made.layout.xaxis.unifiedhovertitle.text == "%{x|%a %-d %b %Y}"
    hourly = chart({"voice": [1] * 24}, interval=DAY, period="PT1H")
    assert hourly.layout.xaxis.unifiedhovertitle.text == "%{x|%a %-d %b %Y, %H:%M}"


def test_times_are_written_as_chosen():
    made = chart({"voice": [10, 95, 20]}, ASA, targets={"voice": 90}, durations=Durations.SECONDS)
    assert made.data[0].customdata[1].tolist() == ["voice", "95 s"]
    assert made.layout.yaxis.ticktext == ("0 s", "30 s", "60 s", "90 s")
    assert "target 90 s" in labels(made)


def test_the_earlier_interval_lies_beneath_bucket_by_bucket():
    before = course({"voice": [7, None, 9], "chat": [1, 1, 1]}, "offered", APRIL)
    made = chart({"voice": [4, 5, 6]}, earlier=before)
    now, then = made.data
    assert list(then.x) == list(now.x)
    assert (then.y[0], np.isnan(then.y[1]), then.y[2]) == (7, True, 9)
    assert then.customdata.tolist() == [
        ["Mon 13 Apr 2026", "voice", "7"],
        ["Tue 14 Apr 2026", "voice", "—"],
        ["Wed 15 Apr 2026", "voice", "9"],
    ]
    assert then.hovertemplate == (
        "%{customdata[0]} / %{customdata[1]} %{customdata[2]}, before<extra></extra>"
    )
    assert then.line.color == now.line.color
    assert then.line.width < now.line.width
    assert then.opacity == 0.5
    assert then.mode == "lines"
    assert then.zorder < now.zorder
    assert labels(made) == ["voice"]
    assert made.layout.yaxis.range[1] > 9


def test_an_earlier_interval_of_another_length_is_cut_or_ends_early():
    longer = course({"voice": [1, 2, 3, 90]}, "offered", FOUR_DAYS)
    cut = chart({"voice": [4, 5, 6]}, earlier=longer)
    assert list(cut.data[1].y) == [1, 2, 3]
    assert cut.layout.yaxis.range[1] < 10
    shorter = course({"voice": [7]}, "offered", DAY)
    assert list(chart({"voice": [4, 5, 6]}, earlier=shorter).data[1].y) == [7]


def test_a_target_is_a_dashed_line_with_its_label_clear_of_the_others():
    made = chart({"voice": [70.0, 75.0, 80.5]}, SERVICE_LEVEL, targets={"voice": 80.0})
    (line,) = made.layout.shapes
    assert (line.y0, line.y1, line.yref, line.line.dash) == (80.0, 80.0, "y", "4px,3px")
    assert labels(made) == ["voice", "target 80.0 %"]
    upper, lower = sorted((each.y for each in made.layout.annotations), reverse=True)
    assert upper - lower >= 0.07
    high = chart({"voice": [10.0, 12.0, 11.0]}, SERVICE_LEVEL, targets={"voice": 80.0})
    assert high.layout.yaxis.range[1] > 80


def test_one_target_of_all_series_is_drawn_once_and_unlike_ones_not_at_all():
    values = {"voice": [70.0] * 3, "email": [90.0] * 3}
    same = chart(values, SERVICE_LEVEL, targets={"voice": 80.0, "email": 80.0})
    assert [line.y0 for line in same.layout.shapes] == [80.0]
    for targets in ({"voice": 80.0, "email": 95.0}, {"voice": 80.0}, {}):
        assert len(chart(values, SERVICE_LEVEL, targets=targets).layout.shapes) == 0
    panels = chart(values, SERVICE_LEVEL, targets={"voice": 80.0, "email": 95.0}, apart=True)
    assert [(line.y0, line.yref) for line in panels.layout.shapes] == [(80.0, "y"), (95.0, "y2")]


def test_counts_apart_have_a_panel_and_a_zero_baseline_for_each_series():
    made = chart({"email": [1, 2, 3], "voice": [400, 500, 600]}, apart=True)
    assert [(line.name, line.yaxis) for line in made.data] == [("voice", "y"), ("email", "y2")]
    assert [axis.range[0] for axis in (made.layout.yaxis, made.layout.yaxis2)] == [0, 0]
    assert made.layout.yaxis.range == made.layout.yaxis2.range == (0, 648)
    assert made.layout.yaxis.domain[0] > made.layout.yaxis2.domain[1]
    assert [(each.yref, each.text.split("</span> ")[1]) for each in made.layout.annotations] == [
        ("y domain", "voice"),
        ("y2 domain", "email"),
    ]
    assert made.layout.xaxis.anchor == "y2"


def test_queues_are_coloured_in_order_of_appearance_and_their_average_is_grey():
    made = queues({"Sales": [1, 2, 3], AVERAGE: [2, 2, 2], "Claims": [3, 2, 1]})
    assert [line.name for line in made.data] == ["Sales", "Average of all queues", "Claims"]
    assert [line.line.color for line in made.data] == ["#009CC4", "#778296", "#5B59B6"]
    assert made.data[1].line.dash == "dash"
    assert sorted(labels(made)) == ["Average", "Claims", "Sales"]
    aimed = queues({"Sales": [70.0] * 3, AVERAGE: [75.0] * 3}, SERVICE_LEVEL, targets={"Sales": 80})
    assert [line.y0 for line in aimed.layout.shapes] == [80]


def test_times_of_queues_share_a_panel_unless_apart():
    values = {"Sales": [10, 20, 30], "Claims": [15, 25, 35]}
    assert {line.yaxis for line in queues(values, ASA).data} == {"y"}
    assert [line.yaxis for line in queues(values, ASA, apart=True).data] == ["y", "y2"]


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


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    ]
    return sum(weight * each for weight, each in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize(
    "colour", sorted({*MEDIA_COLOURS.values(), OTHER_COLOUR, *PALETTE, GOOD, BAD, NEUTRAL})
)
@pytest.mark.parametrize("page", ["#FFFFFF", "#0E131A"])
def test_every_colour_is_seen_on_white_and_on_the_dark_page(colour: str, page: str):
    lower, upper = sorted((luminance(colour), luminance(page)))
    assert (upper + 0.05) / (lower + 0.05) >= 3


def test_every_standing_to_a_target_has_a_sign_of_its_own():
    assert dict(STATUS_SIGNS) == {
        "met": "✓",
        "near": "~",
        "missed": "✗",
        "few contacts": "°",
        "": "",
    }
