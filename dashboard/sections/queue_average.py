"""The average of all queues, which queues side by side are held against."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from genesys.kpis.catalogue import Kpi
from genesys.kpis.parts import Parts
from reports.data.figures import Figures
from reports.data.groups import with_contacts
from reports.data.parts import parts_of


def average(every: Figures, seen: Figures, kpis: Sequence[Kpi], *, blended: bool) -> pd.DataFrame:
    """One row: rates and means of all queues together, counts and sums of a queue on average.

    Times are over media types like those of `seen`. A maximum has no average.
    """
    whole = alike(parts_of(every.now), seen).by(blended=blended).values(kpis)
    many = len(with_contacts(every))
    return pd.DataFrame({kpi.key: per_queue(whole[kpi.key], kpi, many) for kpi in kpis})


def alike(parts: Parts, seen: Figures) -> Parts:
    """The parts, whose times in totals can be held against those of `seen`."""
    return parts.alike(parts_of(seen.now))


def per_queue(values: pd.Series, kpi: Kpi, many: int) -> pd.Series:
    """Of totals over all queues, those of a queue on average."""
    if kpi.denominator:
        return values
    if kpi.is_maximum or not many:
        return values.mask(values.notna())
    return (values.astype("Float64") / many).round().astype(values.dtype)
