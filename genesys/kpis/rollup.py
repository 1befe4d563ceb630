"""KPIs of a frame at any coarser grain: added first, divided last; see `parts` for the rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from genesys.kpis.catalogue import KPIS, Kpi
from genesys.kpis.parts import GROUP, parts


def rollup(
    frame: pd.DataFrame,
    by: Sequence[str] = GROUP,
    kpis: Iterable[Kpi] = KPIS,
    *,
    blended: bool = False,
) -> pd.DataFrame:
    """The KPIs for each group of `by`, which names columns of the frame; none is the total.

    The columns are `by` (with `interval_end` behind `interval_start`), then the KPIs' keys:
    counts as Int64, times in seconds and rates 0-100 as float64. Sorted by `by`; the total
    of an empty frame is one row without values. `blended` totals times over all media types.
    """
    return parts(frame, by).by(by, blended=blended).values(kpis)
