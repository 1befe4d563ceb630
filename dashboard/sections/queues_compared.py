"""What stands behind the values of queues side by side: changes, or differences to an average."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import pandas as pd

from genesys.insights.comparison import Verdict, verdict
from genesys.kpis.catalogue import Kpi
from genesys.targets import Status, Targets
from reports.data import verdicts
from reports.data.figures import Figures
from reports.data.groups import change_cells, change_column, values_of
from reports.data.kept import kept
from reports.table import Column, Table
from reports.theme import in_order

MEDIA: Final = "Media types side by side"


@kept
def by_media(
    seen: Figures, kpis: tuple[Kpi, ...], targets: Targets, *, blended: bool, fewest: int
) -> Table:
    """A row for each queue of each media type, with targets met or missed and changes."""
    by = ("queue_id", "media_type")
    table = values_of(seen, MEDIA, by, kpis, targets, blended=blended, fewest=fewest)
    rows = table.rows.iloc[table.totals :]
    places = {name: place for place, name in enumerate(in_order(set(rows["media_type"])))}
    rows = rows.iloc[rows["media_type"].map(places).argsort(kind="stable")]
    # Divisions stand in the table of the queues.
    columns = tuple(column for column in table.columns if column.key != "division")
    values = replace(table, columns=columns, rows=rows.reset_index(drop=True), totals=0)
    return with_changes(values, verdicts.changes(seen, by, kpis, blended=blended), by, kpis)


def with_changes(
    values: Table, compared: pd.DataFrame, by: Sequence[str], kpis: Sequence[Kpi]
) -> Table:
    """The table with the changes of its rows, from a table of `comparison.compare`."""
    turns: dict[str, Any] = {name: compared[name].astype(str) for name in by}
    for kpi in kpis:
        turns |= change_cells(compared, kpi, change_column(kpi))
    rows = values.rows.merge(pd.DataFrame(turns), how="left", on=list(by))
    return replace(values, columns=_behind(values, map(change_column, kpis), kpis), rows=rows)


def with_differences(values: Table, kpis: Sequence[Kpi]) -> Table:
    """The table with the differences of its rows to the first one.

    Those of few contacts are neither better nor worse.
    """
    rows, columns = values.rows, [_difference(kpi) for kpi in kpis]
    cells: dict[str, Any] = {}
    for kpi, column in zip(kpis, columns, strict=True):
        delta = rows[kpi.key].astype("Float64") - rows[kpi.key].astype("Float64").iloc[0]
        delta = delta.mask(np.arange(len(rows)) < values.totals)
        marks = rows.get(f"{kpi.key} mark", pd.Series("", rows.index))
        turns = [
            Verdict.NEUTRAL if pd.isna(each) or mark == Status.FEW else verdict(kpi, each)
            for each, mark in zip(delta, marks, strict=True)
        ]
        found = {f"{kpi.key}_delta": delta, f"{kpi.key}_verdict": pd.Series(turns, rows.index)}
        cells |= change_cells(pd.DataFrame(found), kpi, column)
    return replace(values, columns=_behind(values, columns, kpis), rows=rows.assign(**cells))


def _difference(kpi: Kpi) -> Column:
    words = f"Difference of {kpi.label} to the average of all queues. {kpi.help}"
    return replace(change_column(kpi), help=words)


def _behind(values: Table, changes: Iterable[Column], kpis: Sequence[Kpi]) -> tuple[Column, ...]:
    """The columns, behind each KPI's the one of its changes."""
    of = {kpi.key: change for kpi, change in zip(kpis, changes, strict=True)}
    return tuple(replace(each, change=of.get(each.key)) for each in values.columns)
