"""How much came in: the offered by media type, in this interval and in the one before."""

from __future__ import annotations

from typing import Final

import pandas as pd

from genesys.kpis.formats import value_text
from genesys.moments import span
from reports.charts.volume import Side, volume_chart
from reports.data.groups import OFFERED
from reports.scenes.choice import Choice
from reports.scenes.meeting import Meeting
from reports.scenes.scene import Body, Chart
from reports.sections.drivers import headline
from reports.sections.trend import BY_MEDIA, course, course_table
from reports.table import Column

TITLE: Final = "Offered by media type"


def offered(meeting: Meeting, _: Choice) -> Body | str:
    """Columns stacked by media type, the earlier interval at their left."""
    figures = meeting.figures
    now, before = (
        course(figures, (OFFERED,), meeting.step, BY_MEDIA, blended=False, earlier=earlier)
        for earlier in (False, True)
    )
    if now[OFFERED.key].isna().all():
        return "Nobody may know what was offered."
    sides = [Side(now, _title("This interval", now, span(figures.interval, figures.zone)))]
    if before[OFFERED.key].notna().any():
        earlier = span(figures.comparison.earlier, figures.zone)
        sides.insert(0, Side(before, _title("Before", before, earlier)))
    name = Column("media_type", "Media type")
    chart = Chart(
        TITLE,
        volume_chart(tuple(sides), OFFERED, figures.zone),
        course_table(figures, TITLE, OFFERED, pd.concat([each.rows for each in sides]), name),
        alt=f"{TITLE}: {'; '.join(each.title for each in sides)}",
    )
    notes = (figures.comparison.words, figures.comparison.note, OFFERED.help)
    return Body(
        headline(figures, OFFERED, meeting.durations), (chart,), notes=tuple(filter(None, notes))
    )


def _title(name: str, rows: pd.DataFrame, days: str) -> str:
    whole = value_text(float(rows[OFFERED.key].sum()), OFFERED.unit)
    return f"{name}: {whole} ({days})"
