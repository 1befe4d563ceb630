"""Colours and signs, the same in every chart and file.

Every colour keeps a contrast of 3:1 on white and on the dark page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from genesys.targets import Status

MEDIA_COLOURS: Final[Mapping[str, str]] = {
    "voice": "#2F6FDE",
    "callback": "#C2571A",
    "chat": "#1F8A5B",
    "email": "#A63D86",
    "message": "#9A80DD",
}
"""Told apart with red-green blindness too."""

OTHER_COLOUR: Final = "#8A6D00"

MEDIA_DASHES: Final[Mapping[str, str]] = {
    "voice": "solid",
    "callback": "dash",
    "chat": "dot",
    "email": "dashdot",
    "message": "longdash",
}
"""So that colour never stands alone."""

PALETTE: Final = ("#009CC4", "#EA6860", "#5B59B6", "#6D6D0C", "#AA3984", "#B87D8B")
"""For series that are no media types; told apart with colour blindness too."""

GOOD: Final = "#0F8A7A"
BAD: Final = "#D0453A"
NEUTRAL: Final = "#778296"

STATUS_SIGNS: Final[Mapping[str, str]] = {
    Status.MET: "✓",
    Status.NEAR: "~",
    Status.MISSED: "✗",
    Status.FEW: "°",
    Status.NONE: "",
}
"""A sign for each standing to a target; colour only comes on top."""


def media_colour(media_type: str) -> str:
    """The colour of a media type; the seldom ones share one."""
    return MEDIA_COLOURS.get(media_type, OTHER_COLOUR)


def in_order(media_types: Iterable[str]) -> list[str]:
    """Media types as people list them: voice first, the seldom ones at the end."""
    known = list(MEDIA_COLOURS)
    return sorted(
        media_types, key=lambda each: (known.index(each) if each in known else len(known), each)
    )
