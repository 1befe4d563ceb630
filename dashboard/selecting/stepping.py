"""From a period to the one before or after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dashboard.selecting.selection import CUSTOM, FIRST_DAY, Selection
from genesys.intervals import PRESET_BY_KEY
from genesys.weeks import Weekday

_DAY = timedelta(days=1)


def stepped(
    chosen: Selection, today: date, periods: int, week_begins: Weekday = Weekday.MONDAY
) -> Selection | None:
    """The selection so many periods later; None where it would lie in the future.

    Whole months go by months, all else by days. A period that has a name takes it.
    """
    first, after = _days(chosen, today, week_begins)
    if first.day == after.day == 1:
        months = periods * (12 * (after.year - first.year) + after.month - first.month)
        days = _months_on(first, months), _months_on(after, months)
    else:
        days = first + periods * (after - first), after + periods * (after - first)
    if not FIRST_DAY <= days[0] <= today:
        return None
    for key, preset in PRESET_BY_KEY.items():
        if preset.days(today, week_begins) == days:
            return replace(chosen, period=key, first=None, last=None)
    return replace(chosen, period=CUSTOM, first=days[0], last=days[1] - _DAY)


def _days(chosen: Selection, today: date, week_begins: Weekday) -> tuple[date, date]:
    """The first day, and the one after the last."""
    if chosen.period == CUSTOM and chosen.first and chosen.last:
        return chosen.first, chosen.last + _DAY
    return PRESET_BY_KEY[chosen.period].days(today, week_begins)


def _months_on(day: date, months: int) -> date:
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    return date(year, month + 1, 1)
