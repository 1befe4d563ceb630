"""The charts of the summary: what came in, service levels by their targets, where it went."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from genesys.analytics.frames import END, START
from genesys.insights.drivers import group_name
from genesys.insights.levels import LEVEL
from genesys.insights.reconciliation import OFFERED as OFFERED_LINE
from genesys.kpis.catalogue import Unit
from genesys.kpis.parts import GROUP
from genesys.moments import bucket, span
from reports.charts.clocks import Clock
from reports.charts.outcomes import COLOURS
from reports.data.groups import OFFERED
from reports.data.parts import parts_of
from reports.data.verdicts import stands
from reports.scenes.meeting import Meeting
from reports.sections.outcomes import outcomes_table, reconciled
from reports.sections.trend import BY_MEDIA, course
from reports.theme import INK, NEUTRAL, PALE, in_order, media_colour
from reports.workbook.drawing import Drawing, Kind, Series

MOST_GROUPS: Final = 12
"""As many as have room for their names."""


def drawings(meeting: Meeting, scenes: Iterable[str]) -> tuple[Drawing, ...]:
    """The charts that there are values for, of the scenes that are shown."""
    shown = {*scenes}
    made = (draw(meeting) for scene, draw in _OF_SCENE if scene in shown)
    return tuple(each for each in made if each)


def offered(meeting: Meeting) -> Drawing | None:
    """The offered over time, stacked by media type, beside what all were before."""
    figures, step = meeting.figures, meeting.step
    rows = course(figures, (OFFERED,), step, BY_MEDIA, blended=False)
    if rows[OFFERED.key].isna().all():
        return None
    starts = rows.drop_duplicates(START)
    names = tuple(
        bucket(start, end - start, figures.zone, with_year=False)
        for start, end in zip(starts[START], starts[END], strict=True)
    )
    series = [
        Series(media, _numbers(rows.loc[rows["media_type"] == media, OFFERED.key]), (colour,))
        for media in in_order(rows["media_type"].astype(str).unique())
        if (colour := media_colour(media))
    ]
    before = beneath(
        starts, course(figures, (OFFERED,), step, blended=False, earlier=True), figures.zone
    )
    if any(before):
        series.append(Series("Before, all media types", before, (INK,), is_line=True))
    days = span(figures.interval, figures.zone)
    title = "Offered by media type"
    return Drawing(title, f"{title}, {days}", Kind.STACKED, Unit.COUNT, "Begins", names, (*series,))


def beneath(
    starts: pd.DataFrame, earlier: pd.DataFrame, zone: ZoneInfo
) -> tuple[float | None, ...]:
    """The earlier contacts for each of these buckets, as charts lay them beneath: by the clock.

    Those of an hour that came twice are added where it comes once.
    """
    clock = Clock.of(starts, zone)
    found = earlier[OFFERED.key].groupby(clock.beneath(earlier, zone)).sum(min_count=1)
    return _numbers(found.reindex(clock.places))


def levels(meeting: Meeting) -> Drawing | None:
    """The service levels that lack most contacts, each with the target of its own."""
    figures = meeting.figures
    pairs = parts_of(figures.now).by(GROUP)
    standing = stands(figures, GROUP, LEVEL, meeting.targets)
    value, target, volume = pairs.value(LEVEL), standing.target, pairs.value(OFFERED)
    has_both = ~np.isnan(value) & ~np.isnan(target) & pairs.in_queues & (standing.why_not == "")
    order = [at for at in np.lexsort((-np.nan_to_num(volume), -standing.short)) if has_both[at]]
    worst = order[:MOST_GROUPS]
    if not worst:
        return None
    media = pairs.labels_of("media_type").astype(str)[worst]
    queues = pairs.labels_of("queue_id").astype(str)[worst]
    names = tuple(
        group_name(queue, each, figures.directory)
        for queue, each in zip(queues, media, strict=True)
    )
    title = f"{LEVEL.label} against target, most contacts short first"
    series = (
        Series(LEVEL.label, _numbers(value[worst]), tuple(map(media_colour, media))),
        Series("Target", _numbers(target[worst]), (INK,), is_goal=True),
    )
    alt = f"{title}: {len(names)} of {len(order)} queues by media type"
    return Drawing(title, alt, Kind.COLUMNS, LEVEL.unit, "Queue and media type", names, series)


def outcomes(meeting: Meeting) -> Drawing | None:
    """Each outcome as a share of the offered, the earlier interval's paler."""
    if meeting.all.outcomes is None:
        return None
    here, there = meeting.all.outcomes
    table = outcomes_table(reconciled(here), reconciled(there))
    rows = table.rows[table.rows["key"] != OFFERED_LINE.key]
    if rows["share"].isna().all():
        return None
    colours = tuple(COLOURS.get(key, NEUTRAL) for key in rows["key"])
    series = [Series("This interval", _numbers(rows["share"]), colours)]
    if rows["share_before"].notna().any():
        series.append(Series("Before", _numbers(rows["share_before"]), (PALE,)))
    labels = tuple(rows["label"].astype(str))
    alt = f"{table.title}: each outcome as a share of what was offered"
    return Drawing(table.title, alt, Kind.BARS, Unit.PERCENT, "Outcome", labels, (*series,))


def _numbers(values: Any) -> tuple[float | None, ...]:
    return tuple(None if pd.isna(each) else float(each) for each in values)


_OF_SCENE: Final[tuple[tuple[str, Callable[[Meeting], Drawing | None]], ...]] = (
    ("offered", offered),
    ("matrix", levels),
    ("outcomes", outcomes),
)
