"""Selections in few words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from dashboard.selecting.selection import (
    CUSTOM,
    Selection,
)

LONDON = ZoneInfo("Europe/London")


NOW = datetime(2026, 6, 15, 12, 34, 56, tzinfo=UTC)
"""A Monday; 13:34 in London."""


def custom(first: str, last: str) -> Selection:
    return Selection(period=CUSTOM, first=date.fromisoformat(first), last=date.fromisoformat(last))
