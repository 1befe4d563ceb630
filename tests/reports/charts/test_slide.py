"""Slides: what a chart's picture says, and in which inks."""

from __future__ import annotations

import plotly.graph_objects as go

from reports.charts.slide import BACKGROUND, slide, slide_height

LINES = ("Wed 18 – Tue 24 Nov 2026 · all queues", "Compared with Wed 11 – Tue 17 Nov 2026.")


def drawn(**layout: object) -> go.Figure:
    return go.Figure(layout={"height": 300, "margin": {"l": 8, "r": 80, "t": 12, "b": 8}, **layout})


def test_the_title_and_the_lines_stand_above_the_chart():
    title = slide(drawn(), "Service Level %", LINES)["title"]

    assert title["text"] == "<b>Service Level %</b>"
    assert title["subtitle"]["text"] == "<br>".join(LINES)


def test_the_chart_keeps_its_height_and_gets_room_above():
    margin = slide(drawn(), "Service Level %", LINES)["margin"]

    head = 32 + 1.3 * (22 + 2 * 14)
    assert margin == {"l": 8, "r": 96, "t": 12 + head, "b": 24}
    assert slide_height(drawn(), LINES) == 300 + head + 16


def test_a_long_line_is_broken():
    (text,) = [slide(drawn(), "Offer", ["queue " * 40])["title"]["subtitle"]["text"]]

    assert [len(line) for line in text.split("<br>")] == [119, 119]


def test_hostile_names_show_letter_by_letter():
    title = slide(drawn(), "<b>Offer", ["<a href='x'>Sales</a>"])["title"]

    assert title["text"] == "<b>&lt;b&gt;Offer</b>"
    assert title["subtitle"]["text"] == "&lt;a href='x'&gt;Sales&lt;/a&gt;"


def test_the_inks_are_those_of_a_light_page_on_opaque_white():
    assert BACKGROUND["paper_bgcolor"] == BACKGROUND["plot_bgcolor"] == "#FFFFFF"
    assert BACKGROUND["template"]["layout"]["font"]["color"] == "#0F172A"


def test_a_colour_scale_goes_along_below_the_title():
    colours = {"colorscale": [[0, "#FFFFFF"], [1, "#000000"]], "colorbar": {"y": 1.0}}

    changed = slide(drawn(coloraxis=colours), "Offer", LINES)

    assert changed["coloraxis"]["colorscale"] == [[0, "#FFFFFF"], [1, "#000000"]]
    assert changed["coloraxis"]["colorbar"]["yanchor"] == "middle"
    assert changed["margin"]["t"] == slide(drawn(), "Offer", LINES)["margin"]["t"] + 64
