"""What a page draws: the figures of a selection."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd

from dashboard.data.organization import Source
from dashboard.selecting.selection import AUTOMATIC, Selection
from genesys.analytics.fetch import Answer
from genesys.insights.comparison import Comparison
from genesys.insights.stability import Stability, stability
from genesys.intervals import Granularity, Interval, start_of_day
from genesys.kpis.trend import STEP_BY_KEY, Step
from genesys.organization.directory import Directory

TWO_DAYS: Final = timedelta(days=2, hours=1)


@dataclass(frozen=True, eq=False)
class View:
    """What a page draws: figures by queue and media type, the same over time, and earlier ones.

    `frame`, `trend`, `earlier` and `trend_earlier` hold the selected queues and media types
    only; those over time are the others where the organization is small enough. `whole` is
    what was selected from. None is ever changed.
    `key` is alike for views of the same figures.
    """

    selection: Selection
    source: Source
    directory: Directory
    interval: Interval
    step: Step
    whole: pd.DataFrame
    frame: pd.DataFrame
    trend: pd.DataFrame
    earlier: pd.DataFrame
    trend_earlier: pd.DataFrame
    comparison: Comparison
    as_of: datetime
    refused: tuple[str, ...]
    answers: tuple[Answer, ...]
    wanted: frozenset[str] | None
    key: Hashable

    @property
    def zone(self) -> ZoneInfo:
        return self.source.zone

    @property
    def shown_step(self) -> Step:
        """The step of charts: days instead of hours from the third day on, unless one is chosen.

        Hours of the night have few contacts, and shares of few jump up and down.
        """
        daily = self.interval.length > TWO_DAYS and self.step.granularity is not Granularity.DAY
        return STEP_BY_KEY["day"] if daily and self.selection.step == AUTOMATIC else self.step

    @property
    def is_running(self) -> bool:
        """Whether the interval holds a part of the day on which it was asked for."""
        today = self.as_of.astimezone(self.zone).date()
        return self.interval.end > start_of_day(today, self.zone)

    @property
    def stability(self) -> Stability:
        """Which of the figures can still move."""
        return stability(self.interval, self.as_of, self.zone, self.step.granularity)
