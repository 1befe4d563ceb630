"""Several targets at once: how many of the queue and media type pairs meet their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from genesys.analytics.grouping import Flags
from genesys.kpis.catalogue import Better, Kpi
from genesys.kpis.formats import value_text
from genesys.kpis.parts import GROUP, Parts
from genesys.targets.rows import JUDGED, Targets
from genesys.targets.status import Standing, Status, standing


@dataclass(frozen=True)
class Across:
    """Several targets at once: of the judged `groups` (queue and media type) so many met theirs.

    `few` more had too few contacts to be judged, and `apart` more count contacts that were
    offered at another time. `weighted_target` is the mean of the targets, weighted by the KPI's
    denominators; None where there is none, and for a baseline.
    """

    met: int
    groups: int
    weighted_target: Decimal | None
    few: int = 0
    apart: int = 0

    def words(self, kpi: Kpi) -> str:
        """The whole in words, which say what the weighted target is; empty without any target."""
        if not self.groups + self.few + self.apart:
            return ""
        text = f"{self.met} of {self.groups} queue and media type pairs met their own target"
        if self.few:
            text += f", {self.few} more had few contacts"
        if self.apart:
            text += f", {self.apart} more count contacts offered at another time"
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
    return {
        kpi.key: across_of(parts, kpi, standing(parts, GROUP, kpi, targets, baseline))
        for kpi in kpis
        if kpi.key in JUDGED
    }


def across_of(parts: Parts, kpi: Kpi, stands: Standing) -> Across:
    """What `across` tells, of how the queue and media type pairs stand."""
    cells = parts.by(GROUP)
    counts = cells.in_queues
    if kpi.is_time:
        counts = counts & cells.keys["media_type"].isin(parts.basis)
    return Across(
        met=_many(counts, stands, Status.MET),
        groups=_many(counts, stands, Status.MET, Status.NEAR, Status.MISSED),
        weighted_target=_weighted(kpi, counts & stands.common.has_target, cells, stands),
        few=_many(counts, stands, Status.FEW),
        apart=int((counts & stands.is_of_another_time).sum()),
    )


def _many(counts: Flags, stands: Standing, *statuses: Status) -> int:
    return int((counts & stands.are(*statuses)).sum())


def _weighted(kpi: Kpi, counts: Flags, cells: Parts, stands: Standing) -> Decimal | None:
    """The mean of the targets, exactly: their weights are whole numbers."""
    if kpi.better is Better.BASELINE:
        return None
    common, bottoms = stands.common, cells.bottom(kpi)
    places = common.places[counts]
    weights = np.bincount(places, bottoms[counts], minlength=len(common.rules)).tolist()
    whole = sum(map(Decimal, weights), Decimal(0))
    weighed = zip(common.limits(), map(Decimal, weights), strict=True)
    if not whole:
        return None
    return sum((target * weight for target, weight in weighed), Decimal(0)) / whole
