"""Tables of the groups of a view: their figures with marks, or their changes."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import numpy as np
import pandas as pd

from genesys.analytics.frames import NONE
from genesys.analytics.grouping import Codes, Flags, Numbers
from genesys.insights.comparison import Presence, Verdict
from genesys.kpis.applicability import TRANSFERS_HELP
from genesys.kpis.catalogue import KPI_BY_KEY, Kpi
from genesys.kpis.formats import all_that_show
from genesys.kpis.unjudged import Words
from genesys.organization.directory import Directory
from genesys.targets import JUDGED, Targets
from reports.data import verdicts
from reports.data.figures import Figures
from reports.data.kept import kept
from reports.data.parts import parts_of
from reports.table import Column, Table
from reports.theme import in_order

OFFERED: Final = KPI_BY_KEY["offered"]

SHORT: Final = "contacts_to_target"
"""The column that puts rows in order: how many more in time would have met the targets."""

NAMES: Final = {
    "queue_id": Column("queue_name", "Queue"),
    "media_type": Column("media_type", "Media type"),
}
"""The column that names a group, by what it is grouped by."""

GONE: Final = {Presence.APPEARED.value: " (new)", Presence.VANISHED.value: " (none now)"}
"""What is added to the name of a group that is in one of the two intervals alone."""


@kept
def values_of(
    figures: Figures,
    title: str,
    by: tuple[str, ...],
    kpis: tuple[Kpi, ...],
    targets: Targets,
    *,
    blended: bool,
    fewest: int,
) -> Table:
    """The total and each group of `by` with the KPIs and their target marks, what lacks most first.

    The rows have `queue_id`, `offered` and `contacts_to_target` besides what is shown.
    """
    wanted = _with_offered(kpis)
    here = parts_of(figures.now)
    rows, whole = (here.by(each, blended=blended).values(wanted) for each in (by, ()))
    rows[SHORT] = verdicts.short_of(figures, here, here.by(by), by, targets)
    for kpi in kpis:
        if kpi.key not in JUDGED:
            continue
        # Targets of times are for media types that wait alike.
        is_over_all = blended and kpi.is_time
        column = kpi_column(kpi).marks
        if not is_over_all or "media_type" in by:
            rows[column] = _marks(figures, by, kpi, targets)
        if not is_over_all:
            whole[column] = _marks(figures, (), kpi, targets)
    columns = [kpi_column(kpi) for kpi in kpis]
    return _table(title, by, whole, _enough(_named(figures, rows), fewest), columns)


def _marks(
    figures: Figures, by: tuple[str, ...], kpi: Kpi, targets: Targets
) -> pd.api.extensions.ExtensionArray:
    return pd.array(verdicts.stands(figures, by, kpi, targets).status, dtype=str)


@kept
def changes_of(
    figures: Figures,
    title: str,
    by: tuple[str, ...],
    kpis: tuple[Kpi, ...],
    targets: Targets,
    *,
    blended: bool,
    fewest: int,
) -> Table:
    """The changes of the total and of each group of either interval, what lacks most first."""
    wanted = _with_offered(kpis)
    whole, rows = (
        _as_changes(verdicts.changes(figures, each, wanted, blended=blended), by, kpis)
        for each in ((), by)
    )
    rows[SHORT] = _short(figures, rows, by, targets)
    columns = [change_column(kpi) for kpi in kpis]
    return _table(title, by, whole, _enough(_named(figures, rows), fewest), columns)


def _short(figures: Figures, rows: pd.DataFrame, by: tuple[str, ...], targets: Targets) -> Numbers:
    """`verdicts.short_of` of rows of either interval."""
    here = parts_of(figures.now)
    groups = here.by(by)
    short = verdicts.short_of(figures, here, groups, by, targets)
    known = pd.Series(short, pd.MultiIndex.from_frame(groups.labels()[[*by]].astype(str)))
    found = known.reindex(pd.MultiIndex.from_frame(rows[[*by]].astype(str)))
    return np.asarray(found.fillna(0.0), dtype=np.float64)


def _with_offered(kpis: tuple[Kpi, ...]) -> tuple[Kpi, ...]:
    return kpis if OFFERED in kpis else (*kpis, OFFERED)


def kpi_column(kpi: Kpi) -> Column:
    """A column of a KPI."""
    text = kpi.helped(TRANSFERS_HELP)
    return Column(kpi.key, kpi.label, kpi.unit, text, marks=f"{kpi.key} mark")


def change_column(kpi: Kpi) -> Column:
    """A column of a KPI's changes."""
    text = f"Change of {kpi.label} against the comparison interval. {kpi.help}"
    key = f"{kpi.key} change"
    return Column(key, kpi.label, kpi.unit, text, is_change=True, marks=f"{key} mark")


def change_cells(table: pd.DataFrame, kpi: Kpi, column: Column) -> dict[str, pd.Series[Any]]:
    """The changes and marks of a column of changes, from a table of `comparison.compare`.

    Changes that read as none have no mark.
    """
    delta, turn = table[f"{kpi.key}_delta"].astype("Float64"), table[f"{kpi.key}_verdict"]
    marks = change_marks(np.asarray(delta, dtype=np.float64), turn.to_numpy(object), kpi)
    return {
        column.key: delta,
        column.marks: pd.Series(marks, table.index, dtype=str),
    }


def change_marks(delta: Numbers, verdicts: Words, kpi: Kpi) -> Words:
    """The verdicts that mark changes: those that read as none, or are neither, have none."""
    marks: Words = np.where(
        all_that_show(delta, kpi.unit) & (verdicts != Verdict.NEUTRAL), verdicts, ""
    )
    return marks


def _as_changes(table: pd.DataFrame, by: tuple[str, ...], kpis: tuple[Kpi, ...]) -> pd.DataFrame:
    names = (*by, "presence", OFFERED.key)
    columns: dict[str, Any] = {name: table[name] for name in names if name in table}
    for kpi in kpis:
        columns |= change_cells(table, kpi, change_column(kpi))
    return pd.DataFrame(columns, index=table.index)


def _table(
    title: str,
    by: tuple[str, ...],
    total: pd.DataFrame,
    rows: pd.DataFrame,
    columns: list[Column],
) -> Table:
    names = [NAMES[each] for each in by]
    first = total.assign(**{column.key: "" for column in names}, queue_id="", division="")
    first[names[0].key] = "Total"
    if "queue_id" in by:
        columns = [*columns, Column("division", "Division")]
    whole = pd.concat([first, rows.iloc[worst_first(rows)]], ignore_index=True)
    return Table(title, (*names, *columns), whole, totals=1)


def _named(figures: Figures, rows: pd.DataFrame) -> pd.DataFrame:
    if "media_type" in rows:
        rows = rows.assign(media_type=rows["media_type"].astype(str))
    if "queue_id" not in rows:
        return rows
    ids = rows["queue_id"].astype(str)
    names = ids.map(figures.directory.label).astype(str)
    if "presence" in rows:
        names += rows["presence"].map(GONE).fillna("").astype(str)
    divisions = ids.map(figures.directory.division).astype(str)
    return rows.assign(queue_id=ids, queue_name=names, division=divisions)


def _enough(rows: pd.DataFrame, fewest: int) -> pd.DataFrame:
    """The rows with as many contacts as are asked for."""
    return rows[~is_few(rows[OFFERED.key].to_numpy(np.float64, na_value=np.nan), fewest)]


def is_few(offered: Numbers, fewest: int) -> Flags:
    """Which groups were offered less than is asked for; where that is not known, none."""
    is_known = ~np.isnan(offered)
    few: Flags = np.where(is_known, offered, 0 if is_known.any() else np.inf) < fewest
    return few


def worst_first(rows: pd.DataFrame) -> Codes:
    """The places of rows by contacts short of target, then by contacts offered; no queue last."""
    short, offered = (rows[name].to_numpy(np.float64, na_value=-1) for name in (SHORT, OFFERED.key))
    outside = rows["queue_id"].eq(NONE) if "queue_id" in rows else np.zeros(len(rows))
    return np.lexsort((-offered, -short, outside))


@kept
def media_types(figures: Figures) -> tuple[str, ...]:
    """The media types that there are figures of, in their order."""
    return tuple(in_order(set(parts_of(figures.now).labels_of("media_type").astype(str))))


@kept
def with_contacts(figures: Figures, *, earlier: bool = False) -> frozenset[str]:
    """The queues that were offered anything, now or earlier; none where nobody may know."""
    queues = parts_of(figures.before if earlier else figures.now).by(["queue_id"])
    offered = queues.in_queues & (queues.measure("nOffered_count") > 0)
    return frozenset(map(str, queues.labels_of("queue_id")[offered]))


def without_contacts(figures: Figures) -> int:
    """How many of the selected queues were offered nothing; 0 where nobody may know."""
    if "nOffered_count" not in parts_of(figures.now).names:
        return 0
    return len(listed(figures) - with_contacts(figures))


def listed(figures: Figures) -> frozenset[str]:
    """The queues that are selected."""
    return figures.wanted if figures.wanted is not None else frozenset(figures.directory.queues)


@lru_cache(maxsize=64)
def not_of_today(table: Table, directory: Directory) -> frozenset[str]:
    """The ids in a table's rows that are no queue of today: work without one, and queues gone."""
    if "queue_id" not in table.rows:
        return frozenset()
    ids = filter(None, table.rows["queue_id"].fillna("").astype(str))
    return frozenset(
        each
        for each in ids
        if each == NONE or (directory.complete and each not in directory.queues)
    )
