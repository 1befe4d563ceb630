"""What talking points rest on: a frame, what it is compared with, targets, and their totals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from genesys.insights.contributions import driver, sentence
from genesys.insights.drivers import group_name
from genesys.insights.hotspots import worst_buckets
from genesys.insights.levels import levels_of
from genesys.insights.longest import longest
from genesys.insights.running_day import DayCourse
from genesys.insights.stretches import Stretch
from genesys.intervals import Interval
from genesys.kpis.catalogue import Kpi
from genesys.kpis.formats import FEW
from genesys.kpis.parts import Parts
from genesys.organization.directory import Directory


@dataclass(frozen=True, eq=False)
class Evidence:
    """What is talked about. `statuses` is what `targets.judge` gives by queue and media type.

    `fine` are the parts of the same interval in half-hours, which tell when it went badly.
    `unlike` is the stretch in which far more or less was offered than usual, and `course` is that
    of a day that is not over, where anything usual is known. Nothing here rests on fewer than 20
    contacts.
    """

    current: Parts
    earlier: Parts | None
    fine: Parts
    interval: Interval
    zone: ZoneInfo
    directory: Directory
    statuses: pd.DataFrame | None = None
    words: str = ""
    unlike: Stretch | None = None
    course: DayCourse | None = None

    def total(self, kpi: Kpi) -> tuple[float, float]:
        """The KPI's value and what it is over, a count being over itself; (nan, 0) if few."""
        return _total(self._whole, kpi)

    def total_before(self, kpi: Kpi) -> tuple[float, float]:
        """The same of the earlier side; of media types that wait alike where it is a time."""
        return _total(self._whole_before, kpi)

    @cached_property
    def _whole(self) -> Parts:
        return self.current.by()

    @cached_property
    def _whole_before(self) -> Parts | None:
        return None if self.earlier is None else self.earlier.alike(self.current).by()

    @cached_property
    def worst(self) -> pd.DataFrame:
        """The buckets by how much went wrong in them, see `worst_buckets`."""
        return worst_buckets(self.fine, self.zone)

    def driver(self, kpi: Kpi, direction: float) -> dict[str, Any] | None:
        """`contributions.driver` of the KPI, and its sentence."""
        n, m = self.total(kpi)[1], self.total_before(kpi)[1]
        if self.earlier is None or not n or not m:
            return None
        row = driver(self.current, self.earlier, kpi, direction, n, m)
        return row and row | {"sentence": sentence(row, kpi, self.directory)}

    def is_made_by_one(self, kpi: Kpi, driver: Mapping[str, Any] | None) -> bool:
        """Whether one interaction makes most of the KPI, now or before, or of its driver's."""
        sides = [side for side in (self.current, self.earlier) if side is not None]
        groups = {each.group for side in sides for each in longest(side, kpi)}
        of = (driver["queue_id"], driver["media_type"]) if driver else ("", "")
        return bool(groups & {("", ""), of})

    @cached_property
    def levels(self) -> pd.DataFrame:
        """Service level of each group with a target, see `levels_of`."""
        return levels_of(self.current, self.earlier, self.statuses)

    def name(self, row: Mapping[str, Any]) -> str:
        """A row's group in words."""
        return group_name(row["queue_id"], row["media_type"], self.directory)

    @property
    def against(self) -> str:
        """Which intervals are compared, in brackets."""
        return f" ({self.words})" if self.words else ""


def first_row(rows: pd.DataFrame) -> dict[str, Any]:
    """The first row as plain values."""
    return {str(name): value for name, value in rows.head(1).to_dict("records")[0].items()}


def _total(whole: Parts | None, kpi: Kpi) -> tuple[float, float]:
    n = float("nan") if whole is None else float(whole.over(kpi)[0])
    if whole is None or not n >= FEW:
        return float("nan"), 0.0
    return float(whole.value(kpi)[0]), n
