"""The service level of each queue and media type beside its target and its value before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from genesys.insights.hotspots import WeakHours
from genesys.kpis.catalogue import KPI_BY_KEY
from genesys.kpis.formats import FEW, spoken, value_text
from genesys.kpis.parts import GROUP, Parts
from genesys.moments import clock

LEVEL: Final = KPI_BY_KEY["service_level_pct"]

_AS_TEXT: Final = dict.fromkeys(GROUP, str)
_TARGET: Final = f"{LEVEL.key}_target"


def levels_of(current: Parts, earlier: Parts | None, statuses: pd.DataFrame | None) -> pd.DataFrame:
    """The groups with a target and enough contacts: the columns of `statuses` and further ones.

    These are `met`, `of`, `value`, `target`, `missing` (how many more in time would have met
    the target), and `value_earlier` and `of_earlier` of groups that had enough before.
    """
    if statuses is None or _TARGET not in statuses:
        columns = ["met", "of", "target", "value", "missing", f"{LEVEL.key}_status"]
        return pd.DataFrame(columns=[*GROUP, *columns])
    levels = _levels(current).merge(statuses.astype(_AS_TEXT), on=[*GROUP])
    levels = levels[levels[_TARGET].notna()]
    target = levels[_TARGET].astype("float64")
    missing = target / 100 * levels["of"] - levels["met"]
    levels = levels.assign(target=target, missing=missing)
    if earlier is None:
        return levels.assign(value_earlier=np.nan, of_earlier=np.nan)
    before = _levels(earlier).drop(columns="met")
    return levels.merge(before, "left", [*GROUP], suffixes=("", "_earlier"))


def against_target(row: Mapping[str, Any], name: str) -> str:
    """A row of `levels_of` in words: its value, the one before and the target."""
    value, target = (value_text(row[each], LEVEL.unit) for each in ("value", "target"))
    said = f"{name} had {spoken(LEVEL)} {value} of {row['of']:,.0f}"
    if not pd.isna(row["of_earlier"]):
        before = value_text(row["value_earlier"], LEVEL.unit)
        said += f", after {before} of {row['of_earlier']:,.0f},"
    return f"{said} against a target of {target}"


def weak_sentence(weak: WeakHours, name: str) -> str:
    """The hours in which a group misses its target, in words."""
    value, elsewhere, target = (
        value_text(each, LEVEL.unit) for each in (weak.value, weak.elsewhere, weak.target)
    )
    return (
        f"{name} had {spoken(LEVEL)} {value} of {weak.n:,} from {clock(weak.first_hour)} to"
        f" {clock(weak.end_hour)} and {elsewhere} of {weak.n_elsewhere:,} in all other hours,"
        f" against a target of {target}; it missed it in those hours on {weak.missed} of"
        f" {weak.days} days."
    )


def level_figures(row: Mapping[str, Any]) -> dict[str, float | int | str]:
    """The figures of `against_target`."""
    figures = {"value": row["value"], "n": int(row["of"]), "target": row["target"]}
    if not pd.isna(row["of_earlier"]):
        figures |= {"earlier": row["value_earlier"], "n_earlier": int(row["of_earlier"])}
    return figures


def _levels(parts: Parts) -> pd.DataFrame:
    """How many of each group's contacts were in time, where there are enough."""
    cells = parts.by(GROUP).of_queues
    levels = cells.labels()[[*GROUP]].astype(_AS_TEXT)
    levels = levels.assign(met=cells.top(LEVEL), of=cells.bottom(LEVEL))
    levels = levels[levels["of"] >= FEW]
    return levels.assign(value=100 * levels["met"] / levels["of"])
