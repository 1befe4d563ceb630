"""What talking points rest on: a frame, what it is compared with, targets, and their totals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from zoneinfo import ZoneInfo

import pandas as pd

from genesys.analytics.frames import NONE
from genesys.insights.drivers import drivers, group_name
from genesys.insights.hotspots import worst_buckets
from genesys.intervals import Interval
from genesys.kpis.catalogue import KPI_BY_KEY, Kpi
from genesys.kpis.formats import FEW
from genesys.kpis.rollup import GROUP, fractions, of_like_media, part_names
from genesys.organization.directory import Directory

LEVEL: Final = KPI_BY_KEY["service_level_pct"]
TOLD: Final = tuple(
    KPI_BY_KEY[key]
    for key in ("offered", "answer_pct", "abandon_pct", LEVEL.key, "asa_sec", "aht_sec")
)
"""The KPIs whose totals are talked about."""


@dataclass(frozen=True, eq=False)
class Evidence:
    """What is talked about. `statuses` is what `targets.judge` gives by queue and media type.

    Nothing here rests on fewer than 20 contacts.
    """

    current: pd.DataFrame
    earlier: pd.DataFrame | None
    interval: Interval
    zone: ZoneInfo
    directory: Directory
    statuses: pd.DataFrame | None = None
    words: str = ""

    def total(self, kpi: Kpi) -> tuple[float, float]:
        """The KPI's value and what it is over, a count being over itself; (nan, 0) if few."""
        return _total(self._whole, kpi)

    def total_before(self, kpi: Kpi) -> tuple[float, float]:
        """The same of the earlier frame; of the same kind of media types where it is a time."""
        return _total(self._whole_before, kpi)

    @cached_property
    def _whole(self) -> pd.DataFrame:
        return fractions(self.current, (), TOLD)

    @cached_property
    def _whole_before(self) -> pd.DataFrame:
        if self.earlier is None:
            return self._whole * float("nan")
        alike = of_like_media(self.earlier, self.current)
        times = [kpi for kpi in TOLD if kpi.is_time]
        others = [kpi for kpi in TOLD if not kpi.is_time]
        parts = [fractions(alike, (), times), fractions(self.earlier, (), others)]
        return pd.concat(parts, axis="columns")

    @cached_property
    def worst(self) -> pd.DataFrame:
        """The buckets by how much went wrong in them, see `worst_buckets`."""
        return worst_buckets(self.current, self.zone)

    def driver(self, kpi: Kpi, direction: float) -> dict[str, Any] | None:
        """The row of `drivers` that moved the KPI most in a direction, a positive one is up."""
        n, m = self.total(kpi)[1], self.total_before(kpi)[1]
        if self.earlier is None or not n or not m:
            return None
        table = drivers(self.current, self.earlier, kpi, self.directory)
        enough = (table["weight"] * n >= FEW) | (table["kind"] == "vanished")
        enough &= (table["weight_earlier"] * m >= FEW) | (table["kind"] == "new")
        rows = table[enough & (table["contribution"] * direction > 0)]
        return None if rows.empty else first_row(rows)

    @cached_property
    def levels(self) -> pd.DataFrame:
        """Service level of each group with a target: the columns of `statuses`, and `met`, `of`,
        `value`, `target` and `lack`, how many more in time would have met the target.
        """
        columns = ["met", "of", "target", "value", "lack", "service_level_pct_status"]
        if self.statuses is None or "service_level_pct_target" not in self.statuses:
            return pd.DataFrame(columns=[*GROUP, *columns])
        names = dict(zip(part_names(LEVEL), columns, strict=False))
        parts = fractions(self.current, GROUP, [LEVEL]).rename(columns=names)
        as_text = dict.fromkeys(GROUP, str)
        levels = parts.astype(as_text).merge(self.statuses.astype(as_text), on=[*GROUP])
        target = levels["service_level_pct_target"]
        levels = levels[target.notna() & (levels["of"] >= FEW) & (levels["queue_id"] != NONE)]
        target = levels["service_level_pct_target"].astype("float64")
        return levels.assign(
            target=target,
            value=100 * levels["met"] / levels["of"],
            lack=target / 100 * levels["of"] - levels["met"],
        )

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


def _total(whole: pd.DataFrame, kpi: Kpi) -> tuple[float, float]:
    top, bottom = part_names(kpi)
    n = float(whole[bottom if kpi.denominator else top].iloc[0])
    if not n >= FEW:
        return float("nan"), 0.0
    value = float(whole[top].iloc[0]) / n if kpi.denominator else n
    return kpi.unit.scaled(value), n
