"""Sentences: lines one below the other, as large as there is room for."""

from __future__ import annotations

from typing import Final

from reports.deck.box import Box
from reports.deck.letters import fitted, plain
from reports.deck.paper import Paper
from reports.deck.text import Paragraph, Run
from reports.scenes.scene import Lines
from reports.theme import INK, QUIET_INK

_SIZES: Final = (16.0, 15.0, 14.0, 13.0, 12.0, 11.0)
_AFTER: Final = 8.0
_AFTER_MANY: Final = 5.0
_MANY: Final = 8


def draw_lines(paper: Paper, lines: Lines, box: Box) -> None:
    """The lines in the box; names before a colon are bold where they are a list with a title."""
    texts = [plain(each) for each in lines.lines]
    width = box.w / paper.wider
    after = _AFTER if len(texts) < _MANY else _AFTER_MANY
    shown, size = fitted(texts, width, box.h, _SIZES, gap=after)
    paragraphs = [
        Paragraph(_runs(each, size, named=bool(lines.title)), after=after) for each in shown
    ]
    paper.text(box, paragraphs, name=lines.title or "Sentences")


def _runs(text: str, size: float, *, named: bool) -> tuple[Run, ...]:
    name, colon, rest = text.partition(": ")
    if not named or not colon:
        return (Run(text, size, INK),)
    return Run(f"{name}:", size, INK, bold=True), Run(f" {rest}", size, QUIET_INK)
