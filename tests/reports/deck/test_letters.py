"""Texts that must not leave their boxes."""

from __future__ import annotations

import pytest

from reports.deck.letters import breadth, fitted, height_of, lines_of, plain, shortened


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Line\none\ttwo", "Line one two"),
        ("a\x00\x0bb\x1f", "a? b"),
        ("Sales \u202egnilliB", "Sales ?gnilliB"),
        ("half \ud800 a pair", "half ? a pair"),
        ("قائمة 客服 🏢", "قائمة 客服 🏢"),
    ],
)
def test_a_name_is_one_line_that_xml_can_hold(text: str, shown: str):
    assert plain(text) == shown


def test_wide_letters_take_more_than_narrow_ones():
    assert breadth("iiii", 12) < breadth("nnnn", 12) < breadth("MMMM", 12) < breadth("客服客服", 12)
    assert breadth("nnnn", 24) == 2 * breadth("nnnn", 12)


def test_a_text_that_is_too_wide_ends_with_an_ellipsis():
    assert shortened("Technical Support", 0.8, 12) == "Technical…"
    assert shortened("Technical Support", 3, 12) == "Technical Support"


def test_a_word_longer_than_a_line_is_broken():
    assert lines_of("x" * 300, 1.0, 12) >= 20
    assert lines_of("one two", 5.0, 12) == 1


def test_texts_are_as_large_as_fits_and_then_shorter():
    assert fitted(["Short"], 5, 1, (28, 20)) == (("Short",), 28)
    assert fitted(["word " * 20], 5, 1.1, (28, 20, 14))[1] == 20
    shown, size = fitted(["word " * 300], 5, 1, (28, 20, 14))
    assert size == 14
    assert shown[0].endswith("…")
    assert height_of(shown, 5, 14, bold=False, gap=0) <= 1
