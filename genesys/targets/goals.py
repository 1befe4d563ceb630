"""What the groups of a chart or a table are held to: one target, several, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from genesys.kpis.aligning import places
from genesys.kpis.catalogue import Better, Kpi
from genesys.kpis.parts import GROUP, Parts
from genesys.targets.common import common_of
from genesys.targets.rows import JUDGED, Target, Targets


@dataclass(frozen=True)
class Goal:
    """The target that all parts of a group share, or whether they have `several`."""

    target: Target | None = None
    several: bool = False

    def line(self, kpi: Kpi) -> float | None:
        """Where a chart may draw the target, in the KPI's unit; a baseline is nowhere."""
        if self.target is None or kpi.better is Better.BASELINE:
            return None
        return float(self.target.target)


def goals(parts: Parts, by: Sequence[str], kpi: Kpi, targets: Targets) -> tuple[Goal, ...]:
    """The goal of each group of `by`, in the rows of `Parts.by`; none is the total."""
    if kpi.key not in JUDGED:
        return (Goal(),) * len(parts.by(by))
    shared = common_of(parts, by, kpi, targets).rows
    held = _held(parts, by, kpi, targets)
    return tuple(
        Goal(target, several=target is None and is_held)
        for target, is_held in zip(shared, held, strict=True)
    )


def _held(parts: Parts, by: Sequence[str], kpi: Kpi, targets: Targets) -> list[bool]:
    """Whether any queue and media type of each group has a target."""
    cells = parts.by(tuple(dict.fromkeys((*by, *GROUP))))
    counts = common_of(cells, tuple(cells.keys), kpi, targets).has_target & cells.in_queues
    if kpi.is_time and "media_type" not in by:
        counts &= cells.keys["media_type"].isin(parts.basis)
    at = places(cells, groups := parts.by(by), by)
    held = np.zeros(len(groups), dtype=np.bool_)
    held[at[counts & (at >= 0)]] = True
    return held.tolist()
