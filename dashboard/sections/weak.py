"""The hours of the day in which a queue and media type misses a target it meets otherwise."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from dashboard.data import verdicts
from dashboard.data.view import View
from dashboard.markdown import plain
from genesys.insights.drivers import group_name
from genesys.insights.hotspots import WeakHours, weak_hours
from genesys.kpis.catalogue import KPI_BY_KEY, Unit
from genesys.kpis.formats import figure
from genesys.kpis.rollup import GROUP
from genesys.organization.directory import Directory

MOST: Final = 5
"""Those that lack most are shown."""

LEVEL: Final = KPI_BY_KEY["service_level_pct"]


def draw(view: View, fine: pd.DataFrame) -> None:
    """A sentence for each; nothing where no hours are weak."""
    found = verdicts.kept(view, lambda: _found(view, fine), "weak hours")
    if not found:
        return
    st.header("Hours that miss their target")
    st.markdown("\n".join(f"- {plain(sentence(each, view.directory))}" for each in found[:MOST]))
    if len(found) > MOST:
        st.caption(f"The {MOST} of {len(found):,} that lack most to their target.")


def sentence(weak: WeakHours, directory: Directory) -> str:
    """Weak hours in words."""
    inside, elsewhere, target = (
        figure(each, Unit.PERCENT) for each in (weak.value, weak.elsewhere, weak.target)
    )
    return (
        f"{group_name(weak.queue_id, weak.media_type, directory)} misses its target of {target}"
        f" from {weak.first_hour}:00 to {weak.end_hour}:00 on {weak.missed} of {weak.days} days:"
        f" {inside} of {weak.n:,} in time, against {elsewhere} of {weak.n_elsewhere:,} in all"
        " other hours."
    )


def _found(view: View, fine: pd.DataFrame) -> tuple[WeakHours, ...]:
    marks = verdicts.groups(view, GROUP, (LEVEL,)).marks
    return weak_hours(fine, marks, view.zone)
