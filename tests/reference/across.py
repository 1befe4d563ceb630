"""Several targets at once: how many of the queue and media type pairs meet their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import pandas as pd

from genesys.analytics.frames import NONE
from genesys.kpis.catalogue import Better, Kpi
from genesys.targets.rows import JUDGED, Target, Targets
from tests.reference.judgement import Status, common_targets, judge
from tests.reference.rollup import GROUP, fractions, part_names, time_basis

_JUDGED: Final = (Status.MET, Status.NEAR, Status.MISSED)


@dataclass(frozen=True)
class Across:
    """Several targets at once: of the judged `groups` (queue and media type) so many met theirs.

    `few` more had too few contacts to be judged. `weighted_target` is the mean of the targets,
    weighted by the KPI's denominators; None where there is none, and for a baseline.
    """

    met: int
    groups: int
    weighted_target: Decimal | None
    few: int = 0


def across(
    frame: pd.DataFrame, kpi: Kpi, targets: Targets, baseline: pd.DataFrame | None = None
) -> Across:
    """How the queue and media type pairs of a frame stand to the targets of each."""
    return across_each(frame, [kpi], targets, baseline)[kpi.key]


def across_each(
    frame: pd.DataFrame,
    kpis: Iterable[Kpi],
    targets: Targets,
    baseline: pd.DataFrame | None = None,
) -> Mapping[str, Across]:
    """`across` of several KPIs, by key; those that have no targets are left out."""
    kpis = tuple(kpi for kpi in kpis if kpi.key in JUDGED)
    pairs = judge(frame, GROUP, kpis, targets, baseline)
    weights = fractions(frame, GROUP, kpis)
    rows = common_targets(frame, GROUP, kpis, targets)
    in_queue, in_times = pairs["queue_id"] != NONE, pairs["media_type"].isin(time_basis(frame))
    return {
        kpi.key: _across(
            kpi,
            in_queue & in_times if kpi.is_time else in_queue,
            pairs[f"{kpi.key}_status"],
            weights[part_names(kpi)[1]],
            rows[kpi.key],
        )
        for kpi in kpis
    }


def _across(
    kpi: Kpi,
    counts: pd.Series[bool],
    statuses: pd.Series[str],
    weights: pd.Series[float],
    rows: Sequence[Target | None],
) -> Across:
    weighed = [
        (row.target, Decimal(weight))
        for row, weight, counted in zip(rows, weights, counts, strict=True)
        if row and counted and kpi.better is not Better.BASELINE
    ]
    whole = sum((weight for _, weight in weighed), Decimal(0))
    parts = sum((target * weight for target, weight in weighed), Decimal(0))
    return Across(
        met=int((statuses[counts] == Status.MET).sum()),
        groups=int(statuses[counts].isin(_JUDGED).sum()),
        weighted_target=parts / whole if whole else None,
        few=int((statuses[counts] == Status.FEW).sum()),
    )
