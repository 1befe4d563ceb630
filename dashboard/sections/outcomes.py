"""Where the offered went, in the view's interval and in the one it is compared with."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard.data import fetching, progress
from dashboard.data.view import View
from dashboard.drawing import charts
from dashboard.markdown import plain
from dashboard.sections.drivers import in_queues
from genesys.insights.reconciliation import OFFERED, reconcile, sentences
from genesys.kpis.catalogue import Unit
from genesys.kpis.formats import FEW
from genesys.moments import span
from genesys.words import counted
from reports.charts import outcomes_chart
from reports.data.figures import Rows
from reports.data.kept import kept
from reports.data.parts import parts_of
from reports.table import Column, Table


def draw(view: View) -> None:
    """The outcomes of both intervals side by side, and those of this one in sentences."""
    draw_chart(view)
    tell(view)


def tell(view: View) -> None:
    """The outcomes of this interval in sentences."""
    here, _ = progress.more(view, fetching.outcomes)
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in sentences(_reconciled(here))))


def draw_chart(view: View, *, low: bool = False) -> None:
    """The outcomes of both intervals side by side."""
    figures = view.figures
    st.header("Where the offered went")
    here, there = progress.more(view, fetching.outcomes)
    now, before = _reconciled(here), _reconciled(there)
    if now.empty:
        st.caption("No queue of this selection has such counts.")
        return
    has_before = in_queues(figures.before) and not before.empty
    caption = base_words(now)
    caption += (
        f" Pale bars: {span(figures.comparison.earlier, figures.zone)}."
        if has_before
        else " The comparison interval has no figures."
    )
    charts.draw(
        view,
        _chart(here, there if has_before else None, low=low),
        outcomes_table(now, before),
        "outcomes",
        alt="Where the offered went: the share of each outcome, in this and the earlier interval",
        caption=caption,
    )


def base_words(now: pd.DataFrame) -> str:
    """What all shares are of."""
    offered = int(now.loc[now["key"] == OFFERED.key, "count"].sum())
    return f"Shares of all {counted(offered, 'contact')} offered, of every media type."


@kept
def _reconciled(rows: Rows) -> pd.DataFrame:
    return reconcile(parts_of(rows))


@kept
def _chart(here: Rows, there: Rows | None, *, low: bool) -> go.Figure:
    return outcomes_chart(_reconciled(here), _reconciled(there) if there else None, low=low)


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
        both[f"share{side}"] = (
            100 * both[f"count{side}"].astype("Float64") / (whole if whole >= FEW else pd.NA)
        )
    columns = (
        Column("label", "Outcome"),
        Column("count", "Now", Unit.COUNT, "Interactions in this interval"),
        Column("share", "Share now", Unit.PERCENT, "Of what was offered in this interval"),
        Column("count_before", "Before", Unit.COUNT, "Interactions in the comparison interval"),
        Column("share_before", "Share before", Unit.PERCENT, "Of what was offered there"),
    )
    return Table("Where the offered went", columns, both, totals=1)
