"""Several targets at once: how many of the queue and media type pairs meet their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import pandas as pd

from genesys.analytics.grouping import Flags, Numbers
from genesys.kpis.catalogue import Better, Kpi
from genesys.kpis.formats import value_text
from genesys.kpis.parts import GROUP, Parts
from genesys.targets.rows import JUDGED, Target, Targets
from genesys.targets.status import Status, common_targets, judge

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

    def words(self, kpi: Kpi) -> str:
        """The whole in words, which say what the weighted target is; empty without any target."""
        if not self.groups + self.few:
            return ""
        text = f"{self.met} of {self.groups} queue and media type pairs met their own target"
        if self.few:
            text += f", {self.few} more had few contacts"
        if self.weighted_target is None:
            return text
        weighted = value_text(float(self.weighted_target), kpi.unit)
        return f"{text}; their targets weighted by contacts: {weighted}"


def across(parts: Parts, kpi: Kpi, targets: Targets, baseline: Parts | None = None) -> Across:
    """How the queue and media type pairs stand to the targets of each."""
    return across_each(parts, [kpi], targets, baseline)[kpi.key]


def across_each(
    parts: Parts,
    kpis: Iterable[Kpi],
    targets: Targets,
    baseline: Parts | None = None,
) -> Mapping[str, Across]:
    """`across` of several KPIs, by key; those that have no targets are left out."""
    kpis = tuple(kpi for kpi in kpis if kpi.key in JUDGED)
    pairs, cells = judge(parts, GROUP, kpis, targets, baseline), parts.by(GROUP)
    rows = common_targets(parts, GROUP, kpis, targets)
    in_queue, in_times = cells.in_queues, cells.keys["media_type"].isin(parts.basis)
    return {
        kpi.key: _across(
            kpi,
            in_queue & in_times if kpi.is_time else in_queue,
            pairs[f"{kpi.key}_status"],
            cells.bottom(kpi),
            rows[kpi.key],
        )
        for kpi in kpis
    }


def _across(
    kpi: Kpi,
    counts: Flags,
    statuses: pd.Series[str],
    weights: Numbers,
    rows: Sequence[Target | None],
) -> Across:
    weighed: defaultdict[Decimal, Decimal] = defaultdict(Decimal)
    for row, weight, counted in zip(rows, weights.tolist(), counts, strict=True):
        if row and counted and kpi.better is not Better.BASELINE:
            weighed[row.target] += Decimal(weight)
    whole = sum(weighed.values(), Decimal(0))
    parts = sum((target * weight for target, weight in weighed.items()), Decimal(0))
    return Across(
        met=int((statuses[counts] == Status.MET).sum()),
        groups=int(statuses[counts].isin(_JUDGED).sum()),
        weighted_target=parts / whole if whole else None,
        few=int((statuses[counts] == Status.FEW).sum()),
    )
