"""The scenes there are, in the order in which they are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from reports.scenes.changed import changed
from reports.scenes.choice import Choice
from reports.scenes.headline import headline
from reports.scenes.matrix import matrix
from reports.scenes.meeting import MOST_IN_TROUBLE, Meeting
from reports.scenes.method import method
from reports.scenes.offered import offered
from reports.scenes.outcomes import outcomes
from reports.scenes.queue import label_of, queue
from reports.scenes.scene import Body
from reports.scenes.when import when

Build: TypeAlias = Callable[[Meeting, Choice], Body | str]
"""Gives what a scene shows, or in a sentence why there is nothing to show."""


@dataclass(frozen=True)
class Definition:
    """A scene: its key in links, its title, the question it answers and what it needs.

    `title_of` is a title that the meeting decides, such as a queue's name.
    """

    key: str
    title: str
    question: str
    needs: str
    build: Build
    title_of: Callable[[Meeting], str] | None = None


def _queue(place: int) -> Definition:
    return Definition(
        f"queue-{place + 1}",
        f"Queue in trouble {place + 1}",
        "What is wrong in this queue?",
        "A queue that missed a Service Level target",
        queue(place),
        lambda meeting: label_of(meeting, place),
    )


SCENES: Final = (
    Definition(
        "headline", "How it went", "How did it go?", "Values of the selected KPIs", headline
    ),
    Definition(
        "matrix",
        "Queues by media type",
        "Which queue and media type hurts?",
        "Values by queue and media type",
        matrix,
    ),
    Definition("offered", "What came in", "How much came in, and where?", "Counts", offered),
    Definition(
        "changed",
        "What changed",
        "What moved it?",
        "A value in both intervals",
        changed,
    ),
    Definition(
        "when",
        "When it hurts",
        "At which hours does it go badly?",
        "Half-hours or hours of several days",
        when,
    ),
    *map(_queue, range(MOST_IN_TROUBLE)),
    Definition(
        "outcomes",
        "Where the offered went",
        "What became of those who called?",
        "Counts of answered, abandoned and handed on",
        outcomes,
    ),
    Definition("method", "Method", "Where do these values come from?", "Nothing", method),
)

KEYS: Final = tuple(scene.key for scene in SCENES)
