"""The parts of a page that show figures: tiles and trend."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, Literal

import pandas as pd
import streamlit as st

from dashboard import verdicts
from dashboard.cells import NO_CHANGE, POINTS, signed
from dashboard.data import View
from dashboard.messages import plain
from dashboard.tables import download_name
from genesys.applicability import TRANSFERS_HELP, listed
from genesys.explanation import explain
from genesys.figures import figure, span
from genesys.intervals import Granularity
from genesys.kpis import KPI_BY_KEY, Better, Kpi
from genesys.rollup import time_basis
from genesys.targets import Across, Status
from genesys.trend import STEP_BY_KEY, trend
from reports.charts import trend_chart

KPI_ROW: Final = tuple(
    KPI_BY_KEY[key]
    for key in ("offered", "answer_pct", "abandon_pct", "service_level_pct", "asa_sec", "aht_sec")
)

DELTA_COLOURS: Final[Mapping[Better, Literal["normal", "inverse", "off"]]] = {
    Better.UP: "normal",
    Better.DOWN: "inverse",
    Better.BASELINE: "off",
    Better.NEITHER: "off",
}

TWO_DAYS: Final = timedelta(days=2, hours=1)
"""From this length on the tiles show days: hours of the night have few contacts."""


def kpi_row(view: View, kpis: tuple[Kpi, ...] = KPI_ROW) -> None:
    """A tile for each KPI over the whole selection: value, change, target, course, explanation."""
    said = verdicts.total(view, kpis)
    change, told = said.change.iloc[0], said.told.iloc[0]
    daily = view.interval.length > TWO_DAYS and view.step.granularity is not Granularity.DAY
    step = STEP_BY_KEY["day"] if daily else view.step
    course = trend(view.trend, view.interval, step, view.zone, kpis)
    with st.grid(len(kpis), min_column_width=132, key="kpis"):
        for kpi in kpis:
            line = course[kpi.key].dropna().astype(float).tolist()
            delta = signed(change[f"{kpi.key}_delta"], kpi)
            is_change = not (delta or "").startswith(NO_CHANGE)
            st.metric(
                kpi.label,
                figure(change[kpi.key], kpi.unit),
                # A laptop's tile has no room for the unit beside the mark; the caption names it.
                delta=delta and delta.removesuffix(POINTS),
                delta_color=DELTA_COLOURS[kpi.better] if is_change else "off",
                delta_arrow="auto" if is_change else "off",
                delta_description=_mark(kpi, told, said.across.get(kpi.key)),
                help=plain(f"{kpi.long}. {explain(kpi, told)} {TRANSFERS_HELP}"),
                border=True,
                chart_data=line if len(line) > 1 else None,
                chart_type="line",
            )


def _mark(kpi: Kpi, told: pd.Series[Any], across: Across | None) -> str | None:
    """How the whole selection stands to its target, in a few words."""
    if status := told.get(f"{kpi.key}_status"):
        return "few" if status == Status.FEW else str(status)
    return f"{across.met}/{across.groups}" if across and across.groups else None


def basis(view: View) -> None:
    """What the tiles rest on: the two intervals, and the media types of times."""
    of = time_basis(view.frame)
    others = frozenset(view.frame["media_type"].unique()) - of
    apart = (
        f"; {listed(others)} {'have' if len(others) > 1 else 'has'} rows below" if others else ""
    )
    words = (
        f"Changes, of percentages in points: {view.comparison.words}.",
        view.comparison.note,
        f"Times in totals are over {listed(of)}{apart}.",
        "Fractions in tiles: queues by media type that met their own target.",
    )
    st.caption(" ".join(filter(None, words)))


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
