"""Tiles: a card for each KPI with its value, its change, its target and its course."""

from __future__ import annotations

from typing import Final

from genesys.insights.comparison import Verdict
from reports.deck.box import Box
from reports.deck.letters import LINE, breadth, fitted, height_of, plain, shortened
from reports.deck.paper import Paper
from reports.deck.text import Paragraph, Run
from reports.scenes.scene import Tiles
from reports.sections.tiles import Tile
from reports.theme import CARD, INK, INKS, LESS, MORE, NEUTRAL, QUIET_INK, STATUS_SIGNS

_BESIDE: Final = 3
_GAP: Final = 0.22
_INSET: Final = 0.14
_POINTS: Final = 72
_COURSE: Final = 0.3
"""The share of a card's width that its course takes."""
_COURSE_HEIGHT: Final = 0.5
_VALUES: Final = (34.0, 29.0, 24.0)
"""Values are smaller where what stands below them would be too small."""
_BELOW: Final = (15.0, 14.0, 13.0, 12.0)
_SMALL: Final = (11.0, 10.0)
_LABEL: Final = 15.0
_CHANGE: Final = 18.0


def draw_tiles(paper: Paper, tiles: Tiles, box: Box) -> None:
    """Rows of three cards."""
    many = len(tiles.tiles)
    if not many:
        return
    beside = min(many, _BESIDE) if many != 4 else 2
    rows = [tiles.tiles[at : at + beside] for at in range(0, many, beside)]
    areas = [area.columns([1.0] * beside, _GAP) for area in box.rows([1.0] * len(rows), _GAP)]
    large = next((each for each in _VALUES if _holds(paper, tiles, areas[0][0], each)), _VALUES[-1])
    for row, cards in zip(rows, areas, strict=True):
        for tile, card in zip(row, cards, strict=False):
            _draw(paper, tile, card, large)


def _holds(paper: Paper, tiles: Tiles, card: Box, large: float) -> bool:
    """Whether a card has room for what stands below its value, whichever it is of."""
    width, least = _width(paper, card), _BELOW[-1]
    heights = (height_of([_below(each)], width, least, bold=False, gap=0) for each in tiles.tiles)
    return max(heights) <= _room(card, large)


def _width(paper: Paper, card: Box) -> float:
    return (card.w - 2 * _INSET) / paper.wider


def _draw(paper: Paper, tile: Tile, card: Box, large: float) -> None:
    has_course = len(tile.course) > 1
    text = card.w * (1 - _COURSE if has_course else 1) - 2 * _INSET
    width = _width(paper, card)
    label = Run(shortened(plain(tile.kpi.label), width, _LABEL, bold=True), _LABEL, QUIET_INK, True)
    words = [Run(tile.text, large, INK, True), *_change(tile)]
    takes = sum(breadth(each.text, each.size, bold=True) for each in words)
    share = min(1.0, text / (takes * paper.wider)) if takes else 1.0
    value = tuple(Run(each.text, each.size * share, each.colour, each.bold) for each in words)
    below, size = fitted([_below(tile)], width, _room(card, large), (*_BELOW, *_SMALL))
    paragraphs = [
        Paragraph((label,)),
        Paragraph(value, after=2),
        *(Paragraph((Run(each, size, QUIET_INK),)) for each in below if each),
    ]
    alt = " ".join((f"{tile.kpi.label} {tile.text} {tile.change}".strip() + ".", _below(tile)))
    paper.text(card, paragraphs, name="KPI", alt=alt, fill=CARD, inset=_INSET)
    if has_course:
        right = card.right - _INSET - card.w * _COURSE
        area = Box(right, card.y + 2 * _INSET, card.w * _COURSE, _COURSE_HEIGHT)
        paper.line(area, _points(tile.course), NEUTRAL, tile.course_words)


def _room(card: Box, large: float) -> float:
    """What is left below a card's value, in inches."""
    above = (_LABEL + large) * LINE / _POINTS
    return max(card.h - 2 * _INSET - above - 0.03, 0.2)


def _change(tile: Tile) -> list[Run]:
    if not tile.change:
        return []
    sign = "" if tile.rises is None else f"{MORE if tile.rises else LESS} "
    is_judged = tile.verdict in (Verdict.BETTER, Verdict.WORSE)
    ink = INKS[tile.verdict].paper if is_judged else QUIET_INK
    return [Run(f"  {sign}{tile.change}", _CHANGE, ink, True)]


def _below(tile: Tile) -> str:
    sign = STATUS_SIGNS.get(tile.status, "")
    return f"{' · '.join(tile.below)} {sign}".strip()


def _points(course: tuple[float, ...]) -> list[tuple[float, float]]:
    low, high = min(course), max(course)
    span = (high - low) or 1.0
    last = len(course) - 1
    return [(place / last, 1 - (each - low) / span) for place, each in enumerate(course)]
