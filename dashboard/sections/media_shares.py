"""How the offered is spread over media types, and how that has shifted."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard.data.view import View
from dashboard.drawing import charts
from genesys.kpis.catalogue import Unit
from genesys.moments import span
from reports.charts import shares_chart
from reports.data import verdicts
from reports.data.figures import Figures
from reports.data.groups import OFFERED
from reports.data.kept import kept
from reports.table import Column, Table

TITLE = "Share of the offered"

_COLUMNS = (
    Column("media_type", "Media type"),
    Column("count", "Offer", Unit.COUNT, OFFERED.help),
    Column("share", "Share", Unit.PERCENT, "Offer / Offer of all media types."),
    Column("count_earlier", "Offer before", Unit.COUNT, "In the comparison interval."),
    Column("share_earlier", "Share before", Unit.PERCENT, "In the comparison interval."),
    Column("shift", "Shift", Unit.PERCENT, "Share less share before.", is_change=True),
)


def draw(view: View) -> None:
    """The shares as bars, with a mark where each was before."""
    st.header(TITLE)
    table = shares(view.figures)
    if table.rows.empty:
        st.caption("Nothing was offered in this interval or in the one before.")
        return
    charts.draw(
        view,
        _chart(view.figures),
        table,
        "shares",
        alt=f"{TITLE} by media type, {span(view.figures.interval, view.figures.zone)}",
    )
    st.caption(f"Before: {span(view.figures.comparison.earlier, view.figures.zone)}.")


@kept
def _chart(figures: Figures) -> go.Figure:
    return shares_chart(shares(figures).rows)


@kept
def shares(figures: Figures) -> Table:
    """Each media type's share of the offered now and before, largest first."""
    changes = verdicts.changes(figures, ("media_type",), (OFFERED,), blended=False)
    now, before = (
        changes[name].astype("float64") for name in (OFFERED.key, f"{OFFERED.key}_earlier")
    )
    share, earlier = (
        Unit.PERCENT.scaled(each / (each.sum() or float("nan"))) for each in (now, before)
    )
    rows = pd.DataFrame(
        {
            "media_type": changes["media_type"].astype(str),
            "count": now,
            "share": share,
            "count_earlier": before,
            "share_earlier": earlier,
            "shift": share - earlier,
        }
    )
    known = rows[rows[["count", "count_earlier"]].max(axis="columns") > 0]
    return Table(
        TITLE,
        _COLUMNS,
        known.sort_values("count", ascending=False, kind="stable", ignore_index=True),
    )
