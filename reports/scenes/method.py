"""The method: what all values rest on, so that each can be checked."""

from __future__ import annotations

from typing import Final

from genesys.words import counted
from reports.scenes.choice import Choice
from reports.scenes.meeting import Meeting
from reports.scenes.scene import Body, Lines

ELSEWHERE: Final = ("Marks of values", "Marks of changes", "Totals over queues")
"""What stands in files, and in the notes of the scene that it is about."""

MOST_DEFINED: Final = 8
"""As many KPIs as have room for their definitions."""

MOST_OF_LINK: Final = 300
"""Letters of a link that are read on a wall beside all else."""

HEADLINE: Final = "Where these values come from."


def method(meeting: Meeting, _: Choice) -> Body | str:
    """Intervals, zone, filters, as of and the link; the definition of each KPI beside."""
    about = tuple(f"{name}: {text}" for name, text in meeting.about if name not in ELSEWHERE)
    link = (f"Link: {_seen(meeting.link)}",) if meeting.link else ()
    first, more = meeting.kpis[:MOST_DEFINED], len(meeting.kpis) - MOST_DEFINED
    definitions = [f"{kpi.label}: {_short(kpi.help)}" for kpi in first]
    if more > 0:
        definitions.append(f"And {counted(more, 'more KPI')}: defined in the notes and the files.")
    return Body(
        HEADLINE,
        (Lines((*about, *link), "Basis"), Lines(tuple(definitions), "Definitions")),
        columns=2,
        notes=tuple(f"{kpi.label}: {kpi.help}" for kpi in meeting.kpis),
    )


def _seen(link: str) -> str:
    if len(link) <= MOST_OF_LINK:
        return link
    return f"of {len(link):,} letters, in the notes of the slides and in the workbook"


def _short(text: str) -> str:
    """A definition's first sentence, and the one that names the metrics."""
    first, *_, last = text.split(". ")
    return f"{first}. {last}"
