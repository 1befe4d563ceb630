"""What changed: which queues and media types moved a KPI, and by how much."""

from __future__ import annotations

from typing import Final

from genesys.kpis.catalogue import Kpi
from genesys.kpis.formats import spoken, value_text
from reports.charts.changes import visible
from reports.data.verdicts import worst_turn
from reports.scenes.choice import Choice
from reports.scenes.meeting import Meeting
from reports.scenes.scene import Body, Chart
from reports.sections.drivers import (
    basis,
    drivers,
    drivers_table,
    ends_of,
    enough_of,
    has_both,
    headline,
    legend,
    moved,
    steps_table,
    total,
    waterfall,
)

MOST_SAID: Final = 5

BARS: Final = 7
STEPS: Final = 5
"""As many as have room for their names at wall size."""


def changed(meeting: Meeting, _: Choice) -> Body | str:
    """The KPI that turned for the worse for most contacts, taken apart by who moved it."""
    figures = meeting.figures
    kpi = worst_turn(figures, meeting.kpis) or meeting.focus
    if kpi.is_maximum:
        return f"{kpi.label} is the longest of all, which no queue moves by a part."
    if not has_both(kpi, total(figures, kpi).iloc[0]):
        return f"{kpi.label} has no value in one of the two intervals."
    enough = enough_of(moved(figures, kpi, meeting.fewest))
    shows = visible(enough["contribution"], kpi.unit)
    if not shows.any():
        return f"No queue and media type moved {spoken(kpi)} by an amount that shows."
    said = enough.loc[shows, "sentence"].head(MOST_SAID)
    return Body(
        headline(figures, kpi, meeting.durations),
        (_drivers(meeting, kpi), _steps(meeting, kpi)),
        columns=2,
        notes=(*said, *basis(figures, kpi, blended=meeting.blended), kpi.help),
    )


def _drivers(meeting: Meeting, kpi: Kpi) -> Chart:
    figures, fewest = meeting.figures, meeting.fewest
    enough = enough_of(moved(figures, kpi, fewest))
    drawn = enough[visible(enough["contribution"], kpi.unit)].head(BARS)
    return Chart(
        f"What moved {spoken(kpi)}",
        drivers(figures, kpi, fewest, meeting.durations, BARS),
        drivers_table(figures, kpi, fewest),
        alt=f"What each queue and media type added to {kpi.label} or took off it, largest first",
        caption=legend(kpi, fewest, drawn),
    )


def _steps(meeting: Meeting, kpi: Kpi) -> Chart:
    figures, fewest = meeting.figures, meeting.fewest
    before, after = (value_text(each, kpi.unit) for each in ends_of(figures, kpi))
    return Chart(
        f"From {before} to {after}",
        waterfall(figures, kpi, fewest, meeting.durations, STEPS),
        steps_table(figures, kpi, fewest),
        alt=f"{kpi.label} from {before} to {after}, by queue and media type",
    )
