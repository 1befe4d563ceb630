"""Whose figures they are: an organization, live or demo, and the zone of its days."""

from __future__ import annotations

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from genesys.unusual import NONE_UNUSUAL, UnusualDays
from genesys.weeks import Weekday


@dataclass(frozen=True)
class Source:
    """Whose figures these are, in which zone their days are counted, and how weeks are."""

    organization_id: str
    organization: str
    is_demo: bool
    region: str
    zone: ZoneInfo
    zone_is_set: bool
    lacks: str = field(default="", compare=False)
    """Why there is no name."""
    week_begins: Weekday = Weekday.MONDAY
    unusual: UnusualDays = NONE_UNUSUAL
