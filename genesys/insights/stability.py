"""Stability: which figures can still move."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from genesys.analytics.fetch import Answer
from genesys.intervals import Granularity, Interval, bucket_edges, in_minutes
from genesys.moments import span, timed

PROVISIONAL: Final = timedelta(minutes=30)
"""For so long after an event its figures may still come in."""

CORRECTED: Final = timedelta(hours=72)
"""After so long the nightly correction has passed."""

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

    Those are the running bucket, the buckets with any of the last 30 minutes, those with any of
    the last 72 hours; of one bucket over all the part that is. None where there is no such one.
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
    """The stability of an interval's buckets.

    Without granularity it is one bucket, of which the spans say what part can still move. A
    bucket that the interval's end cuts short at the present moment is running too.
    """
    as_of = as_of.astimezone(UTC)
    edges: tuple[datetime, ...] = (interval.start, interval.end)
    if granularity:
        edges = bucket_edges(interval, granularity, zone)
    running = _running(interval, edges, as_of, zone, granularity)
    last = running.end if running else interval.end

    def since(moment: datetime) -> Interval | None:
        if granularity is None:
            first = max(interval.start, in_minutes(moment))
        else:
            first = max((edge for edge in edges if edge <= moment), default=interval.start)
        return Interval(first, last) if moment < last else None

    return Stability(interval, as_of, running, since(as_of - PROVISIONAL), since(as_of - CORRECTED))


def stability_of(answer: Answer) -> Stability:
    """Which buckets of an answer can still move."""
    query = answer.query
    return stability(query.interval, answer.as_of, query.zone, query.granularity)


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
