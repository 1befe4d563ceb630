"""Speaking: the notes of a slide, and what they hold."""

from __future__ import annotations

from collections.abc import Iterable

from pptx.slide import Slide

from reports.deck.letters import plain
from reports.scenes.scene import Scene, Show


def words_for(scene: Scene, show: Show) -> tuple[str, ...]:
    """The presenter's sentence, the headline in full, what to say of it, and the link."""
    body = scene.body
    return tuple(filter(None, (scene.said, body.headline, *body.notes, show.link)))


def write_notes(slide: Slide, words: Iterable[str]) -> None:
    """Notes below the slide, a paragraph for each."""
    frame = slide.notes_slide.notes_text_frame
    if frame is not None:
        frame.text = "\n".join(map(plain, words))
