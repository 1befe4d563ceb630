"""Changes as charts show them: with a sign, and in the colour of good or bad news."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt

from genesys.insights.drivers import amount
from genesys.kpis.catalogue import Better, Unit
from genesys.kpis.formats import Durations, duration
from reports.theme import BAD, GOOD, NEUTRAL

POINTS: Final = "pts"
"""Percentage points."""

_NO_CHANGE: Final = "±"


def signed(change: float, unit: Unit, durations: Durations = Durations.SHORT) -> str:
    """A change with its sign and unit; ± where it rounds to nothing."""
    size, none = (_size(each, unit, durations) for each in (abs(change), 0.0))
    return f"{_NO_CHANGE if size == none else '+' if change > 0 else '−'}{size}"


def visible(changes: Iterable[float], unit: Unit) -> npt.NDArray[np.bool_]:
    """Which of the changes do not round to nothing."""
    return np.array([signed(each, unit)[0] != _NO_CHANGE for each in changes], dtype=bool)


def ink(change: float, better: Better) -> str:
    """The colour of a change."""
    news = change * better.sign
    return GOOD if news > 0 else BAD if news < 0 else NEUTRAL


def _size(change: float, unit: Unit, durations: Durations) -> str:
    if unit is Unit.PERCENT:
        return f"{change:.1f} {POINTS}"
    if unit is Unit.SECONDS and change >= 60:
        return duration(change, durations)
    return amount(change, unit)
