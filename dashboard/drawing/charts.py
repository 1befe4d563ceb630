"""Drawing charts, with the table behind them."""

from __future__ import annotations

from pathlib import Path

import plotly.graph_objects as go
import streamlit as st

from dashboard.data.view import View
from dashboard.drawing import tables
from reports.table import Table


def draw(
    view: View, figure: go.Figure, table: Table, key: str, *, alt: str, caption: str = ""
) -> None:
    """A chart, its picture under a proper name, and the table behind it with its files."""
    picture = tables.download_name(view, [table.title], "png")
    st.plotly_chart(
        figure,
        key=key,
        config={
            "displaylogo": False,
            "modeBarButtons": [["toImage"]],
            "toImageButtonOptions": {
                "format": "png",
                "width": 1280,
                "height": 720,
                "scale": 2,
                "filename": Path(picture).stem,
            },
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
            tables.draw(view, table, f"{key}-rows", alt=f"{table.title}, as a table")
            tables.downloads(view, [table], key)
