"""The course of KPIs over time on a page, against the comparison interval."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard.data import organization
from dashboard.data.view import View
from dashboard.drawing import charts
from genesys.kpis.catalogue import Kpi
from genesys.moments import span
from reports.charts.trend import HEIGHT
from reports.sections.trend import (
    BY_MEDIA,
    MOST_LINES,
    caption,
    chart,
    contacts_of,
    course,
    fullest,
    table,
    targets_of,
)

EARLIER: Final = "Show the earlier period"


def earlier_too() -> bool:
    """Whether the earlier period is to be drawn as well, which a switch says; it is in the URL."""
    return st.toggle(EARLIER, key="before", bind="query-params")


def by_media(
    view: View, kpi: Kpi, title: str, key: str = "trend-chart", *, apart: bool, height: int = HEIGHT
) -> None:
    """The course of a KPI by media type, on demand against the comparison interval.

    `apart` gives each media type a panel of its own, as times have always one. In one panel
    are at most five lines.
    """
    figures, chosen, step = view.figures, view.selection, view.shown_step
    rows = course(figures, (kpi,), step, BY_MEDIA, blended=chosen.blended)
    names = list(rows.loc[rows[kpi.key].notna(), "media_type"].astype(str).unique())
    if not names:
        st.caption(f"{kpi.label} has no value here.")
        return
    most = len(names) if apart or kpi.is_time else MOST_LINES
    shown = fullest(names, dict(contacts_of(figures, "media_type")), most)
    earlier = earlier_too()
    drawn = chart(
        figures,
        kpi,
        step,
        targets_of(figures, kpi, "media_type", organization.targets()),
        media_types=shown,
        earlier=earlier,
        apart=apart,
        blended=chosen.blended,
        durations=chosen.durations,
        height=height,
    )
    charts.draw(
        view,
        drawn,
        table(figures, title, kpi, step, blended=chosen.blended),
        key,
        alt=f"{title}, {span(figures.interval, figures.zone)}",
        caption=caption(figures, names, shown, earlier=earlier),
    )
