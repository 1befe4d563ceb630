"""The week: a KPI in each hour of it, as a heat map."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import plotly.graph_objects as go

from genesys.kpis.catalogue import COLUMN_WORDS, Better, Kpi, Unit
from genesys.kpis.formats import FEW_WORDS, Durations, spoken, value_text
from genesys.moments import clock
from reports.charts.axes import TRANSPARENT, Values
from reports.theme import NEUTRAL

HEIGHT: Final = 330
DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
PALE: Final = 0.25
"""Opacity of the cells that rest on few contacts."""

_HOURS: Final = 24
_ROWS: Final[Values] = np.arange(len(DAYS), dtype=np.float64)

# From the page's side of the scale to the strong one; the first is seen on the page still.
_MORE: Final = {False: ("#E3ECFA", "#5B8FE0", "#123F87"), True: ("#17243B", "#3A66AD", "#9CC2FF")}
_WORSE: Final = {False: ("#FAE9DE", "#E08A55", "#8F2F05"), True: ("#2E1C14", "#A3552A", "#FFB088")}

_COLOUR_BAR: Final[dict[str, object]] = {
    "orientation": "h",
    "thickness": 8,
    "len": 0.45,
    "x": 1.0,
    "xanchor": "right",
    "y": 1.0,
    "yanchor": "bottom",
    "ypad": 5,
    "outlinewidth": 0,
}
"""Small, above the chart's right end."""


@dataclass(frozen=True, eq=False)
class _Week:
    """A cell for each hour of each day: its value, and whether it rests on few contacts."""

    value: Values
    few: npt.NDArray[np.bool_]

    @property
    def hours(self) -> npt.NDArray[np.intp]:
        """Those from the first to the last that has a value on any day."""
        filled = np.flatnonzero(~np.isnan(self.value).all(axis=0))
        return np.arange(filled[0], filled[-1] + 1) if filled.size else np.arange(_HOURS)

    @property
    def solid(self) -> Values:
        return np.where(self.few, np.nan, self.value)

    @property
    def pale(self) -> Values:
        return np.where(self.few, self.value, np.nan)

    @property
    def scaled(self) -> Values:
        """The values that stretch the scale: those that rest on enough, if there are any."""
        return next((each for each in (self.solid, self.value) if _any(each)), np.zeros(1))


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
    shape = (len(DAYS), _HOURS)
    value = table["value"].to_numpy(dtype=np.float64, na_value=np.nan).reshape(shape)
    week = _Week(value, table["few"].to_numpy(dtype=bool).reshape(shape))
    said = _words(table, kpi, durations)[:, week.hours].tolist()
    cells = [
        _cells(each[:, week.hours], week.hours, opacity, said)
        for each, opacity in ((week.solid, 1.0), (week.pale, PALE))
        if _any(each)
    ]
    layout = _layout(week) | {"coloraxis": _colours(week.scaled, kpi, durations, dark=dark)}
    return go.Figure([*cells, *_dots(week)], layout)


def _any(values: Values) -> bool:
    return not np.isnan(values).all()


def _cells(
    values: Values, hours: npt.NDArray[np.intp], opacity: float, said: list[list[str]]
) -> go.Heatmap:
    return go.Heatmap(
        x=(hours + 0.5).astype(np.float64),
        y=_ROWS,
        z=values,
        coloraxis="coloraxis",
        opacity=opacity,
        xgap=2,
        ygap=2,
        hoverongaps=False,
        hovertext=said,
        hoverinfo="text",
    )


def _dots(week: _Week) -> Iterator[go.Scatter]:
    """A dot in each cell of few contacts, so that its paleness never stands alone."""
    if week.few.any():
        days, hours = np.nonzero(week.few)
        yield go.Scatter(
            x=hours + 0.5,
            y=_ROWS[days],
            mode="markers",
            marker={"color": NEUTRAL, "size": 4},
            hoverinfo="skip",
        )


def _layout(week: _Week) -> dict[str, Any]:
    quiet = {"showgrid": False, "zeroline": False, "automargin": True}
    return TRANSPARENT | {
        "height": HEIGHT,
        "margin": {"l": 8, "r": 20, "t": 8, "b": 8},
        "showlegend": False,
        "hovermode": "closest",
        "xaxis": quiet | _hour_axis(week),
        "yaxis": quiet | {"range": [len(DAYS) - 0.5, -0.5], "tickvals": _ROWS, "ticktext": DAYS},
    }


def _hour_axis(week: _Week) -> dict[str, Any]:
    first, last = week.hours[0], week.hours[-1]
    step = 2 if len(week.hours) <= 14 else 3
    ticks = np.arange(first + -first % step, last + 2, step)
    return {
        "range": [first, last + 1],
        "tickvals": ticks,
        "ticktext": [f"{tick:02}:00" for tick in ticks],
        "tickangle": 0,
        "tickfont": {"size": 11},
        "title": {"text": f"● {FEW_WORDS}" if week.few.any() else "", "font": {"size": 12}},
    }


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
            f"<b>{spoken(kpi)} {value_text(value, kpi.unit, durations)}</b>",
        ]
        lines += [f"n = {n:,} {events}"] if is_of_events else []
        lines += [FEW_WORDS] if few else []
        said.append("<br>".join(lines))
    return np.array(said, dtype=object).reshape(len(DAYS), _HOURS)


def _colours(scaled: Values, kpi: Kpi, durations: Durations, *, dark: bool) -> dict[str, object]:
    """The scale, stronger from its first value to its last or, where lower is worse, back."""
    lower_is_worse = _is_lower_worse(kpi)
    is_judged = lower_is_worse or kpi.better is Better.DOWN
    low, high = _ends(scaled, kpi)
    middle = (low + high) / 2
    ticks = sorted({low, float(int(middle)) if kpi.unit is Unit.COUNT else middle, high})
    scale = (_WORSE if is_judged else _MORE)[dark]
    return {
        "cmin": low,
        "cmax": high,
        "colorscale": list(reversed(scale)) if lower_is_worse else list(scale),
        "colorbar": _COLOUR_BAR
        | {
            "tickvals": ticks,
            "ticktext": [value_text(tick, kpi.unit, durations) for tick in ticks],
            "title": {
                "text": f"the stronger, the {'worse' if is_judged else 'higher'}",
                "side": "top",
                "font": {"size": 12},
            },
        },
    }


def _is_lower_worse(kpi: Kpi) -> bool:
    return kpi.better is Better.UP and bool(kpi.denominator)


def _ends(scaled: Values, kpi: Kpi) -> tuple[float, float]:
    """From nothing to the greatest value, or to all where lower is worse.

    A mean that is neither good nor bad begins at its least value, as it is never near zero.
    """
    low, high = float(np.nanmin(scaled)), float(np.nanmax(scaled))
    if _is_lower_worse(kpi):
        return (low - 1 if low == 100.0 else low), 100.0
    if kpi.better is Better.DOWN or not kpi.denominator:
        low = 0.0
    return low, (high + 1 if low == high else high)
