"""What talking points say of what was offered: how much that was, and hours unlike the usual."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd

from genesys.insights.evidence import Evidence
from genesys.insights.point import Point, of_all
from genesys.insights.running_day import DayCourse, day_course
from genesys.insights.stretches import Stretch, stretch_of, stretch_sentence
from genesys.insights.usual import Counted, counted
from genesys.intervals import Interval
from genesys.kpis.catalogue import KPI_BY_KEY
from genesys.kpis.formats import share_text
from genesys.kpis.trend import STEP_BY_KEY, bucketed, trend
from genesys.moments import span
from genesys.unusual import UnusualDays

OFFERED: Final = KPI_BY_KEY["offered"]


@dataclass(frozen=True)
class Unlike:
    """How the offered of an interval stands to the usual: hours far off, and a running day."""

    stretch: Stretch | None = None
    course: DayCourse | None = None


NOTHING_UNLIKE: Final = Unlike()


def offered_in_half_hours(frame: pd.DataFrame, interval: Interval, zone: ZoneInfo) -> Counted:
    """How many were offered in each half-hour of an interval, over all queues and media types."""
    halves = bucketed(frame, interval, STEP_BY_KEY["half-hour"], zone)
    return counted(trend(halves, [OFFERED]), OFFERED, zone)


def unlike(now: Counted, before: Counted, unusual: UnusualDays, *, is_running: bool) -> Unlike:
    """What is unlike the usual in half-hours; the course is that of a day that `is_running`."""
    before = before.since_first
    stretch = stretch_of(now, before.then(now), unusual)
    is_day = is_running and now.days[0] == now.days[-1]
    return Unlike(stretch, day_course(now, before, unusual) if is_day else None)


def volume(evidence: Evidence) -> Point | None:
    """The offered, and how much more or less that is; it counts by what share is in trouble."""
    value, n = evidence.total(OFFERED)
    if not n:
        return None
    text = f"{value:,.0f} interactions were offered, {span(evidence.interval, evidence.zone)}"
    figures = {"value": value}
    course = ""
    if evidence.course:
        course = f"; {', '.join(evidence.course.short)}"
        figures |= {"expected": evidence.course.expected, "usual": evidence.course.usual}
    before, m = evidence.total_before(OFFERED)
    if not m:
        return of_all(OFFERED, f"{text}{course}.", figures, 0.0)
    delta = value - before
    change = share_text(abs(delta), before)
    more = "more" if delta >= 0 else "fewer"
    many = (
        f"{abs(delta):,.0f} ({change}) {more} than {before:,.0f}" if delta else "as many as before"
    )
    text += f": {many}{evidence.against}{course}."
    trouble = evidence.worst["trouble"].sum()
    figures |= {"earlier": before, "delta": delta}
    return of_all(OFFERED, text, figures, abs(delta) * trouble / value)


def unlike_usual(evidence: Evidence) -> Point | None:
    """The hours in which far more or less was offered than usual."""
    found = evidence.unlike
    if found is None:
        return None
    figures: dict[str, float | int | str] = {
        "start": found.start.isoformat(),
        "end": found.end.isoformat(),
        "value": found.value,
        "usual": found.usual,
        "days": ", ".join(day.isoformat() for day in found.days),
    }
    if found.since:
        figures["since"] = found.since.isoformat()
    sentence = stretch_sentence(found, evidence.zone)
    return of_all(OFFERED, sentence, figures, abs(found.excess))
