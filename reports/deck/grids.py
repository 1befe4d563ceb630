"""Grids: tables of values with their signs, changes and colours, as large as there is room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from genesys.insights.comparison import Verdict
from genesys.kpis.formats import NO_VALUE
from genesys.words import counted
from reports.browser_table import texts
from reports.deck.box import Box
from reports.deck.cells import Cell, draw_cells
from reports.deck.letters import LINE, breadth, plain, shortened
from reports.deck.paper import Paper
from reports.deck.text import Paragraph, Run
from reports.scenes.scene import Grid
from reports.table import Column, Table, sort_values
from reports.theme import INK, INKS, LESS, MORE, NEUTRAL, QUIET_INK, sign_of

_SIZES: Final = (16.0, 15.0, 14.0, 13.0, 12.0)
_SIZES_OF_BROKEN: Final = (13.0, 12.0)
_SMALL: Final = (11.0, 10.0)
"""For what is held by no larger ones."""
_LEAST_NAME: Final = 1.1
_SHORT_NAME: Final = 2.0
"""Names are shortened to this before any letters are too small."""
_MOST_NAME: Final = 3.4
_ROW: Final = 1.32
"""The least height of a row, in letters' sizes."""
_MOST_ROW: Final = 2.2
_POINTS: Final = 72
_EDGE: Final = 0.06
_TURNS: Final = (Verdict.BETTER, Verdict.WORSE)


@dataclass(frozen=True)
class _Part:
    """A column of the slide: its texts, with the ink, fill and weight of each."""

    texts: tuple[str, ...]
    inks: tuple[str, ...]
    fills: tuple[str, ...]
    bold: tuple[bool, ...]
    align: str

    def breadth(self, size: float) -> float:
        """What its widest text takes."""
        pairs = zip(self.texts, self.bold, strict=True)
        return max((breadth(text, size, bold=bold) for text, bold in pairs), default=0) + 2 * _EDGE


@dataclass(frozen=True)
class _Head:
    """A column of the table: its label, what stands beneath, and its one or two parts."""

    lines: tuple[str, ...]
    parts: tuple[_Part, ...]
    strong: int = 1

    @property
    def broken(self) -> _Head:
        """The same with its label over two lines, if it has two words."""
        label, *beneath = self.lines
        words = label.split(" ")
        cuts = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
        is_text = self.parts[0].align == "l"
        lines = min(cuts, key=_wider) if cuts and not is_text else (label,)
        return _Head((*lines, *beneath), self.parts, len(lines))


def _wider(lines: tuple[str, str]) -> float:
    return max(breadth(each, 1) for each in lines)


def draw_grid(paper: Paper, grid: Grid, box: Box) -> None:
    """The table in the box."""
    known = [_head(grid.table, column) for column in grid.table.columns]
    heads, size, widths = _room(known, box, len(grid.table.rows), paper.wider)
    rows = [_top(heads, widths, size), *_rows(heads, widths, size, len(grid.table.rows))]
    head = max(len(each.lines) for each in heads) * size * LINE / _POINTS + 0.08
    many = len(grid.table.rows)
    height = min((box.h - head) / max(many, 1), size * _MOST_ROW / _POINTS)
    heights = [head, *[height] * many]
    names = ", ".join(str(each.label) for each in grid.table.columns)
    alt = f"Table: {grid.table.title}. {counted(many, 'row')} of {names}. {grid.more}".strip()
    draw_cells(paper, box, rows, widths, heights, name=grid.table.title, alt=alt)


def _head(table: Table, column: Column) -> _Head:
    value = _values(table, column)
    parts = (value, _changes(table, column.change)) if column.change else (value,)
    return _Head((str(column.label), *column.beneath), parts)


def _strong(table: Table) -> list[bool]:
    return [row < table.totals for row in range(len(table.rows))]


def _values(table: Table, column: Column) -> _Part:
    marks = table.marks(column).tolist()
    shown = texts(table.rows[column.key], column)
    words = tuple(
        plain(f"{text} {sign_of(mark)}" if mark and text != NO_VALUE else text)
        for text, mark in zip(shown, marks, strict=True)
    )
    looks = [INKS.get(mark) for mark in marks]
    fills = tuple(each.light if each and each.fills else "" for each in looks)
    inks = tuple(each.paper if each and not each.fills else INK for each in looks)
    faint = tuple(
        NEUTRAL if text == NO_VALUE else ink for text, ink in zip(words, inks, strict=True)
    )
    align = "l" if column.unit is None else "r"
    return _Part(words, faint, fills, tuple(_strong(table)), align)


def _changes(table: Table, column: Column) -> _Part:
    marks = table.marks(column).tolist()
    shown = texts(table.rows[column.key], column, points="")
    values = sort_values(table, column)
    words, inks, bold = [], [], []
    for text, mark, value in zip(shown, marks, values, strict=True):
        sign = (MORE if value > 0 else LESS) if mark in _TURNS else ""
        words.append("" if text == NO_VALUE else f"{sign} {text}".strip())
        inks.append(INKS[mark].paper if mark in INKS else QUIET_INK)
        bold.append(mark == Verdict.WORSE)
    none = ("",) * len(words)
    return _Part(tuple(words), tuple(inks), none, tuple(bold), "r")


def _room(
    heads: Sequence[_Head], box: Box, rows: int, wider: float
) -> tuple[Sequence[_Head], float, list[float]]:
    """The largest letters that fit, heads over two lines where need be, and the widths."""
    for shown, size, most in _tries(heads):
        widths = _widths(shown, size, wider, most)
        lines = max(len(each.lines) for each in shown)
        height = (lines * LINE + rows * _ROW) * size / _POINTS
        if sum(widths) <= box.w and height <= box.h:
            break
    if sum(widths) > box.w:
        widths[0] = max(widths[0] - (sum(widths) - box.w), _LEAST_NAME)
        widths = [each * min(1.0, box.w / sum(widths)) for each in widths]
    wanted = shown[0].parts[0].breadth(size) * wider
    widths[0] += min(max(wanted - widths[0], 0), max(box.w - sum(widths), 0))
    return shown, size, [*_apart(shown, widths, box.w)]


def _apart(heads: Sequence[_Head], widths: Sequence[float], room: float) -> Iterator[float]:
    """What is left of the room goes to all columns alike, within one to wide parts most."""
    spare = (room - sum(widths)) / max(len(heads) - 1, 1)
    yield widths[0]
    place = 1
    for head in heads[1:]:
        mine = widths[place : place + len(head.parts)]
        place += len(head.parts)
        yield from (each + spare * each / sum(mine) for each in mine)


def _tries(heads: Sequence[_Head]) -> Iterator[tuple[Sequence[_Head], float, float]]:
    """Heads, the size of letters, and the most that a name takes."""
    broken = [each.broken for each in heads]
    yield from ((heads, size, _MOST_NAME) for size in _SIZES)
    yield from ((broken, size, _MOST_NAME) for size in _SIZES_OF_BROKEN)
    yield from ((each, _SIZES[-1], _SHORT_NAME) for each in (heads, broken))
    for size in _SMALL:
        yield from ((heads, size, _MOST_NAME), (broken, size, _MOST_NAME))


def _widths(heads: Sequence[_Head], size: float, wider: float, most: float) -> list[float]:
    widths = [part.breadth(size) * wider for head in heads for part in head.parts]
    widths = _spread(heads, widths, size, wider)
    return [min(max(widths[0], _LEAST_NAME), most), *widths[1:]]


def _spread(
    heads: Sequence[_Head], widths: Sequence[float], size: float, wider: float
) -> list[float]:
    """Parts at least as wide, together, as what stands at the head of them."""
    found, place = [], 0
    for head in heads:
        mine = list(widths[place : place + len(head.parts)])
        place += len(head.parts)
        needs = max(_takes(head, row, size) for row in range(len(head.lines))) * wider + 2 * _EDGE
        lack = max(needs - sum(mine), 0) / len(mine) if head.parts[0].align == "r" else 0
        found += [each + lack for each in mine]
    return found


def _top(heads: Sequence[_Head], widths: Sequence[float], size: float) -> list[Cell]:
    cells, place = [], 0
    for head in heads:
        many = len(head.parts)
        room = sum(widths[place : place + many]) - 2 * _EDGE
        place += many
        align = head.parts[0].align
        lines = tuple(
            Paragraph((_head_run(plain(line), size, room, first=row < head.strong),), align)
            for row, line in enumerate(head.lines)
        )
        cells.append(Cell(lines, span=many, line=QUIET_INK, inset=_EDGE))
        cells += [Cell(span=0, line=QUIET_INK)] * (many - 1)
    return cells


def _takes(head: _Head, row: int, size: float) -> float:
    is_first = row < head.strong
    return breadth(head.lines[row], size if is_first else _beneath(size), bold=is_first)


def _beneath(size: float) -> float:
    """The size of what stands beneath a label."""
    return min(size, max(size - 2, 12))


def _head_run(line: str, size: float, room: float, *, first: bool) -> Run:
    size = size if first else _beneath(size)
    text = shortened(line, room, size, bold=first)
    return Run(text, size, INK if first else QUIET_INK, first)


def _rows(
    heads: Sequence[_Head], widths: Sequence[float], size: float, many: int
) -> Iterator[list[Cell]]:
    for row in range(many):
        cells, place = [], 0
        for head in heads:
            fill = head.parts[0].fills[row]
            for part in head.parts:
                room = widths[place] - 2 * _EDGE
                place += 1
                bold = part.bold[row]
                text = part.texts[row]
                if part.align == "l":
                    text = shortened(text, room, size, bold=bold)
                run = Run(text, size, part.inks[row], bold)
                cells.append(Cell((Paragraph((run,), part.align),), fill, inset=_EDGE))
        yield cells
