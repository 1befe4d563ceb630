"""Colours and signs, the same in every chart and file.

Every colour keeps a contrast of 3:1 on white and on the dark page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from genesys.insights.comparison import Verdict
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

PAPER: Final = "#FFFFFF"
INK: Final = "#0F172A"
QUIET_INK: Final = "#475569"
GRID: Final = "#E2E8F0"
AXIS: Final = "#94A3B8"
CARD: Final = "#F4F6FA"
PALE: Final = "#B8C2D0"
"""Of pictures for slides, light in either theme; pale is what was before."""

ACCENT: Final = "#1F5FBF"
"""What is pressed, and what a scene says."""


@dataclass(frozen=True)
class Page:
    """The colours of a page, as Streamlit's settings have them too."""

    ground: str
    ink: str
    accent: str


LIGHT: Final = Page(PAPER, INK, ACCENT)
DARK: Final = Page("#0E131A", "#E8EDF5", "#2F6FDE")

CHOSEN_ON_DARK: Final = "#9CC2FF"

MORE_RAMP: Final = {
    False: ("#E3ECFA", "#5B8FE0", "#123F87"),
    True: ("#17243B", "#3A66AD", "#9CC2FF"),
}
WORSE_RAMP: Final = {
    False: ("#FAE9DE", "#E08A55", "#8F2F05"),
    True: ("#2E1C14", "#A3552A", "#FFB088"),
}
"""From the page's side of the scale to the strong one, on a light and on a dark page.

The first is seen on the page still.
"""

MET_TINT: Final = {False: "#C9E9E2", True: "#123A34"}
"""Where a target is met, however well."""

STATUS_SIGNS: Final[Mapping[str, str]] = {
    Status.MET: "✓",
    Status.NEAR: "~",
    Status.MISSED: "✗",
    Status.FEW: "°",
    Status.NONE: "",
}
"""A sign for each standing to a target; colour only comes on top."""


def sign_of(mark: str) -> str:
    """The sign of a status; a reason why a value is not judged has that of few contacts."""
    return STATUS_SIGNS.get(mark, STATUS_SIGNS[Status.FEW])


MORE: Final = "▲"
LESS: Final = "▼"
"""Which way a change went; whether that is better or worse, colour and weight say."""


@dataclass(frozen=True)
class Ink:
    """The colour of a marked figure: on a light and on a dark page, and in a workbook.

    On pages it is behind the figure where it `fills` the cell; in a workbook it is the font's.
    """

    light: str
    dark: str
    paper: str
    fills: bool = False

    def style(self, theme: str) -> str:
        """The cell's style on a page of this theme."""
        colour = self.dark if theme == "dark" else self.light
        return f"background-color:{colour}" if self.fills else f"color:{colour}"


INKS: Final[Mapping[str, Ink]] = {
    Status.MISSED: Ink("#FDE7E4", "#4F2323", "#B42318", fills=True),
    Status.NEAR: Ink("#FFF3D6", "#453816", "#8A5A00", fills=True),
    Status.FEW: Ink("#64748B", "#94A3B8", "#64748B"),
    Verdict.WORSE: Ink("#B42318", "#FF9B8F", "#B42318"),
    Verdict.BETTER: Ink("#176B45", "#6FD3A0", "#176B45"),
}
"""By mark; the word itself, or its sign, stands beside the figure."""


def media_colour(media_type: str) -> str:
    """The colour of a media type; the seldom ones share one."""
    return MEDIA_COLOURS.get(media_type, OTHER_COLOUR)


def in_order(media_types: Iterable[str]) -> list[str]:
    """Media types as people list them: voice first, the seldom ones at the end."""
    known = list(MEDIA_COLOURS)
    return sorted(
        media_types, key=lambda each: (known.index(each) if each in known else len(known), each)
    )
