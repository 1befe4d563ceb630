"""The heat map: strong where it is worse, pale and dotted where few contacts stand behind it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from genesys.kpis.catalogue import KPI_BY_KEY
from genesys.kpis.formats import Durations
from reports.charts import week_chart

LEVEL, OFFERED, ASA, AHT, HANDLE = (
    KPI_BY_KEY[key]
    for key in ("service_level_pct", "offered", "asa_sec", "aht_sec", "total_handle_sec")
)


def week(*cells: tuple[int, int, float, int], few: tuple[tuple[int, int], ...] = ()):
    """The 168 hours with these (weekday, hour, value, n)."""
    known = {(day, hour): (value, n) for day, hour, value, n in cells}
    rows = [
        (day, hour, *known.get((day, hour), (None, 0)), (day, hour) in few)
        for day in range(7)
        for hour in range(24)
    ]
    table = pd.DataFrame(rows, columns=["weekday", "hour", "value", "n", "few"])
    return table.astype({"value": "Float64", "n": "Int64"})


TWO_DAYS = week((0, 9, 71.2, 213), (0, 10, 90.0, 40), (6, 11, 0.0, 3), few=((6, 11),))


def test_a_row_for_each_day_from_monday_and_a_column_for_each_hour_with_anything():
    made = week_chart(TWO_DAYS, LEVEL)
    solid = made.data[0]
    assert made.layout.yaxis.ticktext == ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    assert made.layout.yaxis.range == (6.5, -0.5)
    assert made.layout.xaxis.range == (9, 12)
    assert list(solid.x) == [9.5, 10.5, 11.5]
    assert solid.z[0].tolist()[:2] == [71.2, 90.0]
    assert np.isnan(solid.z[1]).all()


def test_rows_are_in_the_order_of_the_week():
    sunday_first = pd.concat([TWO_DAYS.iloc[6 * 24 :], TWO_DAYS.iloc[: 6 * 24]])
    made = week_chart(sunday_first, LEVEL)
    assert made.layout.yaxis.ticktext == ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
    assert made.data[0].z[1].tolist()[:2] == [71.2, 90.0]


def test_few_contacts_are_pale_and_dotted_and_do_not_stretch_the_scale():
    made = week_chart(TWO_DAYS, LEVEL)
    solid, pale, dots = made.data
    assert np.isnan(solid.z[6]).all()
    assert pale.z[6][2] == 0.0
    assert pale.opacity < solid.opacity
    assert (list(dots.x), list(dots.y)) == ([11.5], [6])
    assert made.layout.xaxis.title.text == "● fewer than 20 contacts"
    assert (made.layout.coloraxis.cmin, made.layout.coloraxis.cmax) == (71.2, 100)
    without = week_chart(week((0, 9, 71.2, 213)), LEVEL)
    assert len(without.data) == 1
    assert without.layout.xaxis.title.text == ""


def test_hovering_says_the_hour_the_value_and_of_how_many():
    made = week_chart(TWO_DAYS, LEVEL)
    assert made.data[0].hovertext[0][0] == (
        "Mon 09:00 – 10:00<br><b>Service Level 71.2 %</b><br>n = 213 answered or abandoned"
    )
    assert made.data[1].hovertext[6][2] == (
        "Sun 11:00 – 12:00<br><b>Service Level 0.0 %</b><br>n = 3 answered or abandoned"
        "<br>fewer than 20 contacts"
    )
    late = week_chart(week((4, 23, 1234, 1234)), OFFERED).data[0]
    assert late.hovertext[4][0] == "Fri 23:00 – 24:00<br><b>Offer 1,234</b>"
    total = week_chart(week((0, 9, 7300, 18)), HANDLE, durations=Durations.HOURS).data[0]
    assert total.hovertext[0][0] == (
        "Mon 09:00 – 10:00<br><b>Total Handle 2:01:40</b><br>n = 18 handled"
    )


@pytest.mark.parametrize(
    ("kpi", "low", "high", "title"),
    [
        (LEVEL, 30, 100, "the stronger, the worse"),
        (ASA, 0, 50, "the stronger, the worse"),
        (OFFERED, 0, 50, "the stronger, the higher"),
        (HANDLE, 0, 50, "the stronger, the higher"),
        (AHT, 30, 50, "the stronger, the higher"),
    ],
)
def test_the_scale_says_what_strong_means(kpi, low, high, title):
    colours = week_chart(week((0, 9, 30, 50), (1, 9, 50, 50)), kpi).layout.coloraxis
    assert (colours.cmin, colours.cmax) == (low, high)
    assert colours.colorbar.title.text == title
    assert len(colours.colorbar.tickvals) == 3


def lightness(colour: str) -> int:
    return sum(bytes.fromhex(colour.removeprefix("#")))


@pytest.mark.parametrize("dark", [False, True])
def test_the_weak_end_fades_into_the_page(dark):
    for kpi, strong_at in ((LEVEL, 0), (ASA, -1), (OFFERED, -1)):
        scale = week_chart(TWO_DAYS, kpi, dark=dark).layout.coloraxis.colorscale
        strong, weak = scale[strong_at][1], scale[-1 - strong_at][1]
        assert (lightness(strong) > lightness(weak)) is dark


def test_the_colour_bar_speaks_the_unit():
    bar = week_chart(TWO_DAYS, LEVEL).layout.coloraxis.colorbar
    assert bar.ticktext == ("71.2 %", "85.6 %", "100.0 %")
    times = week_chart(week((0, 9, 90, 50)), ASA).layout.coloraxis.colorbar
    assert times.ticktext == ("0:00", "0:45", "1:30")
    ones = week_chart(week((0, 9, 1, 1)), OFFERED).layout.coloraxis.colorbar
    assert ones.ticktext == ("0", "1")


def test_a_single_value_still_has_a_scale():
    for kpi, value in ((LEVEL, 100), (ASA, 0), (OFFERED, 0), (AHT, 300)):
        colours = week_chart(week((0, 9, value, 50)), kpi).layout.coloraxis
        assert colours.cmin < colours.cmax


def test_where_all_are_few_the_scale_is_theirs():
    made = week_chart(week((0, 9, 50, 2), few=((0, 9),)), LEVEL)
    assert made.layout.coloraxis.cmin == 50
    assert len(made.data) == 2


def test_ticks_are_two_or_three_hours_apart():
    day = week_chart(week((0, 7, 1, 1), (0, 17, 1, 1)), OFFERED).layout.xaxis
    assert day.ticktext == ("08:00", "10:00", "12:00", "14:00", "16:00", "18:00")
    night = week_chart(week((0, 0, 1, 1), (0, 23, 1, 1)), OFFERED).layout.xaxis
    assert night.ticktext[:2] == ("00:00", "03:00")
    assert night.ticktext[-1] == "24:00"


def test_nothing_to_draw_is_an_empty_chart():
    assert len(week_chart(week(), LEVEL).data) == 0


def test_the_page_shows_through():
    layout = week_chart(TWO_DAYS, LEVEL).layout
    assert layout.paper_bgcolor == layout.plot_bgcolor == "rgba(0,0,0,0)"


def test_a_target_parts_the_scale_and_stands_at_it():
    cells = week((0, 9, 60.0, 50), (0, 10, 80.0, 50), (0, 11, 99.0, 50))
    colours = week_chart(cells, LEVEL, target=80.0).layout.coloraxis
    assert colours.colorbar.ticktext == ("60.0 %", "target 80.0 %", "100.0 %")
    assert colours.colorbar.title.text == "the stronger, the worse; green meets the target"
    assert [(at, ink) for at, ink in colours.colorscale[2:]] == [
        (0.5, "#FAE9DE"), (0.5, "#C9E9E2"), (1.0, "#C9E9E2"),
    ]  # fmt: skip
    mixed = week_chart(cells, LEVEL, several=True).layout.coloraxis.colorbar
    assert mixed.title.text == "the stronger, the worse;<br>no single target"
    waits = week_chart(week((0, 9, 50, 50)), ASA, target=20).layout.coloraxis
    assert [at for at, _ in waits.colorscale] == [0, 0.4, 0.4, 0.7, 1]
    all_met = week_chart(week((0, 9, 10, 50)), ASA, target=20).layout.coloraxis
    assert (all_met.cmin, all_met.cmax) == (0, 20)


def test_cells_of_enough_contacts_carry_their_value_where_it_can_be_read():
    solid, pale, _ = week_chart(TWO_DAYS, LEVEL).data
    assert solid.text[0][:2] == ["71.2", "90.0"]
    assert pale.texttemplate is None
    assert week_chart(week((0, 9, 80_000, 50)), ASA).data[0].texttemplate is None


def test_few_contacts_are_neither_good_nor_bad():
    _, pale, _ = week_chart(TWO_DAYS, LEVEL, target=80.0).data
    assert {ink for _, ink in pale.colorscale} == {"#778296"}
