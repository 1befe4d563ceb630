"""Tables of the groups of a view: their figures with marks, or their changes."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from dashboard.data import verdicts
from dashboard.data.view import View
from dashboard.drawing.cells import NO_CHANGE, signed
from genesys.analytics.frames import NONE
from genesys.insights.comparison import Presence, Verdict
from genesys.kpis.applicability import TRANSFERS_HELP
from genesys.kpis.catalogue import KPI_BY_KEY, Kpi
from genesys.kpis.rollup import rollup
from reports.table import Column, Table
from reports.theme import in_order

OFFERED: Final = KPI_BY_KEY["offered"]

NAMES: Final = {
    "queue_id": Column("queue_name", "Queue"),
    "media_type": Column("media_type", "Media type"),
}
"""The column that names a group, by what it is grouped by."""

GONE: Final = {Presence.APPEARED.value: " (new)", Presence.VANISHED.value: " (none now)"}
"""What is added to the name of a group that is in one of the two intervals alone."""


def figures(view: View, title: str, by: tuple[str, ...], kpis: tuple[Kpi, ...]) -> Table:
    """The total and each group of `by` with the KPIs and their target marks, largest first.

    The rows have `queue_id` and `offered` besides what is shown.
    """
    wanted = kpis if OFFERED in kpis else (*kpis, OFFERED)

    def make() -> Table:
        blended = view.selection.blended
        total = verdicts.groups(view, (), wanted)
        here, _ = verdicts.summed(view)
        rows = rollup(here, by, wanted, blended=blended)
        marks = verdicts.groups(view, by, wanted).marks
        whole = rollup(here, [], wanted, blended=blended)
        for kpi in kpis:
            if (status := f"{kpi.key}_status") not in marks:
                continue
            # Targets of times are for media types that wait alike.
            is_over_all = blended and kpi.is_time
            if not is_over_all or "media_type" in by:
                rows[f"{kpi.key} mark"] = marks[status]
            if not is_over_all:
                whole[f"{kpi.key} mark"] = total.marks[status]
        return _table(view, title, by, whole, rows, [kpi_column(kpi) for kpi in kpis])

    return verdicts.kept(view, make, "figures", title, by, kpis)


def changes(view: View, title: str, by: tuple[str, ...], kpis: tuple[Kpi, ...]) -> Table:
    """The changes of the total and of each group of either interval, largest first."""
    wanted = kpis if OFFERED in kpis else (*kpis, OFFERED)

    def make() -> Table:
        total = verdicts.groups(view, (), wanted).changes
        rows = verdicts.groups(view, by, wanted).changes
        columns = [change_column(kpi) for kpi in kpis]
        whole, each = (_as_changes(table, by, kpis) for table in (total, rows))
        return _table(view, title, by, whole, each, columns)

    return verdicts.kept(view, make, "changes", title, by, kpis)


def kpi_column(kpi: Kpi) -> Column:
    """A column of a KPI."""
    return Column(kpi.key, kpi.label, kpi.unit, f"{kpi.help} {TRANSFERS_HELP}")


def change_column(kpi: Kpi) -> Column:
    """A column of a KPI's changes."""
    text = f"Change of {kpi.label} against the comparison interval. {kpi.help}"
    return Column(f"{kpi.key} change", kpi.label, kpi.unit, text, is_change=True)


def with_changes(table: pd.DataFrame, kpi: Kpi, name: str = "") -> dict[str, pd.Series[Any]]:
    """The columns `<name> change` and its mark, of a table of `comparison.compare`.

    Changes that read as none have no mark.
    """
    name = name or kpi.key
    delta, turn = table[f"{kpi.key}_delta"], table[f"{kpi.key}_verdict"]
    nothing = delta.map(lambda each: (signed(each, kpi.unit) or NO_CHANGE).startswith(NO_CHANGE))
    return {
        f"{name} change": delta.astype("Float64"),
        f"{name} change mark": turn.mask(nothing | (turn == Verdict.NEUTRAL), ""),
    }


def _as_changes(table: pd.DataFrame, by: tuple[str, ...], kpis: tuple[Kpi, ...]) -> pd.DataFrame:
    names = (*by, "presence", OFFERED.key)
    columns: dict[str, Any] = {name: table[name] for name in names if name in table}
    for kpi in kpis:
        columns |= with_changes(table, kpi)
    return pd.DataFrame(columns, index=table.index)


def _table(
    view: View,
    title: str,
    by: tuple[str, ...],
    total: pd.DataFrame,
    rows: pd.DataFrame,
    columns: list[Column],
) -> Table:
    named = largest_first(_enough(view, _named(view, rows)))
    names = [NAMES[each] for each in by]
    first = total.assign(**{column.key: "" for column in names}, queue_id="", division="")
    first[names[0].key] = "Total"
    if "queue_id" in by:
        columns = [*columns, Column("division", "Division")]
    whole = pd.concat([first, named], ignore_index=True)
    return Table(title, (*names, *columns), whole, totals=1)


def _named(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    if "media_type" in rows:
        rows = rows.assign(media_type=rows["media_type"].astype(str))
    if "queue_id" not in rows:
        return rows
    ids = rows["queue_id"].astype(str)
    names = ids.map(view.directory.label).astype(str)
    if "presence" in rows:
        names += rows["presence"].map(GONE).fillna("").astype(str)
    divisions = ids.map(view.directory.division).astype(str)
    return rows.assign(queue_id=ids, queue_name=names, division=divisions)


def _enough(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with as many contacts as are asked for."""
    return rows[~is_few(view, rows)]


def is_few(view: View, rows: pd.DataFrame) -> pd.Series[bool]:
    """Which rows were offered less than is asked for; where that is not known, none."""
    offered = rows[OFFERED.key].astype("float64")
    return offered.fillna(0 if offered.notna().any() else np.inf) < view.selection.fewest


def largest_first(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows by what was offered, those without any and those without a queue at the end."""
    impact = rows[OFFERED.key].astype("Float64").fillna(-1)
    if "queue_id" in rows:
        impact = impact.mask(rows["queue_id"] == NONE, -2)
    return rows.loc[impact.sort_values(ascending=False, kind="stable").index]


def media_types(view: View) -> list[str]:
    """The media types that a view has figures of, in their order."""
    return verdicts.kept(
        view, lambda: in_order(view.frame["media_type"].astype(str).unique()), "media types"
    )


def with_contacts(view: View) -> frozenset[str]:
    """The queues that were offered anything; none where nobody may know."""
    queued = view.frame[view.frame["queue_id"] != NONE]
    if "nOffered_count" not in queued:
        return frozenset()
    counts = queued.groupby(queued["queue_id"].astype(str))["nOffered_count"].sum()
    return frozenset(counts[counts > 0].index)


def without_contacts(view: View) -> int:
    """How many of the selected queues were offered nothing; 0 where nobody may know."""
    if "nOffered_count" not in view.frame:
        return 0
    listed = view.wanted if view.wanted is not None else frozenset(view.directory.queues)
    return len(listed - with_contacts(view))
