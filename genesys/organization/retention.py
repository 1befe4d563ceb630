"""Retention: for how long figures are kept, and what it means where there are none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd

from genesys.analytics.frames import NONE
from genesys.client.api import Api
from genesys.client.budget import Budget
from genesys.intervals import Interval, start_of_day, together
from genesys.moments import dated
from genesys.organization.extras import extra

SHORTEST_RETENTION: Final = timedelta(days=89)
"""Just less than the 90 days that an organization can set at least."""

_ENDLESS_DAYS: Final = 36_525
"""A retention of more than a century is none."""


class Emptiness(StrEnum):
    """Why there are no figures, or not all of them; empty where nothing is amiss."""

    RETENTION = "beyond retention"
    PARTLY = "partly beyond retention"
    NO_DATA = "no data"
    ZERO = "zero"
    NONE = ""


def emptiness(
    selected: pd.DataFrame,
    whole: pd.DataFrame,
    interval: Interval,
    as_of: datetime,
    zone: ZoneInfo,
    retention_days: int | None = None,
) -> Emptiness:
    """Why `selected` is empty, given `whole`, all that the organization sent for the interval.

    Where the two are one and the same, zero means that figures came and are all 0.
    """
    kept = _kept_since(as_of, zone, retention_days)
    if whole.empty:
        return Emptiness.RETENTION if kept and interval.end <= kept else Emptiness.NO_DATA
    if kept and interval.start < kept:
        return Emptiness.PARTLY
    return Emptiness.NONE if _anything(selected) else Emptiness.ZERO


def emptiness_sentence(
    kind: Emptiness, as_of: datetime, zone: ZoneInfo, retention_days: int | None = None
) -> str:
    """What to tell the reader; empty where there is nothing to tell."""
    words = _SENTENCES[kind]
    kept = _kept_since(as_of, zone, retention_days)
    if not kept:
        return words
    return words.format(first=dated(kept.astimezone(zone)), days=retention_days)


_SENTENCES: Final = {
    Emptiness.RETENTION: "The interval is older than the {days} days for which this organization"
    " keeps figures, back to {first}: there are none any more, which is not zero.",
    Emptiness.PARTLY: "This organization keeps figures for {days} days: those before {first}"
    " are missing, which is not zero.",
    Emptiness.NO_DATA: "The organization sent no figures at all for this interval: either nothing"
    " happened in any queue, or they are no longer kept, or the client may not see these queues.",
    Emptiness.ZERO: "Nothing happened here in this interval, while figures of it are kept.",
    Emptiness.NONE: "",
}


def retention_note(
    interval: Interval,
    as_of: datetime,
    zone: ZoneInfo,
    retention_days: int | None,
    held: Iterable[Interval] = (),
) -> str:
    """That the organization keeps figures of the interval, or of its beginning, no longer.

    Empty where it does. Spans that are `held` here are there all the same.
    """
    kept = _kept_since(as_of, zone, retention_days)
    if not kept or interval.start >= kept:
        return ""
    gone = Interval(interval.start, min(interval.end, kept))
    there = [each for each in together(held) if each.start < gone.end and gone.start < each.end]
    if there:
        whole = there[0].start <= gone.start and there[0].end >= gone.end
        words = "are shown as they were kept" if whole else "are shown where they were kept"
        return (
            f"Days before {dated(kept.astimezone(zone))} are older than the {retention_days} days"
            f" for which this organization keeps figures: they {words} here."
        )
    kind = Emptiness.RETENTION if interval.end <= kept else Emptiness.PARTLY
    return emptiness_sentence(kind, as_of, zone, retention_days)


def may_be_beyond_retention(interval: Interval, as_of: datetime) -> bool:
    """Whether it is old enough for the organization's retention to be worth asking for."""
    return as_of - interval.start > SHORTEST_RETENTION


def read_retention_days(api: Api, budget: Budget) -> int | None:
    """For how many days figures are kept; None where that is not set or cannot be read."""
    return extra(api.retention_days, budget).value


def _kept_since(as_of: datetime, zone: ZoneInfo, retention_days: int | None) -> datetime | None:
    if not retention_days or not 0 < retention_days <= _ENDLESS_DAYS:
        return None
    return start_of_day(as_of.astimezone(zone).date() - timedelta(days=retention_days), zone)


def _anything(frame: pd.DataFrame) -> bool:
    """Whether any queue counts anything."""
    counts = [name for name in frame if str(name).endswith("_count")]
    in_queues = frame.loc[frame["queue_id"] != NONE, counts]
    return bool((in_queues > 0).any(axis=None))
