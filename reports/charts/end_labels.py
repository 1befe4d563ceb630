"""Labels at the right edge: the name of each line where it ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple


class End(NamedTuple):
    """What ends at a value, and how large its text is."""

    value: float
    text: str
    size: int


def end_labels(ends: Iterable[End], y: str, top: float, gap: float) -> list[dict[str, Any]]:
    """Texts right of the axis `y`, which ends at `top`, moved apart where they are close.

    `gap` is the least distance of two, as a share of the axis.
    """
    upwards = sorted(ends, key=lambda end: end.value, reverse=True)[::-1]
    places = _apart([end.value / top for end in upwards], gap)
    return [
        {
            "text": end.text,
            "x": 1.0,
            "xref": "x domain",
            "xanchor": "left",
            "xshift": 8,
            "y": place,
            "yref": f"{y} domain",
            "yanchor": "middle",
            "align": "left",
            "showarrow": False,
            "font": {"size": end.size},
        }
        for place, end in zip(places, upwards, strict=True)
    ]


def _apart(places: Sequence[float], gap: float) -> list[float]:
    """Rising places between 0 and 1, moved as little as keeps so much between them."""
    apart = list(places)
    for lower, upper in pairwise(range(len(apart))):
        apart[upper] = max(apart[upper], apart[lower] + gap)
    limit = 1.0
    for number in reversed(range(len(apart))):
        apart[number] = limit = min(apart[number], limit)
        limit -= gap
    return apart
