"""The week: a KPI in each hour of it, as a heat map."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import plotly.graph_objects as go

from genesys.insights.drivers import spoken
from genesys.kpis.catalogue import COLUMN_WORDS, Better, Kpi, Unit
from genesys.kpis.formats import FEW_WORDS, Durations, figure
from genesys.moments import clock
from reports.charts.axes import TRANSPARENT, Values
from reports.theme import NEUTRAL

HEIGHT: Final = 330
DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
PALE: Final = 0.25
"""Opacity of the cells that rest on few contacts."""

_HOURS: Final = 24

# From the page's side of the scale to the strong one; the first is seen on the page still.
_MORE: Final = {False: ("#E3ECFA", "#5B8FE0", "#123F87"), True: ("#17243B", "#3A66AD", "#9CC2FF")}
_WORSE: Final = {False: ("#FAE9DE", "#E08A55", "#8F2F05"), True: ("#2E1C14", "#A3552A", "#FFB088")}


def week_chart(
    table: pd.DataFrame,
    kpi: Kpi,
    *,
    dark: bool = False,
    durations: Durations = Durations.SHORT,
) -> go.Figure:
    """A cell for each hour of the week, Monday on top, stronger where it is worse or more.

    `table` is that of `insights.hotspots.by_weekday_and_hour`. Hours before the first and
    after the last with a value are left out, on all days alike. Cells of few contacts are
    pale and carry a dot; they do not stretch the scale. `dark` is for a dark page, into
    which the weak end of the scale fades.
    """
    grid: Values = table["value"].to_numpy(dtype=np.float64, na_value=np.nan)
    grid = grid.reshape(len(DAYS), _HOURS)
    few = table["few"].to_numpy(dtype=bool).reshape(grid.shape)
    filled = np.flatnonzero(~np.isnan(grid).all(axis=0))
    hours = np.arange(filled[0], filled[-1] + 1) if filled.size else np.arange(_HOURS)
    rows: Values = np.arange(len(DAYS), dtype=np.float64)
    said = _words(table, kpi, durations)
    traces: list[go.Heatmap | go.Scatter] = []
    for of_few, opacity in ((False, 1.0), (True, PALE)):
        cells = np.where(few == of_few, grid, np.nan)
        if not np.isnan(cells).all():
            cells_of = go.Heatmap(
                x=(hours + 0.5).astype(np.float64),
                y=rows,
                z=cells[:, hours],
                coloraxis="coloraxis",
                opacity=opacity,
                xgap=2,
                ygap=2,
                hoverongaps=False,
                hovertext=said[:, hours].tolist(),
                hoverinfo="text",
            )
            traces.append(cells_of)
    if few.any():
        days, at = np.nonzero(few)
        dots = {"color": NEUTRAL, "size": 4}
        traces.append(
            go.Scatter(x=at + 0.5, y=rows[days], mode="markers", marker=dots, hoverinfo="skip")
        )
    step = 2 if len(hours) <= 14 else 3
    ticks = np.arange(hours[0] + -hours[0] % step, hours[-1] + 2, step)
    quiet = {"showgrid": False, "zeroline": False, "automargin": True}
    return go.Figure(
        traces,
        TRANSPARENT
        | {
            "height": HEIGHT,
            "margin": {"l": 8, "r": 20, "t": 8, "b": 8},
            "showlegend": False,
            "hovermode": "closest",
            "coloraxis": _colours(np.where(few, np.nan, grid), grid, kpi, durations, dark=dark),
            "xaxis": quiet
            | {
                "range": [hours[0], hours[-1] + 1],
                "tickvals": ticks,
                "ticktext": [clock(tick) for tick in ticks],
                "tickangle": 0,
                "tickfont": {"size": 11},
                "title": {"text": f"● {FEW_WORDS}" if few.any() else "", "font": {"size": 12}},
            },
            "yaxis": quiet
            | {
                "range": [len(DAYS) - 0.5, -0.5],
                "tickvals": rows,
                "ticktext": DAYS,
            },
        },
    )


def _words(table: pd.DataFrame, kpi: Kpi, durations: Durations) -> npt.NDArray[np.object_]:
    """What hovering says of each cell."""
    events = COLUMN_WORDS[kpi.denominator or f"{kpi.metrics[0]}_count"]
    is_of_events = bool(kpi.denominator) or kpi.unit is not Unit.COUNT
    said = []
    for day, hour, value, n, few in zip(
        *(table[name] for name in ("weekday", "hour", "value", "n", "few")), strict=True
    ):
        lines = [
            f"{DAYS[day]} {clock(hour)} – {clock(hour + 1)}",
            f"<b>{spoken(kpi)} {figure(value, kpi.unit, durations)}</b>",
        ]
        lines += [f"n = {n:,} {events}"] if is_of_events else []
        lines += [FEW_WORDS] if few else []
        said.append("<br>".join(lines))
    return np.array(said, dtype=object).reshape(len(DAYS), _HOURS)


def _colours(
    solid: Values, grid: Values, kpi: Kpi, durations: Durations, *, dark: bool
) -> dict[str, object]:
    """The scale: from nothing, or from all where lower is worse, to the strongest cell.

    A mean that is neither good nor bad begins at its least cell, as it is never near zero.
    """
    known = next((each for each in (solid, grid) if not np.isnan(each).all()), np.zeros(1))
    low, high = float(np.nanmin(known)), float(np.nanmax(known))
    lower_is_worse = bool(kpi.better is Better.UP and kpi.denominator)
    is_judged = lower_is_worse or kpi.better is Better.DOWN
    if lower_is_worse:
        high = 100.0
    elif is_judged or not kpi.denominator:
        low = 0.0
    if low == high:
        low, high = (low - 1, high) if lower_is_worse else (low, high + 1)
    middle = (low + high) / 2
    ticks = sorted({low, float(int(middle)) if kpi.unit is Unit.COUNT else middle, high})
    scale = (_WORSE if is_judged else _MORE)[dark]
    return {
        "cmin": low,
        "cmax": high,
        "colorscale": list(reversed(scale)) if lower_is_worse else list(scale),
        "colorbar": {
            "orientation": "h",
            "thickness": 8,
            "len": 0.45,
            "x": 1.0,
            "xanchor": "right",
            "y": 1.0,
            "yanchor": "bottom",
            "ypad": 5,
            "outlinewidth": 0,
            "tickvals": ticks,
            "ticktext": [figure(tick, kpi.unit, durations) for tick in ticks],
            "title": {
                "text": f"the stronger, the {'worse' if is_judged else 'higher'}",
                "side": "top",
                "font": {"size": 12},
            },
        },
    }
