"""Text: paragraphs and their runs as slides and tables hold them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from reports.deck.letters import plain

QUIET: Final = "tx2"
"""The quiet ink of whichever theme the deck has."""


@dataclass(frozen=True)
class Run:
    """Words of one look; `colour` is one of the theme or RRGGBB behind a "#", "" the usual."""

    text: str
    size: float
    colour: str = ""
    bold: bool = False


@dataclass(frozen=True)
class Paragraph:
    """Runs in a line; `align` is l, ctr or r, `after` are points below it."""

    runs: tuple[Run, ...]
    align: str = "l"
    after: float = 0.0


def attribute(text: str) -> str:
    """A text as the value of an XML attribute, its quotes included."""
    return quoteattr(plain(text))


def escaped(text: str) -> str:
    """A text as XML holds it."""
    return escape(plain(text))


def colour_xml(colour: str) -> str:
    if colour.startswith("#"):
        return f'<a:srgbClr val="{colour[1:].upper()}"/>'
    return f'<a:schemeClr val="{colour}"/>'


def fill_xml(colour: str) -> str:
    """A fill of this colour, none where it is ""."""
    return f"<a:solidFill>{colour_xml(colour)}</a:solidFill>" if colour else "<a:noFill/>"


def paragraphs_xml(paragraphs: Iterable[Paragraph], scale: float) -> str:
    """The paragraphs, their sizes scaled."""
    made = "".join(_paragraph(each, scale) for each in paragraphs)
    return made or "<a:p/>"


def _paragraph(paragraph: Paragraph, scale: float) -> str:
    after = f'<a:spcAft><a:spcPts val="{round(paragraph.after * scale * 100)}"/></a:spcAft>'
    look = (
        f'<a:pPr marL="0" indent="0" algn="{paragraph.align}"><a:spcBef><a:spcPts val="0"/>'
        f"</a:spcBef>{after}<a:buNone/></a:pPr>"
    )
    runs = "".join(_run(run, scale) for run in paragraph.runs if plain(run.text))
    size = round(paragraph.runs[0].size * scale * 100) if paragraph.runs else 1200
    return f'<a:p>{look}{runs}<a:endParaRPr lang="en-US" sz="{size}"/></a:p>'


def _run(run: Run, scale: float) -> str:
    bold = ' b="1"' if run.bold else ""
    ink = fill_xml(run.colour) if run.colour else ""
    lead = run.text[: len(run.text) - len(run.text.lstrip(" "))]
    return (
        f'<a:r><a:rPr lang="en-US" sz="{round(run.size * scale * 100)}"{bold} dirty="0">{ink}'
        f"</a:rPr><a:t>{lead}{escaped(run.text)}</a:t></a:r>"
    )
