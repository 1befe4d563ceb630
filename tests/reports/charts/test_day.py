"""The day against the usual one: clock times, gaps, names at the right edge."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from genesys.day_clock import DayClock
from genesys.kpis.catalogue import KPI_BY_KEY
from genesys.kpis.formats import Durations
from reports.charts import day_chart

OFFERED, LEVEL, ASA = (KPI_BY_KEY[key] for key in ("offered", "service_level_pct", "asa_sec"))
BLUE = "#2F6FDE"


def day(*rows: tuple[int, float | None, float | None], days: int = 4) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["minute", "value", "usual"]).astype(
        {"minute": "int64", "value": "float64", "usual": "float64"}
    )
    return table.assign(days=days)


MORNING = day((540, 70, 25.75), (570, 20, 30), (600, None, 8))


def test_the_day_is_solid_in_its_colour_and_the_usual_one_dashed_and_grey():
    usual, today = day_chart(MORNING, OFFERED, colour=BLUE).data
    assert (today.name, today.line.dash, today.line.color) == ("this day", "solid", BLUE)
    assert (usual.name, usual.line.dash) == ("usual", "dash")
    assert usual.line.color != BLUE
    assert today.y.tolist()[:2] == [70, 20]
    assert np.isnan(today.y[2])


def test_the_axis_is_the_clock():
    made = day_chart(MORNING, OFFERED, colour=BLUE)
    assert [str(each)[11:16] for each in made.data[0].x] == ["09:00", "09:30", "10:00"]
    assert made.layout.xaxis.tickformat == made.layout.xaxis.hoverformat == "%H:%M"


def test_buckets_that_neither_has_are_gaps():
    _, today = day_chart(day((540, 1, 1), (570, 1, 1), (660, 1, 1)), LEVEL, colour=BLUE).data
    assert np.isnan(today.y).tolist() == [False, False, True, True, False]
    assert today.connectgaps is False


def test_hovering_says_both_figures_and_of_how_many_days_the_usual_is():
    usual, today = day_chart(MORNING, OFFERED, colour=BLUE).data
    assert list(today.customdata) == ["70", "20", "—"]
    assert list(usual.customdata) == ["26", "30", "8"]
    assert usual.hovertemplate == "usual (4 days) <b>%{customdata}</b><extra></extra>"
    one = day_chart(day((540, 1, 1), days=1), OFFERED, colour=BLUE).data[0]
    assert one.hovertemplate.startswith("usual (1 day) ")
    slow = day_chart(day((0, 75, 90)), ASA, colour=BLUE, durations=Durations.SECONDS)
    assert [list(line.customdata) for line in slow.data] == [["90 s"], ["75 s"]]


def test_names_stand_at_the_right_edge_apart_from_each_other():
    labels = day_chart(day((540, 9, 9), (570, 0, 0)), OFFERED, colour=BLUE).layout.annotations
    assert [label.text.partition("</span> ")[2] for label in labels] == ["this day", "usual"]
    assert [(label.x, label.yref) for label in labels] == [(1, "y domain"), (1, "y domain")]
    assert [label.y for label in labels] == [0, 0.075]


def test_the_target_is_a_thin_line_with_its_value_at_the_right_edge():
    layout = day_chart(day((540, 60, 70)), LEVEL, colour=BLUE, target=80.0).layout
    (line,) = layout.shapes
    assert (line.y0, line.y1, line.line.dash) == (80, 80, "4px,3px")
    assert layout.annotations[-1].text == "target 80.0 %"
    assert layout.yaxis.range == (0, 80 * 1.08)
    assert not day_chart(day((540, 60, 70)), LEVEL, colour=BLUE).layout.shapes


def test_without_usual_days_the_day_stands_alone():
    (today,) = day_chart(day((540, 1, None), days=0), OFFERED, colour=BLUE).data
    assert today.name == "this day"


def test_nothing_to_draw_is_an_empty_chart():
    assert len(day_chart(day(), OFFERED, colour=BLUE).data) == 0
    assert len(day_chart(day((540, None, None)), LEVEL, colour=BLUE).data) == 0


def test_an_hour_that_comes_twice_stands_twice_with_its_offsets():
    berlin = DayClock.of(date(2026, 10, 25), ZoneInfo("Europe/Berlin"))
    table = day((60, 5, 4), (120, 7, 6), (180, 8, None), (240, 9, 5))

    usual, today = day_chart(table, OFFERED, colour=BLUE, clock=berlin).data

    assert [str(each)[11:16] for each in today.x] == ["01:00", "02:00", "03:00", "04:00"]
    assert [list(words) for words in today.customdata] == [
        ["5", "01:00"],
        ["7", "02:00 UTC+02:00"],
        ["8", "02:00 UTC+01:00"],
        ["9", "03:00"],
    ]
    assert today.hovertemplate.startswith("%{customdata[1]} / this day <b>%{customdata[0]}</b>")
    assert np.isnan(usual.y).tolist() == [False, False, True, False]


def test_the_axis_of_the_longest_day_is_what_clocks_show():
    berlin = DayClock.of(date(2026, 10, 25), ZoneInfo("Europe/Berlin"))
    table = day(*((60 * hour, hour, hour) for hour in range(25)))

    axis = day_chart(table, OFFERED, colour=BLUE, clock=berlin).layout.xaxis

    places = [str(each)[11:16] for each in axis.tickvals]
    assert dict(zip(places, axis.ticktext, strict=True)) == {
        "00:00": "00:00",
        "04:00": "03:00",
        "07:00": "06:00",
        "10:00": "09:00",
        "13:00": "12:00",
        "16:00": "15:00",
        "19:00": "18:00",
        "22:00": "21:00",
    }
    assert axis.unifiedhovertitle.text == " "
