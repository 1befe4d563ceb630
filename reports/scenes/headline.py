"""The first scene: how it went, in one sentence and six KPIs."""

from __future__ import annotations

from typing import Final

from reports.scenes.choice import Choice
from reports.scenes.meeting import Meeting
from reports.scenes.scene import Body, Lines, Tiles
from reports.sections.tiles import basis, tiles

MOST_TILES: Final = 6
MORE_POINTS: Final = 2
"""Below the tiles, after the one that is the headline."""


def headline(meeting: Meeting, _: Choice) -> Body | str:
    """The point that hurts most, the KPIs with what was before and the target, two more points."""
    kpis = meeting.kpis[:MOST_TILES]
    made = tiles(
        meeting.figures,
        kpis,
        meeting.targets,
        meeting.step,
        blended=meeting.blended,
        durations=meeting.durations,
    )
    said = [point.text for point in meeting.points]
    first, *others = said or [", ".join(f"{each.kpi.label} {each.text}" for each in made)]
    more = tuple(others[:MORE_POINTS])
    rests_on = basis(meeting.figures, kpis, meeting.targets, blended=meeting.blended)
    return Body(
        first,
        (Tiles(made), *([Lines(more)] if more else [])),
        notes=(*others, *(f"{tile.kpi.label}: {tile.help}" for tile in made), rests_on),
    )
