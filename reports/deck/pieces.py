"""Pieces on slides: where each lies, what draws it, and the words above and below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reports.deck.box import Box
from reports.deck.charts import draw_plots
from reports.deck.figures import plots_of
from reports.deck.grids import draw_grid
from reports.deck.heat import draw_heat, is_heat, meaning
from reports.deck.letters import fitted, height_of, plain, shortened
from reports.deck.paper import Paper
from reports.deck.sentences import draw_lines
from reports.deck.text import Paragraph, Run
from reports.deck.tiles import draw_tiles
from reports.legends import CHANGES_LEGEND, VALUES_LEGEND
from reports.scenes.scene import Body, Chart, Grid, Lines, Piece, Tiles
from reports.theme import INK, QUIET_INK

_GAP: Final = 0.45
_BETWEEN: Final = 0.22
_TITLE: Final = 0.33
_CAPTION: Final = 0.63
_CAPTIONS: Final = (12.0, 11.0, 10.0)
_ABOVE_CAPTION: Final = 0.06
_SIDE: Final = 0.3
"""The width of sentences beside a chart, as a share of the chart's."""
_READ: Final = 17.0
"""The size of sentences below other things, in points."""
_MOST_LINES: Final = 0.3
_WEEK: Final = 1.15
"""A row with a week in it is so much higher than others."""


def draw_body(paper: Paper, body: Body, box: Box) -> None:
    """The pieces in rows of `columns`, each in a box of its own."""
    for piece, area in zip(body.pieces, boxes(body, box), strict=True):
        _draw(paper, piece, area, is_wide=area.w > box.w / 2)


def boxes(body: Body, box: Box) -> list[Box]:
    """A box for each piece."""
    beside = max(body.columns, 1)
    rows = [body.pieces[at : at + beside] for at in range(0, len(body.pieces), beside)]
    found: list[Box] = []
    for row, area in zip(rows, box.rows(_heights(rows, box), _BETWEEN), strict=True):
        found += area.columns(_shares(row), _GAP)
    return found


def _heights(rows: Sequence[Sequence[Piece]], box: Box) -> list[float]:
    """Sentences below other things have what they need, the others their share of the rest."""
    low = [_needed(row, box) if len(rows) > 1 else 0.0 for row in rows]
    shares = [0.0 if each else _share(row) for each, row in zip(low, rows, strict=True)]
    rest = (box.h - sum(low) - _BETWEEN * (len(rows) - 1)) / (sum(shares) or 1)
    return [each or rest * share for each, share in zip(low, shares, strict=True)]


def _share(row: Sequence[Piece]) -> float:
    return _WEEK if any(isinstance(each, Chart) and is_heat(each.figure) for each in row) else 1.0


def _needed(row: Sequence[Piece], box: Box) -> float:
    """The height of sentences without a title; nothing of anything else."""
    if not all(isinstance(each, Lines) and not each.title for each in row):
        return 0.0
    width = (box.w - _GAP * (len(row) - 1)) / len(row)
    texts = [each.lines if isinstance(each, Lines) else () for each in row]
    needs = max(height_of(each, width, _READ, bold=False, gap=_READ / 2) for each in texts)
    return min(needs, box.h * _MOST_LINES)


def _is_lines(row: Sequence[Piece]) -> bool:
    return all(isinstance(each, Lines) for each in row)


def _shares(row: Sequence[Piece]) -> list[float]:
    """Sentences are narrower than what they stand beside."""
    if _is_lines(row):
        return [1.0] * len(row)
    return [_SIDE if isinstance(each, Lines) else 1.0 for each in row]


def _draw(paper: Paper, piece: Piece, box: Box, *, is_wide: bool) -> None:
    inner = _titled(paper, piece, box)
    if isinstance(piece, Tiles):
        draw_tiles(paper, piece, inner)
    elif isinstance(piece, Lines):
        draw_lines(paper, piece, inner)
    else:
        _drawn(paper, piece, inner, is_wide=is_wide)


def _drawn(paper: Paper, piece: Grid | Chart, box: Box, *, is_wide: bool) -> None:
    """A table or a chart, and below it what it says of itself."""
    if isinstance(piece, Grid):
        legend = _legend(piece) if is_wide else ()
        draw_grid(paper, piece, _captioned(paper, box, (piece.more, *legend)))
    elif is_heat(piece.figure):
        draw_heat(paper, piece, _captioned(paper, box, (meaning(piece), piece.caption)))
    else:
        plots = plots_of(piece.figure, piece.table)
        notes = dict.fromkeys(plot.note for plot in plots)
        draw_plots(paper, piece, plots, _captioned(paper, box, (*notes, piece.caption)))


def _captioned(paper: Paper, box: Box, words: Sequence[str]) -> Box:
    """Writes what is said at the bottom of a box; gives what is left above."""
    caption = " · ".join(each for each in map(plain, words) if each)
    if not caption:
        return box
    width = box.w / paper.wider
    shown, size = fitted([caption], width, _CAPTION, _CAPTIONS)
    height = height_of(shown, width, size, bold=False, gap=0) + 0.02
    below = Box(box.x, box.bottom - height, box.w, height)
    paper.text(below, [Paragraph((Run(each, size, QUIET_INK),)) for each in shown])
    return box.above(height + _ABOVE_CAPTION)


def _legend(grid: Grid) -> tuple[str, ...]:
    """What the signs in a table mean, as far as it has any."""
    columns = grid.table.columns
    has_marks = any(grid.table.marks(each).ne("").any() for each in columns)
    has_changes = any(each.change for each in columns)
    marks = (VALUES_LEGEND,) if has_marks else ()
    return (*marks, CHANGES_LEGEND) if has_changes else marks


def _titled(paper: Paper, piece: Piece, box: Box) -> Box:
    """What is left below the piece's title, all where it has none."""
    title = plain(piece.table.title if isinstance(piece, Grid) else getattr(piece, "title", ""))
    if not title:
        return box
    run = Run(shortened(title, box.w / paper.wider, 15, bold=True), 15, INK, bold=True)
    paper.text(box.top(_TITLE), [Paragraph((run,))], name="Title")
    return box.below(_TITLE)
