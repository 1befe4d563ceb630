"""Figures held against targets, in few words."""

from __future__ import annotations

from decimal import Decimal

from genesys.kpis.catalogue import KPI_BY_KEY
from genesys.targets import (
    Target,
    Targets,
)

LEVEL = KPI_BY_KEY["service_level_pct"]


AHT = KPI_BY_KEY["aht_sec"]


DEFAULTS = Targets({})


def own(**targets: float) -> Targets:
    """Service-level targets of voice by queue, amber 10 points below."""
    return Targets(
        {
            (queue, "voice"): Target(
                "service_level_pct",
                queue,
                "voice",
                Decimal(str(target)),
                Decimal(str(target)) - 10,
                Decimal(20),
                "the queue's settings",
            )
            for queue, target in targets.items()
        }
    )
