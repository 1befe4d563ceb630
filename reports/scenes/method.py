"""The method: what all values rest on, so that each can be checked."""

from __future__ import annotations

from typing import Final

from reports.scenes.choice import Choice
from reports.scenes.meeting import Meeting
from reports.scenes.scene import Body, Lines

HEADLINE: Final = "Where these values come from."


def method(meeting: Meeting, _: Choice) -> Body | str:
    """Intervals, zone, filters, as of and the link; the definition of each KPI beside."""
    about = tuple(f"{name}: {text}" for name, text in meeting.about)
    link = (f"Link: {meeting.link}",) if meeting.link else ()
    definitions = tuple(f"{kpi.label}: {kpi.help}" for kpi in meeting.kpis)
    return Body(
        HEADLINE,
        (Lines((*about, *link), "Basis"), Lines(definitions, "Definitions")),
        columns=2,
    )
