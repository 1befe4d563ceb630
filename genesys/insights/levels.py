"""The service level of each queue and media type beside its target and its value before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from genesys.analytics.grouping import Numbers
from genesys.insights.hotspots import WeakHours
from genesys.kpis.aligning import pairs_of, places
from genesys.kpis.catalogue import KPI_BY_KEY
from genesys.kpis.formats import FEW, spoken, value_text
from genesys.kpis.parts import GROUP, Parts
from genesys.moments import clock

LEVEL: Final = KPI_BY_KEY["service_level_pct"]

_TARGET: Final = f"{LEVEL.key}_target"


def levels_of(current: Parts, earlier: Parts | None, statuses: pd.DataFrame | None) -> pd.DataFrame:
    """The groups with a target and enough contacts: the columns of `statuses` and further ones.

    These are `met`, `of`, `value`, `target`, `missing` (how many more in time would have met
    the target), and `value_earlier` and `of_earlier` of groups that had enough before.
    """
    if statuses is None or _TARGET not in statuses:
        columns = ["met", "of", "target", "value", "missing", f"{LEVEL.key}_status"]
        return pd.DataFrame(columns=[*GROUP, *columns])
    pairs = zip(*(statuses[name].astype(str) for name in GROUP), strict=True)
    row_of, cells = {pair: row for row, pair in enumerate(pairs)}, _enough(current)
    rows = np.array([row_of.get(pair, -1) for pair in pairs_of(cells)], dtype=np.intp)
    target = np.append(statuses[_TARGET].to_numpy(np.float64, na_value=np.nan), np.nan)[rows]
    has_target = ~np.isnan(target)
    cells, target = cells.of_rows(has_target), target[has_target]
    met, of = cells.top(LEVEL), cells.bottom(LEVEL)
    value_earlier, of_earlier = _before(cells, earlier)
    levels: pd.DataFrame = statuses.iloc[rows[has_target]]
    return levels.assign(
        met=met,
        of=of,
        value=LEVEL.unit.scaled(met / of),
        target=target,
        missing=LEVEL.unit.raw(target) * of - met,
        value_earlier=value_earlier,
        of_earlier=of_earlier,
    )


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


def _enough(parts: Parts) -> Parts:
    """The groups of queues with enough contacts."""
    cells = parts.by(GROUP).of_queues
    return cells.of_rows(cells.bottom(LEVEL) >= FEW)


def _before(cells: Parts, earlier: Parts | None) -> tuple[Numbers, Numbers]:
    """The value of each group before and what it is of; NaN where that was not enough."""
    if earlier is None:
        return np.full(len(cells), np.nan), np.full(len(cells), np.nan)
    before = _enough(earlier)
    at = places(cells, before, GROUP)
    met, of = (np.append(each, np.nan)[at] for each in (before.top(LEVEL), before.bottom(LEVEL)))
    return LEVEL.unit.scaled(met / of), of
