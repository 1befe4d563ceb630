"""Changes as charts show them: those that can be seen, in the colour of good or bad news."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from genesys.kpis.catalogue import Better, Unit
from genesys.kpis.formats import shows
from reports.theme import BAD, GOOD, NEUTRAL


def visible(changes: Iterable[float], unit: Unit) -> npt.NDArray[np.bool_]:
    """Which of the changes do not round to nothing."""
    return np.array([shows(each, unit) for each in changes], dtype=bool)


def ink(change: float, better: Better) -> str:
    """The colour of a change."""
    news = change * better.sign
    return GOOD if news > 0 else BAD if news < 0 else NEUTRAL
