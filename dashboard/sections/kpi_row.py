"""The tiles on a page, and the choice of the KPI that the charts below show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

import streamlit as st

from dashboard.data import organization
from dashboard.data.usual import offered_before
from dashboard.data.view import View
from dashboard.markdown import plain
from dashboard.selecting import session
from genesys.insights.comparison import Verdict
from genesys.kpis.catalogue import Kpi
from reports.charts.sparkline import sparkline
from reports.sections import tiles as made
from reports.sections.tiles import Tile

DELTA_COLOURS: Final[Mapping[str, Literal["green", "red", "off"]]] = {
    Verdict.BETTER: "green",
    Verdict.WORSE: "red",
}


ARROWS: Final[Mapping[bool | None, Literal["up", "down", "off"]]] = {
    True: "up",
    False: "down",
    None: "off",
}
"""Streamlit's own choice knows no sign but the hyphen."""

MOST_TILES: Final = 6
"""In one row."""

FOCUS: Final = "service_level_pct"


def focus(view: View, label: str = "KPI", *, opening: Kpi | None = None) -> Kpi:
    """The one of the chosen KPIs that charts and the matrix show, which a row of buttons chooses.

    It is in the URL, and goes along from page to page; a page may open on one of its own.
    """
    kpis = {kpi.label: kpi for kpi in view.selection.kpi_rows()}
    first = next((kpi.label for kpi in kpis.values() if kpi.key == FOCUS), next(iter(kpis)))
    return kpis[session.focus(label, list(kpis), first, opening.label if opening else "")]


def draw(view: View, kpis: tuple[Kpi, ...] = (), key: str = "kpis") -> None:
    """A tile for each KPI over the whole view: value, change, target, course, explanation."""
    chosen = view.selection
    kpis = kpis or chosen.kpi_rows()
    tiles = made.tiles(
        view.figures,
        kpis,
        organization.targets(),
        view.shown_step,
        blended=chosen.blended,
        durations=chosen.durations,
        weeks=offered_before(view) if view.figures.is_running else None,
    )
    with st.grid(min(len(kpis), MOST_TILES), min_column_width=132, key=key):
        for tile in tiles:
            with st.container(border=True, height="stretch", gap=None):
                _draw(tile)


def _draw(tile: Tile) -> None:
    st.metric(
        tile.kpi.label,
        tile.text,
        tile.change or None,
        delta_color=DELTA_COLOURS.get(tile.verdict, "off"),
        delta_arrow=ARROWS[tile.rises],
        # Lines break between the parts and not within them.
        delta_description=" ".join(part.replace(" ", "\u00a0") for part in tile.below) or None,
        help=plain(tile.help),
    )
    if len(tile.course) > 1:
        st.html(sparkline(tile.course, tile.course_words))


def basis(view: View) -> None:
    """What the tiles rest on: the two intervals, and the media types of times."""
    chosen = view.selection
    st.caption(
        made.basis(view.figures, chosen.kpi_rows(), organization.targets(), blended=chosen.blended)
    )
