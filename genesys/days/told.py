"""What is told of kept days: which of them moved, and as of when they were known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from genesys.days.asked import AskedDay
from genesys.days.calendar import on_half_hours, touched
from genesys.intervals import Interval, start_of_day
from genesys.kpis.catalogue import KPIS, Unit
from genesys.kpis.formats import signed
from genesys.moments import dated
from genesys.words import counted, listed, plural

MOST_TOLD: Final = 3
"""More days, and more figures of a day, are counted, not named."""

_LABELS: Final = {
    kpi.numerator: kpi.label for kpi in KPIS if kpi.unit is Unit.COUNT and not kpi.less
}


def shown(days: Mapping[date, AskedDay], spans: Iterable[Interval]) -> list[AskedDay]:
    """The days that intervals have a part of, as far as they are kept."""
    all_days = sorted({day for span in spans for day in touched(span)})
    return [days[day] for day in all_days if day in days]


def lies_between(spans: Iterable[Interval], zone: ZoneInfo) -> str:
    """Why no kept days were of use, where the zone's days begin within half-hours of UTC."""
    days = (span.start.astimezone(zone).date() for span in spans)
    if all(on_half_hours(start_of_day(day, zone)) for day in days):
        return ""
    return f"Days of {zone.key} begin between two half-hours of UTC, so no kept days answer them."


def movements(
    days: Iterable[AskedDay], zone: ZoneInfo, *, with_figures: bool = True
) -> Iterator[str]:
    """Which days moved since they were first kept, in sentences, the youngest first.

    The figures are the whole organization's: not for whoever may not see all of it.
    """
    moved = sorted((day for day in days if day.changed), key=lambda day: day.day, reverse=True)
    for day in moved[:MOST_TOLD]:
        found = f"found on {dated(day.asked.astimezone(zone).date())}"
        by = f": {_by(day)}" if with_figures else ""
        yield f"{dated(day.day)} (UTC) moved, {found}{by}."
    if (more := len(moved) - MOST_TOLD) > 0:
        yield f"So did {counted(more, 'day')} before."


def _by(day: AskedDay) -> str:
    by = dict(day.moved)
    changes = [
        f"{label} {signed(by[name], Unit.COUNT)}" for name, label in _LABELS.items() if name in by
    ]
    halves = plural(day.changed, "row of a half-hour differs", "rows of half-hours differ")
    return listed([*changes[:MOST_TOLD], f"{day.changed:,} {halves}"])


def known_on(
    days: Mapping[date, AskedDay], spans: Iterable[Interval], on: date, known: datetime
) -> str:
    """As of when the days of intervals are shown, of those that are kept as `known` then."""
    each = sorted({day for span in spans for day in touched(span)})
    kept = [days[day] for day in each if day in days]
    late = sum(day.asked > known for day in kept)
    words = []
    if early := len(kept) - late:
        words.append(f"{counted(early, 'day')} as kept by then")
    if late:
        words.append(f"{counted(late, 'day')} as first kept, which was later")
    if rest := len(each) - len(kept):
        words.append(f"{counted(rest, 'day')} not kept, as the organization has them now")
    return f"As known on {dated(on)}: {', '.join(words)}."
