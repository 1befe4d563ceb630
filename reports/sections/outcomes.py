"""Where the offered went, in an interval and in the one it is compared with."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from genesys.insights.reconciliation import OFFERED, reconcile
from genesys.kpis.catalogue import Unit
from genesys.kpis.formats import FEW
from genesys.words import counted
from reports.charts import outcomes_chart
from reports.data.figures import Rows
from reports.data.kept import kept
from reports.data.parts import parts_of
from reports.table import Column, Table


def base_words(now: pd.DataFrame) -> str:
    """What all shares are of."""
    offered = int(now.loc[now["key"] == OFFERED.key, "count"].sum())
    return f"Shares of all {counted(offered, 'contact')} offered, of every media type."


@kept
def reconciled(rows: Rows) -> pd.DataFrame:
    return reconcile(parts_of(rows))


@kept
def chart(here: Rows, there: Rows | None, *, low: bool) -> go.Figure:
    return outcomes_chart(reconciled(here), reconciled(there) if there else None, low=low)


def outcomes_table(now: pd.DataFrame, before: pd.DataFrame) -> Table:
    """The offered, then the lines that add up to it, with their shares in both intervals.

    An interval with fewer than 20 offered has no shares.
    """
    both = now.merge(before[["key", "label", "count"]], "outer", "key", suffixes=("", "_before"))
    order = {key: place for place, key in enumerate([*now["key"], *before["key"]])}
    both = both.loc[both["key"].map(order).sort_values().index].reset_index(drop=True)
    both["label"] = both["label"].fillna(both["label_before"])
    for side in ("", "_before"):
        offered = both.loc[both["key"] == OFFERED.key, f"count{side}"]
        whole = float(offered.iloc[0]) if len(offered) and pd.notna(offered.iloc[0]) else 0.0
        both[f"share{side}"] = Unit.PERCENT.scaled(
            both[f"count{side}"].astype("Float64") / (whole if whole >= FEW else pd.NA)
        )
    columns = (
        Column("label", "Outcome"),
        Column("count", "Now", Unit.COUNT, "Interactions in this interval"),
        Column("share", "Share now", Unit.PERCENT, "Of what was offered in this interval"),
        Column("count_before", "Before", Unit.COUNT, "Interactions in the comparison interval"),
        Column("share_before", "Share before", Unit.PERCENT, "Of what was offered there"),
    )
    return Table("Where the offered went", columns, both, totals=1)
