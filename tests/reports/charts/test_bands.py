"""The band of what is usual: where it lies, where it has gaps, and what hovering says."""

from __future__ import annotations

import numpy as np
import pandas as pd

from genesys.kpis.catalogue import KPI_BY_KEY
from reports.charts import day_chart, trend_chart
from tests.asking import LONDON

OFFERED = KPI_BY_KEY["offered"]
NAN = float("nan")


def trend(low: list[float], high: list[float], media: str = "voice") -> pd.DataFrame:
    starts = pd.date_range("2026-05-11", periods=len(low), freq="D", tz=LONDON)
    return pd.DataFrame(
        {
            "interval_start": starts,
            "interval_end": starts + pd.Timedelta(days=1),
            "media_type": media,
            "offered": pd.array([100] * len(low), dtype="Int64"),
            "usual_low": low,
            "usual_high": high,
        }
    )


def test_a_pale_band_lies_beneath_its_line_in_the_colour_of_it():
    band, line = trend_chart(trend([80, 90], [120, 130]), OFFERED, LONDON).data

    assert (band.fill, band.line.width, band.opacity) == ("toself", 0, 0.22)
    assert band.fillcolor == line.line.color
    assert band.zorder < line.zorder
    assert band.y.tolist()[:4] == [80, 90, 130, 120]
    assert [str(each)[8:10] for each in band.x[:4]] == ["11", "12", "12", "11"]


def test_buckets_in_which_nothing_is_usual_are_gaps_of_the_band():
    band, _ = trend_chart(
        trend([80, 90, NAN, 70, 75], [120, 130, NAN, 110, 115]), OFFERED, LONDON
    ).data

    assert np.isnan(band.y).tolist() == [False] * 4 + [True] + [False] * 4 + [True]


def test_a_line_for_which_nothing_is_usual_has_no_band():
    (line,) = trend_chart(trend([NAN, NAN], [NAN, NAN]), OFFERED, LONDON).data

    assert line.name == "voice"


def test_hovering_says_what_is_usual_behind_the_value_and_the_band_itself_says_nothing():
    band, line = trend_chart(trend([80.4, NAN], [1119.6, NAN]), OFFERED, LONDON).data

    assert line.customdata.tolist() == [
        ["voice", "100 (usual 80 – 1,120)"],
        ["voice", "100"],
    ]
    assert band.hoverinfo == "skip"


def test_the_axis_holds_the_band():
    made = trend_chart(trend([80, 90], [500, 300]), OFFERED, LONDON)

    assert made.layout.yaxis.range[1] == 540


def test_each_of_several_media_types_has_its_band():
    both = pd.concat([trend([80], [120]), trend([10], [20], "email")], ignore_index=True)

    bands = [each for each in trend_chart(both, OFFERED, LONDON).data if each.fill]

    assert [each.y.tolist()[:2] for each in bands] == [[80, 120], [10, 20]]
    assert bands[0].fillcolor != bands[1].fillcolor


def test_the_day_has_a_grey_band_around_the_usual_one():
    table = pd.DataFrame(
        {"minute": [540, 570], "value": [70.0, NAN], "usual": [60.0, 50.0], "days": 8}
    ).assign(usual_low=[50.0, 40.0], usual_high=[75.0, 60.0])

    made = day_chart(table, OFFERED, colour="#2F6FDE")
    band, usual, today = made.data

    assert band.y.tolist()[:4] == [50, 40, 60, 75]
    assert (usual.name, today.name) == ("usual", "this day")
    assert made.layout.yaxis.range[1] == 81
