"""The deck of a show: a title slide, then one slide a scene."""

from __future__ import annotations

from datetime import UTC
from io import BytesIO
from pathlib import Path
from typing import Final

from pptx.presentation import Presentation as Deck

from reports.deck.cover import draw_cover
from reports.deck.design import design_of
from reports.deck.letters import cut, plain
from reports.deck.scene_slide import draw_scene
from reports.scenes.scene import Show

_MOST_IN_TITLE: Final = 255


def to_pptx(show: Show, template: Path | None = None) -> bytes:
    """The show as a PowerPoint file, in the organization's design where a `template` is given.

    Charts and tables can be edited, notes hold what to say, and nothing in it asks any host.
    Raises ConfigurationError where the template or the logo cannot be used.
    """
    design = design_of(template)
    draw_cover(design, show)
    for scene in show.scenes:
        draw_scene(design, show, scene)
    _set_properties(design.deck, show)
    made = BytesIO()
    design.deck.save(made)
    return made.getvalue()


def _set_properties(deck: Deck, show: Show) -> None:
    about = deck.core_properties
    about.title = cut(plain(f"{show.title}, {show.subtitle}"), _MOST_IN_TITLE)
    about.author = about.last_modified_by = ""
    about.created = about.modified = show.as_of.astimezone(UTC).replace(tzinfo=None)
    about.subject = cut(plain(" · ".join(show.footer)), _MOST_IN_TITLE)
