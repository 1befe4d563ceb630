"""What changed on a page: a KPI against the comparison interval, and which groups moved it."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard.data.view import View
from dashboard.drawing import charts
from dashboard.markdown import plain
from genesys.kpis.catalogue import Kpi
from genesys.kpis.formats import spoken, value_text
from genesys.words import counted
from reports.charts.changes import visible
from reports.sections.drivers import (
    MOST_BARS,
    basis,
    drivers,
    drivers_table,
    ends_of,
    enough_of,
    has_both,
    headline,
    legend,
    moved,
    steps_table,
    total,
    waterfall,
)

MOST_SAID: Final = 5


def draw(view: View, kpi: Kpi) -> None:
    """The change of a KPI in one sentence, the groups that moved it, and the way between."""
    row = total(view.figures, kpi).iloc[0]
    st.markdown(headline(view.figures, kpi, view.selection.durations, strong="**"))
    st.caption(plain(" ".join(basis(view.figures, kpi, blended=view.selection.blended))))
    if kpi.numerator.endswith("_max"):
        st.info(
            f"{kpi.label} is the longest of all, and no sum of parts: no queue can be said to"
            " have moved it by so much.",
            icon=":material/info:",
        )
        return
    if not has_both(kpi, row):
        return
    _draw_drivers(view, kpi)
    _draw_waterfall(view, kpi)


def _draw_drivers(view: View, kpi: Kpi) -> None:
    figures, fewest = view.figures, view.selection.fewest
    st.header(f"What moved {spoken(kpi)}")
    enough = enough_of(moved(figures, kpi, fewest))
    shows = visible(enough["contribution"], kpi.unit)
    if not shows.any():
        least = f" with at least {counted(fewest, 'contact')}" if fewest else ""
        st.caption(f"No queue and media type{least} moved it by an amount that shows.")
        return
    charts.draw(
        view,
        drivers(figures, kpi, fewest, view.selection.durations),
        drivers_table(figures, kpi, fewest),
        "drivers",
        alt=f"What each queue and media type added to {kpi.label} or took off it, largest first",
        caption=legend(kpi, fewest, enough[shows].head(MOST_BARS)),
    )
    said = enough.loc[shows, "sentence"].head(MOST_SAID)
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in said))


def _draw_waterfall(view: View, kpi: Kpi) -> None:
    st.header("From the earlier interval to this one")
    figures, fewest = view.figures, view.selection.fewest
    before, after = (value_text(each, kpi.unit) for each in ends_of(figures, kpi))
    charts.draw(
        view,
        waterfall(figures, kpi, fewest, view.selection.durations),
        steps_table(figures, kpi, fewest),
        "waterfall",
        alt=f"{kpi.label} from {before} to {after}, by queue and media type",
    )
