"""The sparkline of a tile."""

from __future__ import annotations

from urllib.parse import unquote

from reports.charts.sparkline import sparkline


def test_a_line_goes_from_edge_to_edge_and_from_the_highest_to_the_lowest() -> None:
    image = unquote(sparkline([10, 30, 20], "Offer from 10 to 20"))

    assert 'points="0.00,22.00 50.00,2.00 100.00,12.00"' in image
    assert 'alt="Offer from 10 to 20"' in image


def test_what_does_not_change_is_a_level_line() -> None:
    assert 'points="0.00,22.00 100.00,22.00"' in unquote(sparkline([5, 5], ""))


def test_words_end_no_attribute() -> None:
    assert '"><b>' not in sparkline([1, 2], '"><b>')
