"""The day of 25 hours in charts: no line runs back, and the same hours stand one above another."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from genesys.intervals import bucket_edges, whole_days
from genesys.kpis.catalogue import KPI_BY_KEY
from reports.charts import trend_chart
from reports.charts.volume import Side, volume_chart

BERLIN = ZoneInfo("Europe/Berlin")
OFFERED = KPI_BY_KEY["offered"]
LONG, SHORT, USUAL = date(2026, 10, 25), date(2026, 3, 29), date(2026, 10, 18)


def course(first: date, last: date | None = None, period: str = "PT1H") -> pd.DataFrame:
    """As many contacts in each bucket as buckets came before it."""
    edges = bucket_edges(whole_days(first, last or first, BERLIN), period, BERLIN)
    return pd.DataFrame(
        {
            "interval_start": pd.DatetimeIndex([*edges[:-1]]),
            "interval_end": pd.DatetimeIndex([*edges[1:]]),
            "media_type": "voice",
            "offered": pd.array(range(len(edges) - 1), dtype="Int64"),
        }
    )


def times(line) -> list[str]:
    return [str(each)[5:16] for each in line.x]


def runs_back(line) -> bool:
    return bool((np.diff(line.x) < np.timedelta64(0)).any())


def test_an_hour_that_comes_twice_stands_twice_and_no_line_runs_back():
    for period, hours in (("PT1H", 25), ("PT30M", 50)):
        (line,) = trend_chart(course(LONG, period=period), OFFERED, BERLIN).data

        assert len(set(line.x)) == hours
        assert not runs_back(line)


def test_ticks_of_the_longest_day_are_what_clocks_show():
    axis = trend_chart(course(LONG), OFFERED, BERLIN).layout.xaxis
    ticks = dict(zip((str(each)[11:16] for each in axis.tickvals), axis.ticktext, strict=True))

    assert ticks["00:00"] == "00:00<br>Sun 25 Oct"
    assert ticks["05:00"] == "04:00"
    assert axis.ticktext[-1] == "00:00<br>Mon 26 Oct"


def test_hovering_tells_the_two_hours_apart():
    (line,) = trend_chart(course(LONG), OFFERED, BERLIN).data

    assert [words[2] for words in line.customdata][1:4] == [
        "Sun 25 Oct 2026, 01:00",
        "Sun 25 Oct 2026, 02:00 UTC+02:00",
        "Sun 25 Oct 2026, 02:00 UTC+01:00",
    ]
    assert line.hovertemplate.startswith("%{customdata[2]} / ")


def test_the_comparison_lies_under_the_same_clock_time():
    now, before = trend_chart(course(LONG), OFFERED, BERLIN, earlier=course(USUAL)).data

    nine = list(before.y).index(9)
    assert times(before)[nine] == "10-25T10:00"  # 09:00, an hour on from the second 02:00
    assert now.y[list(now.x).index(before.x[nine])] == 10
    assert now.customdata[10][2] == "Sun 25 Oct 2026, 09:00"
    assert before.customdata[nine][0] == "Sun 18 Oct 2026, 09:00"
    assert not runs_back(before)


def test_a_comparison_with_the_longest_or_the_shortest_day_runs_by_the_clock():
    _, longest = trend_chart(
        course(date(2026, 11, 1)), OFFERED, BERLIN, earlier=course(LONG, period="PT30M")
    ).data
    _, shortest = trend_chart(course(date(2026, 4, 5)), OFFERED, BERLIN, earlier=course(SHORT)).data

    assert not runs_back(longest)
    assert times(longest)[4:8] == ["11-01T02:00", "11-01T02:00", "11-01T02:30", "11-01T02:30"]
    assert list(longest.y)[4:8] == [4, 6, 5, 7]
    assert times(shortest)[1:4] == ["04-05T01:00", "04-05T03:00", "04-05T04:00"]


def test_days_lie_under_the_day_of_the_same_number():
    now, before = trend_chart(
        course(date(2026, 10, 24), date(2026, 10, 26), "P1D"),
        OFFERED,
        BERLIN,
        earlier=course(date(2026, 9, 1), date(2026, 9, 5), "P1D"),
    ).data

    assert times(before) == times(now) == ["10-24T00:00", "10-25T00:00", "10-26T00:00"]


def test_columns_of_the_two_hours_stand_beside_each_other():
    (bars,) = volume_chart((Side(course(LONG), "25 October"),), OFFERED, BERLIN).data

    assert len(set(bars.x)) == 25
