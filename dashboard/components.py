"""The parts of a page that show figures: tiles and trend."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.data import View
from dashboard.tables import download_name
from genesys.figures import figure, span
from genesys.intervals import Granularity
from genesys.kpis import KPI_BY_KEY, Kpi
from genesys.rollup import rollup, time_basis
from genesys.trend import STEP_BY_KEY, trend
from reports.charts import trend_chart
from reports.theme import in_order

KPI_ROW: Final = tuple(
    KPI_BY_KEY[key]
    for key in ("offered", "answer_pct", "abandon_pct", "service_level_pct", "asa_sec", "aht_sec")
)

TWO_DAYS: Final = timedelta(days=2, hours=1)
"""From this length on the tiles show days: hours of the night have few contacts."""


def kpi_row(view: View, kpis: Sequence[Kpi] = KPI_ROW) -> None:
    """A tile for each KPI over the whole selection, with its course over the interval."""
    total = rollup(view.frame, [], kpis).iloc[0]
    daily = view.interval.length > TWO_DAYS and view.step.granularity is not Granularity.DAY
    step = STEP_BY_KEY["day"] if daily else view.step
    course = trend(view.trend, view.interval, step, view.zone, kpis)
    with st.grid(len(kpis), min_column_width=150, key="kpis"):
        for kpi in kpis:
            line = course[kpi.key].dropna().astype(float).tolist()
            st.metric(
                kpi.label,
                figure(total[kpi.key], kpi.unit),
                help=kpi.help,
                border=True,
                chart_data=line if len(line) > 1 else None,
                chart_type="line",
            )


def basis(view: View) -> None:
    """Over which media types the times of totals are."""
    of = in_order(time_basis(view.frame))
    others = [media for media in in_order(view.frame["media_type"].unique()) if media not in of]
    words = f"Times in totals are over {_and(of)}"
    if others:
        words += f"; {_and(others)} {'have' if len(others) > 1 else 'has'} rows below"
    st.caption(f"{words}. A conversation that visits two queues counts in both.")


def _and(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else "nothing"


def trend_by_media(view: View) -> None:
    """The course of one KPI by media type, which a row of buttons chooses."""
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.header("Trend by media type")
        label = st.segmented_control(
            "KPI of the trend",
            [kpi.label for kpi in KPI_ROW],
            default=KPI_ROW[0].label,
            required=True,
            label_visibility="collapsed",
            key="trend",
            bind="query-params",
        )
    kpi = next((kpi for kpi in KPI_ROW if kpi.label == label), KPI_ROW[0])
    rows = trend(view.trend, view.interval, view.step, view.zone, [kpi], ["media_type"])
    if rows[kpi.key].isna().all():
        st.caption(f"{kpi.label} has no value for these media types.")
        return
    picture = download_name(view, [kpi.label, "by media type"], "png")
    st.plotly_chart(
        trend_chart(rows, kpi, view.zone),
        key="trend-chart",
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
        alt=f"{kpi.label} by media type over {span(view.interval, view.zone)}",
    )
