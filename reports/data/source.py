"""Whose figures they are: an organization, live or demo, and the zone of its days."""

from __future__ import annotations

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Source:
    """Whose figures these are, and in which zone their days are counted."""

    organization_id: str
    organization: str
    is_demo: bool
    region: str
    zone: ZoneInfo
    zone_is_set: bool
    lacks: str = field(default="", compare=False)
    """Why there is no name."""
