"""A scene's slide: its headline as the title, its pieces below, and what to say of them."""

from __future__ import annotations

from typing import Final

from reports.deck.box import Box
from reports.deck.design import Design
from reports.deck.letters import breadth, fitted, plain, shortened
from reports.deck.paper import Paper
from reports.deck.pieces import draw_body
from reports.deck.placeholders import new_slide, write_foot, write_title
from reports.deck.speaking import words_for, write_notes
from reports.deck.text import QUIET, Paragraph, Run
from reports.scenes.scene import Scene, Show
from reports.theme import ACCENT, PAPER

_HEADLINES: Final = (28.0, 26.0, 24.0, 22.0, 20.0, 18.0)
_QUESTION: Final = 14.0
_SAID: Final = 0.4
_INSET: Final = 0.12


def draw_scene(design: Design, show: Show, scene: Scene) -> None:
    """Adds the slide."""
    paper = new_slide(design, design.scene)
    headline = scene.body.headline
    title = write_title(paper, headline, design.title, _HEADLINES, is_tight=design.is_own)
    _ask(paper, design, scene)
    body = design.body
    spare = design.title.bottom - title.bottom
    body = Box(body.x, body.y - spare, body.w, body.h + spare)
    if scene.said:
        _say(paper, scene.said, body.top(_SAID), ACCENT if design.is_own else "")
        body = body.below(_SAID + 0.1)
    if not design.is_own:
        # The colours of figures are for paper; what a template has behind them is unknown.
        paper.text(body, (), name="Paper", fill=PAPER)
        body = Box(body.x + _INSET, body.y + _INSET, body.w - 2 * _INSET, body.h - 2 * _INSET)
    draw_body(paper, scene.body, body)
    write_foot(paper, design, show.footer)
    write_notes(paper.slide, words_for(scene, show))


def _ask(paper: Paper, design: Design, scene: Scene) -> None:
    """The scene's title and the question that it answers, in one line."""
    width = design.kicker.w / paper.wider
    title = shortened(plain(scene.title), width * 0.6, _QUESTION, bold=True)
    left = width - breadth(title, _QUESTION, bold=True)
    question = shortened(f"   {plain(scene.question)}", left, _QUESTION)
    ink = ACCENT if design.is_own else ""
    runs = (Run(title, _QUESTION, ink, bold=True), Run(question, _QUESTION, QUIET))
    paper.text(design.kicker, [Paragraph(runs)], name="Question")


def _say(paper: Paper, said: str, box: Box, ink: str) -> None:
    """The presenter's own sentence."""
    (text,), size = fitted([plain(said)], box.w / paper.wider, box.h, (18, 16, 14, 12, 11))
    paper.text(box, [Paragraph((Run(text, size, ink, bold=True),))], name="Said", anchor="ctr")
