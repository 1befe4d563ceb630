"""The method: what all values rest on, so that each can be checked."""

from __future__ import annotations

from typing import Final

from reports.scenes.choice import Choice
from reports.scenes.meeting import Meeting
from reports.scenes.scene import Body, Lines

ELSEWHERE: Final = ("Marks of values", "Marks of changes", "Totals over queues")
"""What stands in files, and in the notes of the scene that it is about."""

HEADLINE: Final = "Where these values come from."


def method(meeting: Meeting, _: Choice) -> Body | str:
    """Intervals, zone, filters, as of and the link; the definition of each KPI beside."""
    about = tuple(f"{name}: {text}" for name, text in meeting.about if name not in ELSEWHERE)
    link = (f"Link: {meeting.link}",) if meeting.link else ()
    definitions = tuple(f"{kpi.label}: {_short(kpi.help)}" for kpi in meeting.kpis)
    return Body(
        HEADLINE,
        (Lines((*about, *link), "Basis"), Lines(definitions, "Definitions")),
        columns=2,
    )


def _short(text: str) -> str:
    """A definition's first sentence, and the one that names the metrics."""
    first, *_, last = text.split(". ")
    return f"{first}. {last}"
