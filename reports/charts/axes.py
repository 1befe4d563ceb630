"""What charts share: harmless names, and axes that people can read."""

from __future__ import annotations

import html
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from genesys.figures import Durations, figure
from genesys.kpis import Kpi, Unit

Values: TypeAlias = npt.NDArray[np.float64]

HEADROOM: Final = 1.08
"""The axis goes beyond the greatest value by this factor."""

_TICK_SECONDS: Final = tuple(
    factor * unit
    for unit, factors in (
        (1, (1, 2, 5, 10, 15, 30)),
        (60, (1, 2, 5, 10, 15, 30)),
        (3600, (1, 2, 4, 8, 12)),
        (86400, (1, 2, 5, 10, 20, 50)),
    )
    for factor in factors
)


def harmless(text: str) -> str:
    """A name as plotly text that shows it letter by letter: plotly reads tags and links."""
    return html.escape(text, quote=False)


def values(rows: pd.DataFrame, kpi: Kpi) -> Values:
    """The KPI's values as plotly takes them; NaN is a gap."""
    return rows[kpi.key].to_numpy(dtype=np.float64, na_value=np.nan)


def value_axis(
    kpi: Kpi, top: float, ticks: int = 5, durations: Durations = Durations.SHORT
) -> dict[str, object]:
    """An axis from zero to `top`, in the KPI's unit, with about so many ticks."""
    axis: dict[str, object] = {
        "rangemode": "tozero",
        "range": [0, top * HEADROOM],
        "automargin": True,
    }
    if kpi.unit is Unit.SECONDS:
        step = next((step for step in _TICK_SECONDS if top / step <= ticks), _TICK_SECONDS[-1])
        at = list(range(0, int(top * HEADROOM) + 1, step))
        return axis | {
            "tickvals": at,
            "ticktext": [figure(tick, kpi.unit, durations) for tick in at],
        }
    if kpi.unit is Unit.PERCENT:
        return axis | {"tickformat": ",.2~f", "ticksuffix": " %"}
    return axis | {"tickformat": ",d"} | ({"dtick": 1} if top < 5 else {})
