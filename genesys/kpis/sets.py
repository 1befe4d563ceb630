"""Sets of KPIs that are looked at together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class KpiSet:
    """KPIs that are looked at together."""

    key: str
    label: str
    kpis: tuple[str, ...]


KPI_SETS: Final = (
    KpiSet(
        "service",
        "Service",
        ("offered", "answer_pct", "abandon_pct", "service_level_pct", "asa_sec", "aht_sec"),
    ),
    KpiSet(
        "handling",
        "Handling",
        ("handled", "aht_sec", "avg_talk_sec", "avg_hold_sec", "avg_acw_sec", "transfer_pct"),
    ),
    KpiSet(
        "volume",
        "Volume",
        ("offered", "answered", "abandoned", "flow_out", "handled", "outbound"),
    ),
)
"""The first is shown unless another is chosen; the KPIs stand in the catalogue's order."""
