"""The day of 25 hours on slides and in a workbook's charts: each hour under its own name."""

from __future__ import annotations

import pandas as pd

from genesys.kpis.catalogue import KPI_BY_KEY
from reports.charts import trend_chart
from reports.charts.volume import Side, volume_chart
from reports.deck.figures import plots_of
from reports.table import Column, Table
from reports.workbook.drawings import beneath
from tests.reports.charts.test_clocks import BERLIN, LONG, USUAL, course

OFFERED = KPI_BY_KEY["offered"]
TABLE = Table("Offer", (Column("offered", "Offer", OFFERED.unit),), pd.DataFrame())

HOURS = [
    "Sun 25 Oct 2026, 01:00",
    "Sun 25 Oct 2026, 02:00 UTC+02:00",
    "Sun 25 Oct 2026, 02:00 UTC+01:00",
    "Sun 25 Oct 2026, 03:00",
]


def test_lines_name_both_hours_and_all_that_follow():
    chart = trend_chart(course(LONG), OFFERED, BERLIN, earlier=course(USUAL))

    (plot,) = plots_of(chart, TABLE)

    assert list(plot.categories)[1:5] == HOURS
    assert plot.categories[-1] == "Sun 25 Oct 2026, 23:00"
    assert [each.points[4] for each in plot.series] == [4, 3]


def test_columns_name_both_hours_on_their_own_side_alone():
    sides = Side(course(USUAL), "Before"), Side(course(LONG), "This interval")

    before, now = plots_of(volume_chart(sides, OFFERED, BERLIN), TABLE)

    assert list(before.categories)[1:3] == ["Sun 18 Oct 01:00", "Sun 18 Oct 02:00"]
    assert list(now.categories)[1:5] == HOURS


def test_the_summary_of_a_workbook_lays_the_hours_before_beneath_the_same_clock_time():
    now, before = course(LONG), course(USUAL)

    assert beneath(now, before, BERLIN)[:6] == (0, 1, 2, None, 3, 4)
    assert beneath(before, now, BERLIN)[:5] == (0, 1, 2 + 3, 4, 5)
