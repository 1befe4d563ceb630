"""One colour for each media type, the same in every chart and file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

MEDIA_COLOURS: Final[Mapping[str, str]] = {
    "voice": "#2F6FDE",
    "callback": "#C2571A",
    "chat": "#1F8A5B",
    "email": "#A63D86",
    "message": "#7A5AD6",
}
"""Told apart with red-green blindness too, and readable on light and on dark."""

OTHER_COLOUR: Final = "#8A6D00"

MEDIA_DASHES: Final[Mapping[str, str]] = {
    "voice": "solid",
    "callback": "dash",
    "chat": "dot",
    "email": "dashdot",
    "message": "longdash",
}
"""So that colour never stands alone."""


def media_colour(media_type: str) -> str:
    """The colour of a media type; the seldom ones share one."""
    return MEDIA_COLOURS.get(media_type, OTHER_COLOUR)


def in_order(media_types: Iterable[str]) -> list[str]:
    """Media types as people list them: voice first, the seldom ones at the end."""
    known = list(MEDIA_COLOURS)
    return sorted(
        media_types, key=lambda each: (known.index(each) if each in known else len(known), each)
    )
