"""The sparkline: the course of a value in a few pixels, as an image in HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final
from urllib.parse import quote

from reports.theme import NEUTRAL

HEIGHT: Final = 24
"""In pixels; it is as wide as its place."""

_EDGE: Final = 2
"""What the line leaves above and below, half of it for its own width."""


def sparkline(values: Sequence[float], words: str) -> str:
    """The image of two values or more; `words` say what it shows to who points or listens."""
    lowest, highest = min(values), max(values)
    room, span = HEIGHT - 2 * _EDGE, (highest - lowest) or 1.0
    step = 100 / (len(values) - 1)
    points = " ".join(
        f"{at * step:.2f},{HEIGHT - _EDGE - room * (value - lowest) / span:.2f}"
        for at, value in enumerate(values)
    )
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 {HEIGHT}"'
        f' preserveAspectRatio="none"><polyline points="{points}" fill="none" stroke="{NEUTRAL}"'
        ' stroke-width="2" stroke-linejoin="round" vector-effect="non-scaling-stroke"/></svg>'
    )
    said = escape(words)
    return (
        f'<img width="100%" height="{HEIGHT}" alt="{said}" title="{said}"'
        f' src="data:image/svg+xml,{quote(drawing)}">'
    )
