"""Figures as people read them."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import pandas as pd

from genesys.kpis.catalogue import Unit

NO_VALUE: Final = "—"

FEW: Final = 20
"""A share or mean of fewer contacts than this says little, and is not judged."""

FEW_WORDS: Final = f"fewer than {FEW} contacts"


class Durations(StrEnum):
    """How times are written."""

    SHORT = "auto"
    """m:ss, h:mm:ss or, from a day on, d h:mm."""
    SECONDS = "s"
    MINUTES = "mm:ss"
    HOURS = "h:mm:ss"


def figure(value: float | None, unit: Unit, durations: Durations = Durations.SHORT) -> str:
    """A KPI's value with its unit; a dash where there is none."""
    if value is None or pd.isna(value):
        return NO_VALUE
    if unit is Unit.COUNT:
        return f"{int(value):,}"
    return f"{value:.1f} %" if unit is Unit.PERCENT else duration(value, durations)


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
        return f"{days} d {hour}:{minute:02}"
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute}:{second:02}"
