"""The deck: a slide a scene, whole as a package, with words to say and words for who cannot see."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import plotly.graph_objects as go
import pytest
from openpyxl import Workbook
from PIL import Image
from pptx import Presentation
from pptx.presentation import Presentation as Deck
from pptx.util import Inches

from genesys.errors import ConfigurationError
from genesys.kpis.catalogue import Unit
from genesys.kpis.formats import value_text
from reports.charts.axes import harmless
from reports.deck import to_pptx
from reports.deck.letters import plain
from reports.scenes.scene import Body, Chart, Grid, LeftOut, Lines, Scene, Show
from reports.scenes.show import NOT_CHOSEN
from tests import hostile_queues
from tests.reports.deck.package import charts, faults, notes, opened, tables, texts

SAID = "Let us look at Technical Support first."
BROKEN = "Line\none\x01\x0b\ufffe\ttab"
HOSTILE = (*hostile_queues.NAMES, BROKEN, "🏢 \u200f" + "x" * 300)


@pytest.fixture(scope="module")
def file(show: Show) -> bytes:
    first, *others = show.scenes
    return to_pptx(replace(show, scenes=(replace(first, said=SAID), *others)))


@pytest.fixture(scope="module")
def deck(file: bytes) -> Deck:
    return opened(file)


def test_every_part_is_sound(file: bytes):
    assert faults(file) == []


def test_a_slide_a_scene_has_its_headline_as_its_title(show: Show, deck: Deck):
    titles = [slide.shapes.title.text for slide in deck.slides if slide.shapes.title]

    assert (deck.slide_width, deck.slide_height) == (12_192_000, Inches(7.5))
    assert titles == ["Northwind Mutual (demo)", *(each.body.headline for each in show.scenes)]
    assert texts(deck.slides[2])[1] == "Queues by media type   Which queue and media type hurts?"


def test_the_title_slide_says_whose_values_these_are_and_of_when(deck: Deck):
    assert texts(deck.slides[0]) == [
        "Northwind Mutual (demo)",
        "Mon 8 – Sun 14 Jun 2026",
        "Mon 8 – Sun 14 Jun 2026 against Mon 1 – Sun 7 Jun 2026.",
        "As of Mon 15 Jun 2026, 13:00 (Europe/London)",
    ]


def test_every_scene_has_the_filters_the_zone_as_of_and_its_page_below(show: Show, deck: Deck):
    for page, slide in enumerate(deck.slides, start=1):
        if page > 1:
            assert texts(slide)[-3:] == [*show.footer, str(page)]


def test_every_picture_says_what_it_shows(deck: Deck):
    for slide in deck.slides:
        for shape in slide.shapes:
            is_course = bool(shape.element.xpath(".//a:custGeom"))
            if shape.has_chart or shape.has_table or is_course:
                (identity,) = shape.element.xpath("./*/p:cNvPr")
                assert len(identity.get("descr", "")) > 20


def test_notes_hold_the_presenters_sentence_the_talking_points_and_each_explanation(
    show: Show, deck: Deck
):
    first = show.scenes[0]

    assert notes(deck, 2).split("\n") == [
        SAID,
        first.body.headline,
        *(" ".join(each.split()) for each in first.body.notes),
        "https://example/meeting",
    ]
    assert SAID in texts(deck.slides[1])


def test_tiles_say_value_change_target_and_course(deck: Deck):
    said = texts(deck.slides[1])

    assert {"Answer %", "93.7 %  ▼ −0.2", "worse than 93.9 % · target 95 %: near ~"} <= set(said)
    courses = deck.slides[1].element.xpath(".//p:sp[.//a:custGeom]//p:cNvPr/@descr")
    assert "Answer % from 95.3 % to 35.3 %; lowest 35.3 %, highest 99.5 %" in courses


def test_the_matrix_is_a_table_with_signs_and_changes(deck: Deck):
    (table,) = tables(deck, 3)

    assert table[0][:2] == ["Queue", "All media\nno single target\nbefore 79.8 %"]
    assert table[2][:5] == ["Technical Support", "66.6 % ✗", "▲ +3.9", "60.0 % ✗", "▼ −1.8"]
    assert table[2][5:7] == ["—", ""]


def test_the_week_is_a_table_with_a_cell_for_each_hour(show: Show, deck: Deck):
    (week,) = tables(deck, 6)
    chart = next(each for each in show.scenes if each.key == "when").body.pieces[0]
    assert not isinstance(chart, Grid | Lines)
    rows = chart.table.rows
    few = "service_level_pct mark"
    told = rows[rows[few] == ""]

    held = {
        (row[0], f"{hour}:00"): text
        for row in week[1:]
        for hour, text in zip(week[0][1:], row[1:], strict=True)
    }
    assert {key: text for key, text in held.items() if text not in ("", "●")} == {
        (day, hour): value_text(value, Unit.PERCENT).removesuffix(" %")
        for day, hour, value in zip(
            told["weekday"], told["hour"], told["service_level_pct"], strict=True
        )
    }
    assert sum(text == "●" for text in held.values()) == (rows[few] != "").sum()


def test_hostile_names_are_text_everywhere(show: Show):
    grid = next(each for each in show.scenes if each.key == "matrix").body.pieces[0]
    assert isinstance(grid, Grid)
    for name in HOSTILE:
        words = f"{name}\ud800"
        table = replace(grid.table, rows=grid.table.rows.assign(queue_name=name), title=words)
        pieces = (Grid(table, words), Lines((words, words), words))
        first = Scene("matrix", words, words, Body(words, pieces, notes=(words,)), said=words)
        file = to_pptx(
            replace(show, title=words, subtitle=words, footer=(words, words), scenes=(first,))
        )
        deck = opened(file)

        assert faults(file) == []
        ((_, (cell, *_), *_),) = tables(deck, 2)
        assert plain(name).startswith(cell.removesuffix("…"))
        assert len(cell) > 3
        assert notes(deck, 2).split("\n")[0] == plain(words)


def test_hostile_names_in_charts_are_text_and_no_formula(show: Show):
    scene = next(each for each in show.scenes if each.key == "changed")
    bars = scene.body.pieces[0]
    assert isinstance(bars, Chart)
    names = [harmless(each) for each in HOSTILE]
    ticks = (names * 2)[: len(bars.figure.layout.yaxis.ticktext)]
    figure = go.Figure(bars.figure).update_layout(yaxis={"ticktext": ticks})
    body = replace(scene.body, pieces=(replace(bars, figure=figure),))
    file = to_pptx(replace(show, scenes=(replace(scene, body=body),)))
    (chart,) = charts(opened(file), 2)

    assert faults(file) == []
    assert list(chart.plots[0].categories) == [plain(each) for each in (HOSTILE * 2)[: len(ticks)]]
    with ZipFile(BytesIO(chart.part.chart_workbook.xlsx_part.blob)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_a_show_without_scenes_is_a_title_slide_that_says_why(show: Show):
    gone = (
        LeftOut("when", "When it hurts", "Weekdays are compared from 7 days on."),
        LeftOut("method", "Method", NOT_CHOSEN),
    )
    file = to_pptx(replace(show, scenes=(), left_out=gone))

    assert faults(file) == []
    (slide,) = opened(file).slides
    assert texts(slide)[-1] == "Left out: When it hurts. Weekdays are compared from 7 days on."


def test_the_logo_is_on_the_title_slide_and_one_that_is_no_picture_is_told(
    show: Show, tmp_path: Path
):
    logo = tmp_path / "logo.png"
    Image.new("RGB", (400, 100), "navy").save(logo)
    empty = replace(show, scenes=(), logo=logo)
    (slide,) = opened(to_pptx(empty)).slides
    picture = next(each for each in slide.shapes if each.name == "Logo")
    assert round(picture.width / picture.height, 1) == 4.0
    assert picture.left + picture.width < 12_192_000

    logo.write_bytes(b"no picture")
    with pytest.raises(ConfigurationError, match=r"The logo logo\.png cannot be read"):
        to_pptx(empty)


def test_a_template_gives_its_size_its_layouts_and_none_of_its_slides(show: Show, tmp_path: Path):
    theirs = Presentation()
    theirs.slides.add_slide(theirs.slide_layouts[1])
    theirs.slide_master.name = "Theirs"
    theirs.save(tmp_path / "theirs.pptx")

    file = to_pptx(show, tmp_path / "theirs.pptx")
    deck = opened(file)

    assert faults(file) == []
    assert (deck.slide_width, deck.slide_height) == (Inches(10), Inches(7.5))
    assert [slide.slide_layout.name for slide in deck.slides] == [
        "Title Slide",
        *["Title Only"] * len(show.scenes),
    ]
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= Inches(10)
            assert shape.top + shape.height <= Inches(7.5)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "is no PowerPoint presentation"),
        (b"", "is no PowerPoint presentation"),
        (b"PK\x03\x04 broken", "is no PowerPoint presentation"),
        (b"<html>", "is no PowerPoint presentation"),
    ],
)
def test_a_template_that_is_none_is_told_in_words(
    show: Show, tmp_path: Path, content: bytes | None, words: str
):
    template = tmp_path / "theirs.pptx"
    if content is not None:
        template.write_bytes(content)

    with pytest.raises(ConfigurationError, match=words) as caught:
        to_pptx(replace(show, scenes=()), template)
    assert caught.value.todo


def test_a_workbook_or_half_a_deck_is_no_template(show: Show, tmp_path: Path, file: bytes):
    Workbook().save(tmp_path / "book.pptx")
    (tmp_path / "half.pptx").write_bytes(file[: len(file) // 2])
    for name in ("book.pptx", "half.pptx"):
        with pytest.raises(ConfigurationError, match=f"The template {name} is no PowerPoint"):
            to_pptx(replace(show, scenes=()), tmp_path / name)


def test_nothing_lies_outside_of_a_slide_or_upon_the_footer(deck: Deck):
    for slide in list(deck.slides)[1:]:
        footer = next(each for each in slide.shapes if each.name.startswith("Footer"))
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width
            if not shape.name.startswith(("Footer", "Page")):
                assert shape.top + shape.height <= footer.top, shape.name


def test_no_letter_of_a_slide_is_smaller_than_twelve_points(deck: Deck):
    for slide in deck.slides:
        roots = [
            slide.element,
            *(each.chart._chartSpace for each in slide.shapes if each.has_chart),
        ]
        sizes = [int(size) for root in roots for size in root.xpath(".//@sz[number(.) > 99]")]
        assert min(sizes) >= 1200
