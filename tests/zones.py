"""Zones whose days are not all alike, and moments in few letters."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


NEW_YORK = ZoneInfo("America/New_York")


KATHMANDU = ZoneInfo("Asia/Kathmandu")


LORD_HOWE = ZoneInfo("Australia/Lord_Howe")


BEIRUT = ZoneInfo("Asia/Beirut")


ZONES = (LONDON, NEW_YORK, KATHMANDU, LORD_HOWE, BEIRUT)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def utcs(*texts: str) -> tuple[datetime, ...]:
    return tuple(map(utc, texts))
