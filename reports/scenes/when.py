"""When it hurts: the hours of the week, and the half-hours with most trouble."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from genesys.day_clock import twice_words
from genesys.insights.drivers import group_name
from genesys.insights.hotspots import FEWEST_DAYS, worst_sentence
from genesys.insights.levels import weak_sentence
from genesys.intervals import bucket_edges
from genesys.moments import span
from genesys.words import counted
from reports.begins import BEGINS
from reports.data.figures import Rows
from reports.scenes.choice import Choice
from reports.scenes.meeting import Fetched, Meeting
from reports.scenes.scene import Body, Chart, Lines
from reports.sections import week
from reports.sections.worst import title_of, weak_hours_of, worst_of, worst_table

NAMED: Final = 5
"""Half-hours with their names."""

MOST_WEAK: Final = 2


def when(meeting: Meeting, _: Choice) -> Body | str:
    """The focus as a heat map of the week, the worst half-hours and hours below target beside."""
    fine = meeting.all.fine
    chart = week_of(meeting, meeting.all)
    if isinstance(chart, str) or fine is None:
        return str(chart)
    worst = worst_of(fine)
    said = worst_sentence(worst, fine.zone) if worst["trouble"].sum() else ""
    lines = tuple(_named(fine))
    weak = tuple(_weak(meeting, fine))
    pieces = (chart, Lines(lines, title_of(fine))) if lines else (chart,)
    fallback = f"{meeting.focus.label} in each hour of the week."
    return Body(
        said or next(iter(weak), fallback), pieces, columns=2, notes=(*weak, meeting.focus.help)
    )


def week_of(meeting: Meeting, fetched: Fetched) -> Chart | str:
    """The heat map of the focus, or why there is none."""
    kpi, fine, figures = meeting.focus, fetched.fine, fetched.figures
    if fine is None:
        return f"The half-hours could not be had. {fetched.no_fine}".rstrip()
    if not week.has_hours(fine.frame):
        return "These figures come in steps longer than an hour."
    if len(bucket_edges(figures.interval, "P1D", figures.zone)) <= FEWEST_DAYS:
        return f"Weekdays are compared from {FEWEST_DAYS} days on."
    begins = figures.source.week_begins
    values = week.week_of(fine, kpi, begins)
    if values["value"].isna().all():
        return f"{kpi.label} has no value here."
    title = f"{kpi.label} by weekday and hour"
    light, dark = (
        week.chart(fine, kpi, meeting.targets, begins, dark=dark, durations=meeting.durations)
        for dark in (False, True)
    )
    alt = f"{title}, {span(figures.interval, figures.zone)}"
    twice = twice_words(figures.interval, figures.zone)
    return Chart(title, light, week.week_table(title, kpi, values, twice), alt, twice, dark=dark)


def _named(fine: Rows) -> Iterator[str]:
    """The worst half-hours by name, with how many contacts were in trouble in each."""
    rows = worst_table(fine).rows.head(NAMED)
    for begins, trouble, late, abandoned in zip(
        rows[BEGINS.key], rows["trouble"], rows["missed"], rows["abandoned"], strict=True
    ):
        both = counted(int(trouble), "contact")
        yield f"{begins}: {both}, {late:,} late, {abandoned:,} abandoned"


def _weak(meeting: Meeting, fine: Rows) -> Iterator[str]:
    directory = meeting.figures.directory
    for each in weak_hours_of(meeting.figures, fine, meeting.targets)[:MOST_WEAK]:
        yield weak_sentence(each, group_name(each.queue_id, each.media_type, directory))
