"""A queue in trouble: its media types, its course, its hours and where its contacts went."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from genesys.insights.levels import LEVEL
from genesys.kpis.formats import spoken, value_text
from genesys.moments import span
from genesys.words import counted
from reports.charts.trend import LOW
from reports.data.groups import SHORT, values_of
from reports.scenes.choice import Choice
from reports.scenes.meeting import Fetched, Meeting
from reports.scenes.outcomes import outcomes_of
from reports.scenes.scene import Body, Chart, Grid, Lines
from reports.scenes.when import week_of
from reports.sections.trend import by_media, drawn_media, targets_of

NOT_SHOWN: Final = "Not shown"
"""The title of the reasons why a chart of the scene is not there."""

MOST_KPIS: Final = 5
"""As many columns as are read from afar in a quarter of the wall."""

MOST_PANELS: Final = 2
"""One above the other in a quarter of the wall."""


def queue(place: int) -> Callable[[Meeting, Choice], Body | str]:
    """The builder of the scene of one of the queues in trouble, the worst at 0."""

    def build(meeting: Meeting, _: Choice) -> Body | str:
        if place >= len(meeting.queues):
            many = counted(len(meeting.queues), "queue") if meeting.queues else "No queue"
            return f"{many} missed a Service Level target."
        return _body(meeting, meeting.queues[place])

    return build


def label_of(meeting: Meeting, place: int) -> str:
    """The queue's name."""
    (queue_id,) = meeting.queues[place].figures.wanted or ("",)
    return meeting.figures.directory.label(queue_id)


def _body(meeting: Meeting, fetched: Fetched) -> Body:
    (queue_id,) = fetched.figures.wanted or ("",)
    points = [each.text for each in meeting.points_of(queue_id)]
    made = [*_charts(meeting, fetched)]
    charts = [each for each in made if isinstance(each, Chart)]
    missing = [each for each in made if isinstance(each, str)]
    told = (Lines(tuple(missing), NOT_SHOWN),) if missing else ()
    first, *others = points or [_short(meeting, fetched)]
    return Body(
        first,
        (_media(meeting, fetched), *charts, *told),
        columns=2,
        notes=(*others, *_explained(meeting)),
    )


def _explained(meeting: Meeting) -> Iterator[str]:
    """What each value of the scene is made of."""
    for kpi in dict.fromkeys((*meeting.kpis[:MOST_KPIS], meeting.focus)):
        yield f"{kpi.label}: {kpi.help}"


def _media(meeting: Meeting, fetched: Fetched) -> Grid:
    table = values_of(
        fetched.figures,
        "Media types",
        ("media_type",),
        meeting.kpis[:MOST_KPIS],
        meeting.targets,
        blended=meeting.blended,
        fewest=0,
    )
    return Grid(table)


def _charts(meeting: Meeting, fetched: Fetched) -> Iterator[Chart | str]:
    yield _course(meeting, fetched)
    yield week_of(meeting, fetched)
    yield outcomes_of(fetched, low=True)


def _course(meeting: Meeting, fetched: Fetched) -> Chart | str:
    figures, kpi = fetched.figures, meeting.focus
    names = drawn_media(figures, kpi, meeting.step, blended=meeting.blended)
    if not names:
        return f"{kpi.label} has no value here."
    levels = dict(targets_of(figures, kpi, "media_type", meeting.targets))
    unlike = {levels.get(media) for media in names}
    title = f"{kpi.label} over time"
    made = by_media(
        figures,
        kpi,
        meeting.step,
        title,
        meeting.targets,
        earlier=True,
        apart=len(unlike) > 1,
        blended=meeting.blended,
        durations=meeting.durations,
        height=LOW,
        most_panels=MOST_PANELS,
    )
    alt = f"{title}, {span(figures.interval, figures.zone)}"
    return Chart(title, made.chart, made.table, alt, made.caption)


def _short(meeting: Meeting, fetched: Fetched) -> str:
    """How far the queue is from its target, where no talking point is about it."""
    table = values_of(
        fetched.figures, "", ("queue_id",), (LEVEL,), meeting.targets, blended=False, fewest=0
    )
    row = table.rows.iloc[table.totals]
    short = counted(round(float(row[SHORT])), "contact")
    value = value_text(float(row[LEVEL.key]), LEVEL.unit)
    return f"{spoken(LEVEL)} was {value}, {short} short of its target."
