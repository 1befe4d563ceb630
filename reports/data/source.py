"""Whose figures they are: an organization, live or demo, the zone of its days, as of when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from genesys.intervals import end_of_day
from genesys.unusual import NONE_UNUSUAL, UnusualDays
from genesys.weeks import Weekday


@dataclass(frozen=True)
class Source:
    """Whose figures these are, in which zone their days are counted, and how weeks are.

    Kept days are as they were known at the end of the day `as_of`; None is now.
    """

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
    as_of: date | None = None

    @property
    def known(self) -> datetime | None:
        """The moment as of which kept days are wanted; None is now."""
        return end_of_day(self.as_of, self.zone) if self.as_of else None
