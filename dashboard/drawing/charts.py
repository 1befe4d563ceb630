"""Drawing charts, with the table behind them."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from dashboard.data.view import View
from dashboard.drawing import tables
from dashboard.drawing.pictures import camera
from reports.table import Table


def draw(
    view: View,
    figure: go.Figure,
    table: Table,
    key: str,
    *,
    alt: str,
    caption: str = "",
    light: go.Figure | None = None,
    height: int | None = None,
) -> None:
    """A chart, its picture under a proper name, and the table behind it with its files.

    `light` is the chart for a light page, where the one drawn is for a dark one. `height`, in
    pixels, is another one than the chart's own, which its picture keeps.
    """
    st.plotly_chart(
        figure,
        height=height or "content",
        key=key,
        config={
            "displaylogo": False,
            "modeBarButtons": [["toImage"]],
            "toImageButtonOptions": camera(view, light or figure, table.title, caption),
        },
        alt=alt,
    )
    if caption:
        st.caption(caption)
    behind = st.expander(
        "As a table", icon=":material/table:", type="compact", key=f"{key}-table", on_change="rerun"
    )
    if behind.open:
        with behind:
            tables.draw(view, table, key, alt=f"{table.title}, as a table")
            tables.downloads(view, [table], key)
