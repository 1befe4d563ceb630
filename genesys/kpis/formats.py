"""Figures as people read them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, Final

import pandas as pd

from genesys.analytics.grouping import Flags, Numbers
from genesys.kpis.catalogue import Kpi, Unit
from genesys.words import counted

NO_VALUE: Final = "—"

MINUS: Final = "−"
"""The true one; files for machines have the hyphen of their numbers."""

NO_CHANGE: Final = "±"
"""The sign of a change that rounds to nothing."""

DECIMALS: Final[Mapping[Unit, int]] = {Unit.COUNT: 2, Unit.PERCENT: 2, Unit.SECONDS: 1}
"""How many a file for spreadsheets has: more than anybody reads, fewer than noise has."""

_NUDGE: Final = 1e-9
"""What is added to a half, so that it is rounded away from zero: less than anybody reads."""

FEW: Final = 20
"""A share or mean of fewer contacts than this says little, and is not judged."""

FEW_WORDS: Final = f"fewer than {FEW} contacts"


class Durations(StrEnum):
    """How times are written."""

    SHORT = "auto"
    """m:ss, h:mm:ss or, from a day on, days, hours and minutes with their units."""
    SECONDS = "s"
    MINUTES = "mm:ss"
    HOURS = "h:mm:ss"


def value_text(value: float | None, unit: Unit, durations: Durations = Durations.SHORT) -> str:
    """A KPI's value with its unit; a dash where there is none."""
    if value is None or _is_nan(value):
        return NO_VALUE
    if unit is Unit.COUNT:
        return f"{int(value):,}".replace("-", MINUS)
    if unit is Unit.PERCENT:
        return f"{half_up(value):z.1f} %".replace("-", MINUS)
    return duration(value, durations)


def share_text(some: float, whole: float) -> str:
    """What part of a whole some are, in per cent."""
    return value_text(Unit.PERCENT.scaled(some / whole), Unit.PERCENT)


def _is_nan(value: Any) -> bool:
    """As `pd.isna`, in a tenth of its time: a page writes thousands of values."""
    return value is pd.NA or math.isnan(value)


def half_up(value: float) -> float:
    """A number whose decimals are then rounded as spreadsheets do: 86.25 to 86.3, not to even."""
    return value + math.copysign(_NUDGE, value)


def duration(seconds: float, durations: Durations = Durations.SHORT) -> str:
    """Seconds, rounded to whole ones, in the way chosen."""
    if durations is Durations.SECONDS:
        return f"{round(seconds):,} s"
    minutes, second = divmod(round(seconds), 60)
    if durations is Durations.MINUTES:
        return f"{minutes:02}:{second:02}"
    hours, minute = divmod(minutes, 60)
    if durations is Durations.HOURS:
        return f"{hours}:{minute:02}:{second:02}"
    days, hour = divmod(hours, 24)
    if days:
        rest = ((hour, "h"), (minute, "min"))
        return " ".join([counted(days, "day"), *(f"{many} {unit}" for many, unit in rest if many)])
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute}:{second:02}"


def in_words(length: timedelta) -> str:
    """A length to the minute; hours become days from two days on."""
    hours, minutes = divmod(round(length / timedelta(minutes=1)), 60)
    days, hours = divmod(hours, 24) if hours >= 48 else (0, hours)
    parts = ((days, "day"), (hours, "hour"), (minutes, "minute"))
    return " ".join(counted(many, unit) for many, unit in parts if many)


def spoken(kpi: Kpi) -> str:
    """A KPI's label in a sentence, where figures carry their own unit."""
    return kpi.label.removesuffix(" %")


def amount(
    change: float, unit: Unit, durations: Durations = Durations.SHORT, *, points: str = " points"
) -> str:
    """The size of a change without its sign; `points` is what stands after one of a rate.

    Times below a minute have a decimal, unless the reader chose how times are written.
    """
    size = abs(change)
    if unit is Unit.COUNT:
        return f"{size:,.0f}"
    if unit is Unit.PERCENT:
        return f"{half_up(size):.1f}{points}"
    is_short = durations is Durations.SHORT and size < 60
    return f"{half_up(size):.1f} s" if is_short else duration(size, durations)


def shows(change: float, unit: Unit, durations: Durations = Durations.SHORT) -> bool:
    """Whether a change does not round to nothing."""
    return amount(change, unit, durations, points="") != _nothing(unit, durations, "")


@cache
def _nothing(unit: Unit, durations: Durations, points: str) -> str:
    return amount(0.0, unit, durations, points=points)


def all_that_show(changes: Numbers, unit: Unit) -> Flags:
    """Which of many changes `shows`; none of those that are NaN."""
    size = abs(changes)
    flags: Flags = size > 0.5 if unit is Unit.COUNT else size + _NUDGE >= 0.05
    return flags


def signed(
    change: float | None,
    unit: Unit,
    durations: Durations = Durations.SHORT,
    *,
    points: str = " pts",
) -> str:
    """A change with its sign and unit; a dash where there is none to tell."""
    if change is None or _is_nan(change):
        return NO_VALUE
    size = amount(change, unit, durations, points=points)
    if size == _nothing(unit, durations, points):
        return f"{NO_CHANGE}{size}"
    return f"{'+' if change > 0 else MINUS}{size}"


def moves(value: float, earlier: float, unit: Unit, durations: Durations = Durations.SHORT) -> bool:
    """Whether a change shows in the two values and in what is between them."""
    now, before = (value_text(each, unit, durations) for each in (value, earlier))
    return now != before and shows(value - earlier, unit, durations)


def rise_or_fall(
    value: float,
    earlier: float,
    unit: Unit,
    durations: Durations = Durations.SHORT,
    *,
    strong: str = "",
) -> str:
    """How a value came from the earlier one; `strong` are the marks around the value."""
    now, before = (value_text(each, unit, durations) for each in (value, earlier))
    now = f"{strong}{now}{strong}"
    if not moves(value, earlier, unit, durations):
        return f"stayed at {now}"
    verb = "rose" if value > earlier else "fell"
    return f"{verb} by {amount(value - earlier, unit, durations)} to {now} from {before}"


def exact(number: Decimal) -> str:
    """A number with all its digits and no others."""
    return f"{number.normalize():,f}"


def limit(target: Decimal, unit: Unit, seconds: Decimal | None = None) -> str:
    """A target as it was set, with the time within which it counts where it has one."""
    within = "" if seconds is None else f" in {_set_time(seconds)}"
    return f"{exact(target)} {'%' if unit is Unit.PERCENT else 's'}{within}"


_LONGEST_IN_SECONDS: Final = 90


def _set_time(seconds: Decimal) -> str:
    """A time as it was set, in the largest unit that it is whole in; short ones in seconds."""
    for length, unit in ((3600, "h"), (60, "min")):
        if seconds > _LONGEST_IN_SECONDS and seconds % length == 0:
            return f"{exact(seconds / length)} {unit}"
    return f"{exact(seconds)} s"
