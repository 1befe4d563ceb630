"""The course of KPIs over time on a page, against the comparison interval."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard.data import organization
from dashboard.data.usual import weeks_before
from dashboard.data.view import View
from dashboard.drawing import charts
from genesys.kpis.catalogue import Kpi
from genesys.moments import span
from reports.charts.trend import HEIGHT
from reports.sections import trend

EARLIER: Final = "Show the earlier period"


def earlier_too() -> bool:
    """Whether the earlier period is to be drawn as well, which a switch says; it is in the URL."""
    return st.toggle(EARLIER, key="before", bind="query-params")


def by_media(
    view: View, kpi: Kpi, title: str, key: str = "trend-chart", *, apart: bool, height: int = HEIGHT
) -> None:
    """The course of a KPI by media type, on demand against the comparison interval."""
    figures, chosen = view.figures, view.selection
    if not trend.has_values(figures, kpi, view.shown_step, blended=chosen.blended):
        st.caption(f"{kpi.label} has no value here.")
        return
    made = trend.by_media(
        figures,
        kpi,
        view.shown_step,
        title,
        organization.targets(),
        earlier=earlier_too(),
        apart=apart,
        blended=chosen.blended,
        durations=chosen.durations,
        height=height,
        weeks=weeks_before(view, kpi, view.shown_step),
    )
    alt = f"{title}, {span(figures.interval, figures.zone)}"
    charts.draw(view, made.chart, made.table, key, alt=alt, caption=made.caption)
