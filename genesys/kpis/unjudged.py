"""What is never good or bad news, and why: values of few, and shares of another time's contacts.

A share of the offered may count contacts that were offered before, and may lack those that
are still open: it is not judged where it is above 100 %, or where most of the offered was
carried over. All that judges or colours a value asks here.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from genesys.analytics.grouping import Flags, Numbers
from genesys.kpis.catalogue import ENDING_METRICS, KPI_BY_KEY, Kpi, Unit
from genesys.kpis.formats import FEW
from genesys.kpis.parts import Parts

Words = npt.NDArray[np.object_]

FEW_CONTACTS: Final = "few contacts"

_OFFERED: Final = KPI_BY_KEY["offered"]
_ANSWERED: Final = KPI_BY_KEY["answer_pct"]
_OTHER_ENDS: Final = KPI_BY_KEY["abandoned"], KPI_BY_KEY["flow_out"]
_ENDS: Final = tuple(f"{name}_count" for name in ("nOffered", *ENDING_METRICS))


def is_few(bottom: Numbers) -> Flags:
    """Which denominators are too few to judge a share or mean by."""
    return bottom < FEW


def why_unjudged(groups: Parts, kpi: Kpi) -> Words:
    """Why the value of each group is not judged; "" where it may be, or where there is none."""
    words: Words = np.full(len(groups), "", dtype=object)
    if not kpi.denominator:
        return words
    top, bottom = groups.top(kpi), groups.bottom(kpi)
    words[(bottom > 0) & is_few(bottom)] = FEW_CONTACTS
    if kpi.unit is Unit.PERCENT:
        for place in np.flatnonzero((words == "") & (top > bottom)).tolist():
            words[place] = _more_than_all(kpi, top[place] - bottom[place])
    if kpi.denominator == _OFFERED.numerator:
        carried, offered = _carried(groups)
        for place in np.flatnonzero((words == "") & (2 * carried > offered)).tolist():
            words[place] = (
                f"{carried[place]:,.0f} of {offered[place]:,.0f} offered were carried over"
            )
    return words


def _more_than_all(kpi: Kpi, excess: float) -> str:
    part, whole = kpi.parts
    if kpi.denominator == _OFFERED.numerator:
        return f"{excess:,.0f} {part} had been offered before"
    return f"{excess:,.0f} more {part} than {whole}"


def _carried(groups: Parts) -> tuple[Numbers, Numbers]:
    """How many of the offered had no outcome yet; NaN where an outcome was not asked for."""
    offered = groups.bottom(_ANSWERED)
    if not set(_ENDS) <= set(groups.names):
        return np.full(len(groups), np.nan), offered
    ended = groups.top(_ANSWERED) + sum(np.nan_to_num(groups.top(kpi)) for kpi in _OTHER_ENDS)
    return offered - ended, offered
