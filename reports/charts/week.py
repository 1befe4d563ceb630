"""The week: a KPI in each hour of it, as a heat map."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import plotly.graph_objects as go

from genesys.kpis.catalogue import Better, Kpi, Unit
from genesys.kpis.columns import COLUMN_WORDS
from genesys.kpis.formats import FEW_WORDS, Durations, spoken, value_text
from genesys.moments import clock
from reports.charts.axes import NO_SINGLE, TRANSPARENT, Values
from reports.theme import MET_TINT, MORE_RAMP, NEUTRAL, WORSE_RAMP

HEIGHT: Final = 330
"""In pixels."""
DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
PALE: Final = 0.25
"""Opacity of the cells that rest on few contacts."""

_HOURS: Final = 24
_ROWS: Final[Values] = np.arange(len(DAYS), dtype=np.float64)

_READABLE_LETTERS: Final = 6
"""Values as long as this can be read in their cells."""

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
    target: float | None = None,
    several: bool = False,
    dark: bool = False,
    durations: Durations = Durations.SHORT,
) -> go.Figure:
    """A cell for each hour of the week, its first day on top, stronger where it is worse or more.

    With a `target`, in the KPI's unit, those that meet it have one colour, and the strength
    of the others begins there. That there are `several` targets is said.

    `table` is that of `insights.hotspots.by_weekday_and_hour`. Hours before the first and
    after the last with a value are left out, on all days alike. Cells of few contacts are
    pale and carry a dot, not their value, and are neither good nor bad; they do not stretch
    the scale. `dark` is for a dark page, into
    which the weak end of the scale fades.
    """
    shape = (len(DAYS), _HOURS)
    value = table["value"].to_numpy(dtype=np.float64, na_value=np.nan).reshape(shape)
    week = _Week(value, table["few"].to_numpy(dtype=bool).reshape(shape))
    said = _words(table, kpi, durations)[:, week.hours].tolist()
    numbers = _numbers(week.solid[:, week.hours], kpi, durations)
    cells: list[dict[str, Any]] = []
    if _any(week.solid):
        cells.append(_cells(week.solid, week.hours, said) | numbers)
    if _any(week.pale):
        cells.append(_cells(week.pale, week.hours, said) | _few(kpi))
    dots = [each.to_plotly_json() for each in _dots(week)]
    colours = _colours(week.scaled, kpi, target, durations, dark=dark)
    if several:
        colours["colorbar"]["title"]["text"] += f";<br>{NO_SINGLE}"
    days = [DAYS[day] for day in table["weekday"].iloc[::_HOURS]]
    return go.Figure([*cells, *dots], _layout(week, days) | {"coloraxis": colours})


def _any(values: Values) -> bool:
    return not np.isnan(values).all()


def _cells(values: Values, hours: npt.NDArray[np.intp], said: list[list[str]]) -> dict[str, Any]:
    return {
        "type": "heatmap",
        "x": (hours + 0.5).astype(np.float64),
        "y": _ROWS,
        "z": values[:, hours],
        "coloraxis": "coloraxis",
        "opacity": 1.0,
        "xgap": 2,
        "ygap": 2,
        "hoverongaps": False,
        "hovertext": said,
        "hoverinfo": "text",
    }


def _few(kpi: Kpi) -> dict[str, Any]:
    """How cells of few contacts look: pale, and grey where a colour would judge."""
    if not _is_judged(kpi):
        return {"opacity": PALE}
    grey = [[0, NEUTRAL], [1, NEUTRAL]]
    return {"opacity": PALE, "coloraxis": None, "colorscale": grey, "showscale": False}


def _numbers(values: Values, kpi: Kpi, durations: Durations) -> dict[str, Any]:
    """The values for their cells, without the sign of per cent; none where one is too long."""
    texts = [
        ["" if np.isnan(each) else value_text(each, kpi.unit, durations) for each in row]
        for row in values.tolist()
    ]
    short = [[text.removesuffix("\u00a0%").removesuffix(" %") for text in row] for row in texts]
    if max((len(text) for row in short for text in row), default=0) > _READABLE_LETTERS:
        return {}
    return {"text": short, "texttemplate": "%{text}"}


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


def _layout(week: _Week, days: list[str]) -> dict[str, Any]:
    quiet = {"showgrid": False, "zeroline": False, "automargin": True}
    return TRANSPARENT | {
        "height": HEIGHT,
        "margin": {"l": 8, "r": 20, "t": 8, "b": 8},
        "showlegend": False,
        "hovermode": "closest",
        "xaxis": quiet | _hour_axis(week),
        "yaxis": quiet | {"range": [len(DAYS) - 0.5, -0.5], "tickvals": _ROWS, "ticktext": days},
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


def _colours(
    scaled: Values, kpi: Kpi, target: float | None, durations: Durations, *, dark: bool
) -> dict[str, Any]:
    """The scale, stronger from its first value to its last or, where lower is worse, back."""
    low, high = _ends(scaled, kpi)
    if target is not None:
        low, high = min(low, target), max(high, target)
    met = None if target is None else (target - low) / (high - low)
    middle = (low + high) / 2
    ticks = {low, float(int(middle)) if kpi.unit is Unit.COUNT else middle, high}
    words = f"the stronger, the {'worse' if _is_judged(kpi) else 'higher'}"
    if target is not None:
        ticks = {low, target, high}
        words += "; green meets the target"
    return {
        "cmin": low,
        "cmax": high,
        "colorscale": _scale(kpi, met, dark=dark),
        "colorbar": _COLOUR_BAR
        | {
            "tickvals": sorted(ticks),
            "ticktext": [
                f"{'target ' if tick == target else ''}{value_text(tick, kpi.unit, durations)}"
                for tick in sorted(ticks)
            ],
            "title": {"text": words, "side": "top", "font": {"size": 12}},
        },
    }


def _scale(kpi: Kpi, met: float | None, *, dark: bool) -> list[Any]:
    """The colours from the least value to the greatest.

    `met`, a share of the way, is where the target stands: beyond it one colour is enough.
    """
    strength = (WORSE_RAMP if _is_judged(kpi) else MORE_RAMP)[dark]
    is_lower_worse = _is_lower_worse(kpi)
    if is_lower_worse:
        strength = strength[::-1]
    if met is None:
        return list(strength)
    first, last = (0.0, met) if is_lower_worse else (met, 1.0)
    stops = [(first, strength[0]), ((first + last) / 2, strength[1]), (last, strength[2])]
    even = [(at, MET_TINT[dark]) for at in ((met, 1.0) if is_lower_worse else (0.0, met))]
    return [*stops, *even] if is_lower_worse else [*even, *stops]


def _is_judged(kpi: Kpi) -> bool:
    return _is_lower_worse(kpi) or kpi.better is Better.DOWN


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
