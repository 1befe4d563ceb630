"""Stability: which figures can still move, and what it means where there are none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd

from genesys.analytics.frames import NONE
from genesys.client.api import Api
from genesys.client.errand import Errand
from genesys.errors import PermissionMissing
from genesys.intervals import Granularity, Interval, bucket_edges, in_minutes, start_of_day
from genesys.moments import dated, span, timed

PROVISIONAL: Final = timedelta(minutes=30)
"""For so long after an event its figures may still come in."""

CORRECTED: Final = timedelta(hours=72)
"""After so long the nightly correction has passed."""

SHORTEST_RETENTION: Final = timedelta(days=89)
"""Just less than the 90 days that an organization can set at least."""

_ENDLESS_DAYS: Final = 36_525
"""A retention of more than a century is none."""

_LONGEST_BUCKET: Final = timedelta(days=2)


class State(StrEnum):
    """How firm the figures of a bucket are."""

    RUNNING = "running"
    PROVISIONAL = "provisional"
    YOUNG = "younger than 72 hours"
    FINAL = "final"


@dataclass(frozen=True)
class Stability:
    """The buckets that can still move, as spans that reach to the end of the interval.

    Each span holds the one before it: the running bucket, the buckets with any of the last
    30 minutes, those with any of the last 72 hours. None where there is no such bucket.
    """

    interval: Interval
    as_of: datetime
    running: Interval | None
    provisional: Interval | None
    young: Interval | None

    @property
    def is_final(self) -> bool:
        return self.young is None

    def state(self, bucket: Interval) -> State:
        """The state of a bucket of any length: that of its least firm part."""
        spans = (
            (State.RUNNING, self.running),
            (State.PROVISIONAL, self.provisional),
            (State.YOUNG, self.young),
        )
        moving = (state for state, within in spans if within and bucket.end > within.start)
        return next(moving, State.FINAL)

    def sentences(self, zone: ZoneInfo) -> tuple[str, ...]:
        """When the figures were asked for, and which of them can still move."""
        words = [f"As of {timed(self.as_of, zone)} ({zone.key})."]
        if self.running:
            words.append(f"Still running: {span(self.running, zone)}.")
        if self.provisional:
            words.append(
                f"Provisional, as the last 30 minutes may still change:"
                f" {span(self.provisional, zone)}."
            )
        if self.young:
            words.append(
                f"Younger than 72 hours, so the nightly correction has not passed yet:"
                f" {span(self.young, zone)}."
            )
        else:
            words.append("All figures are older than 72 hours.")
        return tuple(words)


def stability(
    interval: Interval,
    as_of: datetime,
    zone: ZoneInfo,
    granularity: Granularity | None = None,
) -> Stability:
    """The stability of an interval's buckets; without granularity it is one bucket.

    A bucket that the interval's end cuts short at the present moment is running too.
    """
    as_of = as_of.astimezone(UTC)
    edges: tuple[datetime, ...] = (interval.start, interval.end)
    if granularity:
        edges = bucket_edges(interval, granularity, zone)
    running = _running(interval, edges, as_of, zone, granularity)
    last = running.end if running else interval.end

    def since(moment: datetime) -> Interval | None:
        first = max((edge for edge in edges if edge <= moment), default=interval.start)
        return Interval(first, last) if moment < last else None

    return Stability(interval, as_of, running, since(as_of - PROVISIONAL), since(as_of - CORRECTED))


def _running(
    interval: Interval,
    edges: tuple[datetime, ...],
    as_of: datetime,
    zone: ZoneInfo,
    granularity: Granularity | None,
) -> Interval | None:
    if interval.end > as_of:
        started = [edge for edge in edges if edge <= as_of]
        return Interval(started[-1], edges[len(started)]) if started else None
    if granularity:
        beyond = Interval(interval.start, interval.end + _LONGEST_BUCKET)
        whole = bucket_edges(beyond, granularity, zone)
        is_running = next(edge for edge in whole if edge >= interval.end) > as_of
    else:
        is_running = interval.end == in_minutes(as_of)
    return Interval(edges[-2], interval.end) if is_running else None


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
    interval: Interval, as_of: datetime, zone: ZoneInfo, retention_days: int | None
) -> str:
    """That figures of the interval, or of its beginning, are no longer kept; else empty."""
    kept = _kept_since(as_of, zone, retention_days)
    if not kept or interval.start >= kept:
        return ""
    kind = Emptiness.RETENTION if interval.end <= kept else Emptiness.PARTLY
    return emptiness_sentence(kind, as_of, zone, retention_days)


def may_be_beyond_retention(interval: Interval, as_of: datetime) -> bool:
    """Whether it is old enough for the organization's retention to be worth asking for."""
    return as_of - interval.start > SHORTEST_RETENTION


def read_retention_days(api: Api, errand: Errand) -> int | None:
    """For how many days figures are kept; None where that is not set or may not be read."""
    try:
        return api.retention_days(errand)
    except PermissionMissing:
        return None


def _kept_since(as_of: datetime, zone: ZoneInfo, retention_days: int | None) -> datetime | None:
    if not retention_days or retention_days > _ENDLESS_DAYS:
        return None
    return start_of_day(as_of.astimezone(zone).date() - timedelta(days=retention_days), zone)


def _anything(frame: pd.DataFrame) -> bool:
    """Whether any queue counts anything."""
    counts = [name for name in frame if str(name).endswith("_count")]
    in_queues = frame.loc[frame["queue_id"] != NONE, counts]
    return bool((in_queues > 0).any(axis=None))
