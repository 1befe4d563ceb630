"""What was fetched: rows of answers, and the figures that are made of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

import pandas as pd

from genesys.analytics.fetch import Answer
from genesys.analytics.frames import ALL
from genesys.insights.comparison import Comparison
from genesys.insights.stability import Stability, stability
from genesys.intervals import Granularity, Interval, start_of_day
from genesys.organization.directory import Directory
from genesys.organization.scope import EVERYTHING, Sight
from reports.data.kept import Keyed
from reports.data.source import Source


@dataclass(frozen=True, eq=False)
class Rows(Keyed):
    """The rows of answers that wanted queues and media types have; no media types are all."""

    answers: tuple[Answer, ...]
    wanted: frozenset[str] | None
    media_types: tuple[str, ...]

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The rows of all answers; never changed."""
        frames = [self._chosen(answer.frame) for answer in self.answers]
        return frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)

    @property
    def zone(self) -> ZoneInfo:
        return self.answers[0].query.zone

    def _chosen(self, frame: pd.DataFrame) -> pd.DataFrame:
        """ALL stands for queues chosen before."""
        keep = pd.Series(True, index=frame.index)
        if self.wanted is not None:
            keep &= frame["queue_id"].isin({*self.wanted, ALL})
        if self.media_types:
            keep &= frame["media_type"].isin(self.media_types)
        return frame if keep.all() else frame[keep]


@dataclass(frozen=True, eq=False)
class Figures(Keyed):
    """What was fetched of an interval and of the one it is compared with.

    `now` and `before` are by queue and media type. `course` and `course_before` are the same
    over time: the very same rows where the organization is small enough, else by media type.
    """

    source: Source
    directory: Directory
    comparison: Comparison
    now: Rows
    before: Rows
    course: Rows
    course_before: Rows
    sight: Sight = EVERYTHING
    """What of the organization they were cut to."""

    @property
    def frame(self) -> pd.DataFrame:
        """The interval's rows by queue and media type."""
        return self.now.frame

    @property
    def earlier(self) -> pd.DataFrame:
        """The earlier interval's rows by queue and media type."""
        return self.before.frame

    @property
    def trend(self) -> pd.DataFrame:
        """The interval's rows over time."""
        return self.course.frame

    @property
    def whole(self) -> pd.DataFrame:
        """What `frame` was selected from."""
        return self.now.answers[0].frame

    @property
    def answers(self) -> tuple[Answer, ...]:
        """All answers, each once: of both intervals, then over time where that is another."""
        tables = (*self.now.answers, *self.before.answers)
        if self.course is self.now:
            return tables
        return (*tables, *self.course.answers, *self.course_before.answers)

    @property
    def wanted(self) -> frozenset[str] | None:
        """The queues that were selected; None is all of them."""
        return self.now.wanted

    @property
    def zone(self) -> ZoneInfo:
        return self.source.zone

    @property
    def interval(self) -> Interval:
        return self.now.answers[0].query.interval

    @property
    def granularity(self) -> Granularity:
        """The buckets of the rows over time."""
        (answer,) = self.course.answers
        if answer.query.granularity is None:
            raise AssertionError("figures over time were asked for without granularity")
        return answer.query.granularity

    @property
    def as_of(self) -> datetime:
        """The moment at which the first of the interval's rows were asked for."""
        return min(each.as_of for each in (*self.now.answers, *self.course.answers))

    @property
    def refused(self) -> tuple[str, ...]:
        """The metrics that the organization gives nobody."""
        return tuple(sorted({metric for each in self.answers for metric in each.refused}))

    @property
    def is_running(self) -> bool:
        """Whether the interval holds a part of the day on which it was asked for."""
        today = self.as_of.astimezone(self.zone).date()
        return self.interval.end > start_of_day(today, self.zone)

    @property
    def stability(self) -> Stability:
        """Which of the figures can still move."""
        return stability(self.interval, self.as_of, self.zone, self.granularity)
