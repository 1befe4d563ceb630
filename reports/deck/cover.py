"""The title slide: whose values these are, of when, and which scenes are left out."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Emu

from genesys.errors import ConfigurationError
from genesys.moments import timed
from reports.deck.box import Box
from reports.deck.design import Design
from reports.deck.letters import fitted, plain
from reports.deck.paper import Paper, placeholders_of
from reports.deck.placeholders import TITLES, box_of, new_slide, write, write_title
from reports.deck.speaking import write_notes
from reports.deck.text import QUIET, Paragraph, Run
from reports.scenes.scene import Show
from reports.scenes.show import NOT_CHOSEN

_TITLES: Final = (44.0, 40.0, 36.0, 32.0, 28.0)
_SUBTITLES: Final = (24.0, 22.0, 20.0, 18.0)
_DETAILS: Final = (16.0, 15.0, 14.0, 13.0, 12.0, 11.0, 10.0)
_SHARE: Final = 0.3
"""What the subtitle takes of its place; the rest is for the details."""

_SHOWN: Final = ("Organization", "Interval", "Compared")
_LOGO: Final = Box(0, 0.6, 3.0, 0.95)
_RIGHT: Final = 0.6


def draw_cover(design: Design, show: Show) -> None:
    """Adds the title slide."""
    paper = new_slide(design, design.cover, (PP_PLACEHOLDER.SUBTITLE,))
    if (title := paper.slide.shapes.title) is not None:
        write_title(paper, show.title, box_of(paper, title), _TITLES)
    _write_below(paper, design, show)
    if show.logo:
        _put_logo(paper, show.logo, f"Logo of {show.title}")
    write_notes(paper.slide, (f"{name}: {text}" for name, text in show.about))


def _details(show: Show) -> Iterator[str]:
    about = dict(show.about)
    for name in _SHOWN:
        if about.get(name, show.title) != show.title and about[name] != show.subtitle:
            yield about[name]
    yield f"As of {timed(show.as_of, show.zone)} ({show.zone.key})"
    gone: dict[str, list[str]] = {}
    for each in show.left_out:
        if each.reason != NOT_CHOSEN:
            gone.setdefault(each.reason, []).append(each.title)
    for reason, titles in gone.items():
        yield f"Left out: {', '.join(titles)}. {reason}"


def _write_below(paper: Paper, design: Design, show: Show) -> None:
    """The subtitle and the details, in the subtitle's place or below the title."""
    places = [
        each for each in placeholders_of(paper.slide) if each.placeholder_format.type not in TITLES
    ]
    box = box_of(paper, places[0]) if places else design.body
    width = box.w / paper.wider - 0.2
    (large,), size = fitted([plain(show.subtitle)], width, box.h * _SHARE, _SUBTITLES)
    texts = [plain(each) for each in _details(show)]
    shown, small = fitted(texts, width, box.h * (0.94 - _SHARE), _DETAILS, gap=4)
    paragraphs = [
        Paragraph((Run(large, size, QUIET),), after=12),
        *(Paragraph((Run(each, small, QUIET),), after=4) for each in shown),
    ]
    if places:
        write(paper, places[0], paragraphs)
    else:
        paper.text(box, paragraphs)


def _put_logo(paper: Paper, logo: Path, alt: str) -> None:
    """The organization's picture in the upper right corner, its sides as they are."""
    try:
        picture = paper.slide.shapes.add_picture(BytesIO(logo.read_bytes()), Emu(0), Emu(0))
    except (OSError, ValueError, KeyError) as error:
        raise ConfigurationError(
            f"The logo {logo.name} cannot be read as a picture.", "Give a PNG or a JPEG."
        ) from error
    most = min(paper.emu(_LOGO.w) / picture.width, paper.emu(_LOGO.h) / picture.height)
    picture.width, picture.height = (
        Emu(round(each * most)) for each in (picture.width, picture.height)
    )
    picture.left = Emu(paper.wide - picture.width - paper.emu(_RIGHT))
    picture.top = paper.emu(_LOGO.y)
    picture.name = "Logo"
    for each in picture.element.xpath(".//p:cNvPr"):
        each.set("descr", plain(alt))
