"""Charts of slides: native, with the values of the tables behind the page's charts."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from pptx.presentation import Presentation as Deck

from genesys.kpis.catalogue import Unit
from genesys.kpis.formats import value_text
from reports.deck import to_pptx
from reports.deck.plot import CHANGES
from reports.scenes.scene import Chart, Show
from reports.theme import MEDIA_COLOURS
from tests.reports.deck.package import charts, opened

OFFERED, CHANGED, QUEUE, OUTCOMES = 4, 5, 7, 10
"""Pages of the deck."""


@pytest.fixture(scope="module")
def deck(show: Show) -> Deck:
    return opened(to_pptx(show))


def chart_of(show: Show, key: str, place: int = 0) -> Chart:
    scene = next(each for each in show.scenes if each.key == key)
    found = scene.body.pieces[place]
    assert isinstance(found, Chart)
    return found


def book(chart: Any) -> list[list[Any]]:
    """What somebody sees who edits the chart's data."""
    blob = chart.part.chart_workbook.xlsx_part.blob
    return [list(row) for row in openpyxl.load_workbook(BytesIO(blob))["Values"].values]


def percents(values: Any) -> list[str]:
    return [value_text(None if each is None else 100 * each, Unit.PERCENT) for each in values]


def test_every_chart_shows_what_its_workbook_holds(deck: Deck):
    seen = 0
    for page in range(1, len(deck.slides) + 1):
        for chart in charts(deck, page):
            (plot,) = chart.plots
            held = book(chart)
            assert held[0][1:] == [each.name for each in plot.series]
            assert [row[0] for row in held[1:]] == list(plot.categories)
            for place, series in enumerate(plot.series, start=1):
                assert [row[place] for row in held[1:]] == pytest.approx(list(series.values))
            seen += 1
    assert seen == 11


def test_what_came_in_is_columns_stacked_by_media_type_of_one_height(show: Show, deck: Deck):
    before, now = charts(deck, OFFERED)
    rows = chart_of(show, "offered").table.rows
    counts = rows.groupby(["media_type", "interval_start"])["offered"].sum()

    for chart, half in ((before, slice(0, 7)), (now, slice(7, 14))):
        (plot,) = chart.plots
        assert plot.overlap == 100
        assert {each.name: list(each.values) for each in plot.series} == {
            media: counts[media].sort_index().iloc[half].tolist() for media in MEDIA_COLOURS
        }
    assert before.value_axis.maximum_scale == now.value_axis.maximum_scale == 6000
    assert list(now.plots[0].categories)[:2] == ["Mon 8 Jun", "Tue 9"]
    fill = now.plots[0].series[0].format.fill.fore_color.rgb
    assert f"#{fill}" == MEDIA_COLOURS["voice"]


def test_drivers_are_bars_whose_labels_follow_their_changes(show: Show, deck: Deck):
    bars, _ = charts(deck, CHANGED)
    table = chart_of(show, "changed").table.rows
    (series,) = bars.plots[0].series

    many = len(series.values) - 1
    assert list(series.values)[:many] == table["contribution"].head(many).tolist()
    assert sum(series.values) == pytest.approx(table["contribution"].sum())
    labels = series.data_labels
    assert (labels.show_value, labels.number_format) == (True, CHANGES[Unit.PERCENT].form)
    assert CHANGES[Unit.PERCENT].form == '+0.0" pts";"−"0.0" pts";0.0" pts"'


def test_the_waterfall_stands_on_a_base_that_nobody_sees(show: Show, deck: Deck):
    _, steps = charts(deck, CHANGED)
    levels = chart_of(show, "changed", 1).table.rows["level"]
    base, value, _ = steps.plots[0].series

    assert base._element.xpath("./c:spPr/a:noFill")
    assert percents([value.values[0], value.values[-1]]) == ["79.8 %", "79.4 %"]
    assert 100 * value.values[0] == pytest.approx(levels.iloc[0])
    assert 100 * (base.values[1] + value.values[1]) == pytest.approx(levels.iloc[1])
    assert steps.value_axis.minimum_scale == pytest.approx(0.782)


def test_a_course_has_gaps_paler_lines_before_and_a_target_that_moves_with_its_axis(
    show: Show, deck: Deck
):
    course, _ = charts(deck, QUEUE)
    rows = chart_of(show, "queue-1", 1).table.rows
    lines = {each.name: list(each.values) for each in course.plots[0].series}

    voice = rows[rows["media_type"] == "voice"].sort_values("interval_start")
    assert percents(lines["voice"]) == [
        value_text(each, Unit.PERCENT) for each in voice["service_level_pct"].astype(float)
    ]
    assert lines["voice"][-1] is None
    assert lines["target 80.0 %"] == [0.8] * 7
    assert "voice, before" in lines
    hidden = course._chartSpace.xpath(".//c:legendEntry[c:delete/@val='1']/c:idx/@val")
    assert [list(lines)[int(each)] for each in hidden] == [
        each for each in lines if each.endswith(", before")
    ]


def test_outcomes_are_shares_of_both_intervals_and_their_changes(show: Show, deck: Deck):
    (chart,) = charts(deck, OUTCOMES)
    table = chart_of(show, "outcomes").table.rows.iloc[1:]
    now, before = chart.plots[0].series

    assert (now.name, before.name) == ("Now", "Before")
    assert percents(now.values) == [value_text(each, Unit.PERCENT) for each in table["share"]]
    assert percents(before.values) == [
        value_text(each, Unit.PERCENT) for each in table["share_before"]
    ]
    assert now._element.xpath(".//c:dLbl//a:t/text()")[0] == "75.3 % −0.4 pts"
