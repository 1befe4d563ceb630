"""Letters: what a text takes on a slide, and texts that must not leave their boxes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Final

LINE: Final = 1.22
"""The height of a line, in letters' sizes."""

_POINTS: Final = 72
_BOLD: Final = 1.04

_INVISIBLE: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""What XML lacks, and what turns the direction of the text behind it."""

_WIDTHS: Final = (
    ("ijl.,:;'|!I ", 0.25),
    ("frt()[]-/", 0.34),
    ("acegksvyz", 0.46),
    ("mwMW%@—", 0.84),
)


def plain(text: str) -> str:
    """A name or sentence in one line that XML can hold and that keeps its direction."""
    return _INVISIBLE.sub("?", " ".join(text.split()))


@lru_cache(maxsize=4096)
def _width(letter: str) -> float:
    """The width of a letter, in its size, in a common sans serif."""
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.1
    named = next((width for letters, width in _WIDTHS if letter in letters), None)
    if named is not None:
        return named
    return 0.58 if letter.isupper() else 0.51 if letter < "\u0250" else 0.72


def breadth(text: str, size: float, *, bold: bool = False) -> float:
    """What the text takes in one line, in inches, where its letters are `size` points high."""
    return sum(map(_width, text)) * size * (_BOLD if bold else 1) / _POINTS


def shortened(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """The text in one line of so many inches, ended with "…" where it is wider."""
    if breadth(text, size, bold=bold) <= width:
        return text
    room = width - breadth("…", size, bold=bold)
    unit = size * (_BOLD if bold else 1) / _POINTS
    fitting = sum(each * unit <= room for each in accumulate(map(_width, text)))
    return f"{text[:fitting].rstrip()}…"


def lines_of(text: str, width: float, size: float, *, bold: bool = False) -> int:
    """How many lines the text is broken into, long words within."""
    unit = size * (_BOLD if bold else 1) / _POINTS
    lines, used = 1, 0.0
    for word in text.split(" "):
        takes = sum(map(_width, word)) * unit
        if used and used + takes > width:
            lines, used = lines + 1, 0.0
        lines += int(takes // width)
        used += takes % width + _width(" ") * unit
    return lines


def height_of(texts: Iterable[str], width: float, size: float, *, bold: bool, gap: float) -> float:
    """What the texts take one below the other, in inches; `gap` points lie between two."""
    lines = [lines_of(text, width, size, bold=bold) for text in texts]
    return (sum(lines) * size * LINE + max(len(lines) - 1, 0) * gap) / _POINTS


def fitted(
    texts: Sequence[str],
    width: float,
    height: float,
    sizes: Iterable[float],
    *,
    bold: bool = False,
    gap: float = 0.0,
) -> tuple[tuple[str, ...], float]:
    """The texts and their size: the first of `sizes` that fits, the last with shorter texts."""
    size = 0.0
    for size in sizes:
        if height_of(texts, width, size, bold=bold, gap=gap) <= height:
            return tuple(texts), size
    most = max(map(len, texts), default=0)
    shorter = tuple(texts)
    while most > 1 and height_of(shorter, width, size, bold=bold, gap=gap) > height:
        most = most * 9 // 10
        shorter = tuple(cut(text, most) for text in texts)
    return shorter, size


def in_one_line(
    text: str, width: float, sizes: Iterable[float], *, bold: bool = False
) -> tuple[tuple[str, ...], float] | None:
    """The text and the first of the sizes in which it takes one line; None if there is none."""
    known = (each for each in sizes if lines_of(text, width, each, bold=bold) == 1)
    return next((((text,), each) for each in known), None)


def cut(text: str, most: int) -> str:
    """The text in so many letters, ended with "…" where it has more."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
