"""The parts of a page that show figures: tiles and trend."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

import pandas as pd
import streamlit as st

from dashboard.data import verdicts
from dashboard.data.groups import kpi_column
from dashboard.data.view import View
from dashboard.drawing import tables
from dashboard.drawing.cells import NO_CHANGE, signed
from dashboard.markdown import plain
from dashboard.selecting import session
from genesys.analytics.frames import END, START
from genesys.insights.explanation import explain
from genesys.kpis.applicability import TRANSFERS_HELP, listed, time_words
from genesys.kpis.catalogue import Better, Kpi
from genesys.kpis.formats import figure
from genesys.kpis.rollup import time_basis
from genesys.kpis.trend import trend
from genesys.targets import Across, Status
from genesys.words import bucket, span
from reports.charts import trend_chart
from reports.table import Column, Table

DELTA_COLOURS: Final[Mapping[Better, Literal["normal", "inverse", "off"]]] = {
    Better.UP: "normal",
    Better.DOWN: "inverse",
    Better.BASELINE: "off",
    Better.NEITHER: "off",
}

FRACTIONS: Final = "Fractions in tiles: queues by media type that met their own target."

MOST_TILES: Final = 6
"""In one row."""

FOCUS: Final = "service_level_pct"


def focus(view: View, label: str = "KPI") -> Kpi:
    """The one of the chosen KPIs that charts and the matrix show, which a row of buttons chooses.

    It is in the URL, and goes along from page to page.
    """
    kpis = {kpi.label: kpi for kpi in view.selection.kpi_rows()}
    first = next((kpi.label for kpi in kpis.values() if kpi.key == FOCUS), next(iter(kpis)))
    return kpis[session.focus(label, list(kpis), first)]


def kpi_row(view: View, kpis: tuple[Kpi, ...] = (), key: str = "kpis") -> None:
    """A tile for each KPI over the whole view: value, change, target, course, explanation."""
    kpis = kpis or view.selection.kpi_rows()
    tiles = verdicts.kept(view, lambda: _tiles(view, kpis), "tiles", kpis)
    with st.grid(min(len(kpis), MOST_TILES), min_column_width=132, key=key):
        for tile in tiles:
            st.metric(**tile)


def _tiles(view: View, kpis: tuple[Kpi, ...]) -> list[dict[str, Any]]:
    """What `st.metric` is to show for each KPI."""
    said, course = verdicts.total(view, kpis), course_of(view, kpis)
    durations = view.selection.durations
    change, told = said.change.iloc[0], said.told.iloc[0]
    tiles = []
    for kpi in kpis:
        line = course[kpi.key].dropna().astype(float).tolist()
        # A laptop's tile has no room for the unit beside the mark; the caption names it.
        delta = signed(change[f"{kpi.key}_delta"], kpi.unit, durations, points="")
        is_change = not (delta or "").startswith(NO_CHANGE)
        tiles.append(
            {
                "label": kpi.label,
                "value": figure(change[kpi.key], kpi.unit, durations),
                "delta": delta,
                "delta_color": DELTA_COLOURS[kpi.better] if is_change else "off",
                "delta_arrow": "auto" if is_change else "off",
                "delta_description": _mark(kpi, told, said.across.get(kpi.key)),
                "help": plain(f"{kpi.long}. {explain(kpi, told)} {TRANSFERS_HELP}"),
                "border": True,
                "height": "stretch",
                "chart_data": line if len(line) > 1 else None,
                "chart_type": "line",
            }
        )
    return tiles


def _mark(kpi: Kpi, told: pd.Series[Any], across: Across | None) -> str | None:
    """How the whole selection stands to its target, in a few words."""
    if status := told.get(f"{kpi.key}_status"):
        return "few" if status == Status.FEW else str(status)
    return f"{across.met}/{across.groups}" if across and across.groups else None


def basis(view: View) -> None:
    """What the tiles rest on: the two intervals, and the media types of times."""
    st.caption(verdicts.kept(view, lambda: _basis(view), "basis", view.selection.kpis))


def _basis(view: View) -> str:
    said = verdicts.total(view, view.selection.kpi_rows())
    of = time_basis(view.frame)
    others = frozenset(view.frame["media_type"].unique()) - of
    apart = f"; {listed(others)} apart" if others else ""
    times = f"Times in totals are over {listed(of)}{apart}."
    if view.selection.blended:
        times = f"{time_words(view.frame, blended=True)}."
    words = (
        f"Changes, of percentages in points: {view.comparison.words}.",
        view.comparison.note,
        times,
        FRACTIONS if any(each.groups for each in said.across.values()) else "",
    )
    return " ".join(filter(None, words))


def course_of(
    view: View,
    kpis: tuple[Kpi, ...],
    by: tuple[str, ...] = (),
    *,
    earlier: bool = False,
) -> pd.DataFrame:
    """`kpis.trend.trend` of a view, or of its earlier interval, worked out once."""
    step = view.shown_step
    frame = view.trend_earlier if earlier else view.trend
    interval = view.comparison.earlier if earlier else view.interval
    return verdicts.kept(
        view,
        lambda: trend(frame, interval, step, view.zone, kpis, by, blended=view.selection.blended),
        "course",
        kpis,
        by,
        earlier,
        step,
    )


def trend_by_media(view: View, kpi: Kpi, key: str = "trend-chart", *, apart: bool = False) -> None:
    """The course of a KPI by media type against the comparison interval."""
    by = ("media_type",)
    rows, before = (course_of(view, (kpi,), by, earlier=each) for each in (False, True))
    if rows[kpi.key].isna().all():
        st.caption(f"{kpi.label} has no value for these media types.")
        return
    chart = verdicts.kept(
        view,
        lambda: trend_chart(
            rows, kpi, view.zone, earlier=before, apart=apart, durations=view.selection.durations
        ),
        "trend chart",
        kpi,
        apart,
    )
    title = f"{kpi.label} by media type over time"
    table = verdicts.kept(
        view,
        lambda: course_table(view, title, kpi, rows, Column("media_type", "Media type")),
        "trend table",
        kpi,
    )
    tables.chart(
        view,
        chart,
        table,
        key,
        alt=f"{title}, {span(view.interval, view.zone)}",
        caption=f"Pale lines: {span(view.comparison.earlier, view.zone)}.",
    )


def course_table(
    view: View, title: str, kpi: Kpi, rows: pd.DataFrame, name: Column | None = None
) -> Table:
    """The table behind a trend: buckets in order, with the names of their series."""
    starts = [
        bucket(start, end - start, view.zone)
        for start, end in zip(rows[START], rows[END], strict=True)
    ]
    columns = (Column("bucket", "Begins"), *filter(None, [name]), kpi_column(kpi))
    return Table(title, columns, rows.assign(bucket=starts))
