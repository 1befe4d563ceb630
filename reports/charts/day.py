"""The day: a KPI over its hours, against the usual day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import plotly.graph_objects as go

from genesys.day_clock import ORDINARY, DayClock
from genesys.kpis.catalogue import Kpi, Unit
from genesys.kpis.formats import Durations, value_text
from genesys.moments import clock as time_of_day
from genesys.words import counted
from reports.charts.axes import CAMERA, HEADROOM, TRANSPARENT, Values, target_line, value_axis
from reports.charts.bands import Band
from reports.charts.end_labels import End, end_labels
from reports.theme import NEUTRAL

HEIGHT: Final = 326

_MIDNIGHT: Final = np.datetime64("2000-01-03T00:00")
"""Any day without a clock change: the axis shows times alone."""

_TICKS: Final = 9
_STEPS: Final = (1, 2, 3, 6)
"""At most so many ticks, every so many hours."""

_MARGIN: Final = np.timedelta64(15, "m")
_LABEL_GAP: Final = 0.075
"""Least distance of the two labels, as a share of the plot's height."""


@dataclass(frozen=True, eq=False)
class _Line:
    """A course over the day, and how it looks and is named."""

    name: str
    hover: str
    course: Values
    colour: str
    dash: str
    marker: int
    sign: str

    @property
    def end(self) -> End:
        """Its name where it ends."""
        last = float(self.course[~np.isnan(self.course)][-1])
        return End(last, f'<span style="color:{self.colour}">{self.sign}</span> {self.name}', 13)


def day_chart(
    table: pd.DataFrame,
    kpi: Kpi,
    *,
    colour: str,
    target: float | None = None,
    clock: DayClock = ORDINARY,
    durations: Durations = Durations.SHORT,
) -> go.Figure:
    """The day as a line in `colour`, the usual one dashed and grey, both named at the right.

    So is the `target`, in the KPI's unit, a thin line.

    `table` is that of `insights.usual_day.usual_day`, by the day's `clock`. Buckets that
    neither has are gaps. Where it has the columns of `insights.usual`, a pale band shows what is.
    """
    table = _without_holes(table)
    moments = tuple(map(clock.time, table["minute"])) if clock.back else ()
    times = _MIDNIGHT + table["minute"].to_numpy(dtype="timedelta64[m]")
    lines, band = _lines(table, colour), Band.of(table)
    courses = [line.course for line in lines] + ([] if band is None else [band.high])
    highest = [float(np.nanmax(each)) for each in courses]
    goal = target if lines else None
    top = max([*highest, goal or 0.0]) or 1.0
    ends = [line.end for line in lines]
    if goal is not None:
        ends.append(End(goal, f"target {value_text(goal, kpi.unit, durations)}", 12))
    pale = [] if band is None else [go.Scatter(band.drawn(times, NEUTRAL))]
    return go.Figure(
        [*pale, *(_drawn(line, times, kpi, durations, moments) for line in lines)],
        TRANSPARENT
        | {
            "height": HEIGHT,
            "margin": {"l": 8, "r": 80 if goal is None else 110, "t": CAMERA, "b": 8},
            "showlegend": False,
            "hovermode": "x unified",
            "annotations": end_labels(ends, "y", top * HEADROOM, _LABEL_GAP),
            "shapes": [] if goal is None else [target_line(goal, "y")],
            "xaxis": _clock_axis(times) | _twice(table, clock),
            "yaxis": value_axis(kpi, top, durations=durations) | {"zeroline": False},
        },
    )


def _lines(table: pd.DataFrame, colour: str) -> list[_Line]:
    """The usual day and above it this day, as far as they have any value."""
    value, usual = (
        table[name].to_numpy(dtype=np.float64, na_value=np.nan) for name in ("value", "usual")
    )
    days = int(table["days"].max()) if len(table) else 0
    of_days = f"usual ({counted(days, 'day')})"
    both = (
        _Line("usual", of_days, usual, NEUTRAL, "dash", 2, "╌"),
        _Line("this day", "this day", value, colour, "solid", 5, "●"),
    )
    return [line for line in both if not np.isnan(line.course).all()]


def _clock_axis(times: npt.NDArray[np.datetime64]) -> dict[str, Any]:
    return {
        "range": [times[0] - _MARGIN, times[-1] + _MARGIN] if len(times) else None,
        "tickformat": "%H:%M",
        "hoverformat": "%H:%M",
        "tickangle": 0,
        "ticklabelstandoff": 6,
        "showgrid": False,
        "zeroline": False,
        "automargin": True,
    }


def _twice(table: pd.DataFrame, clock: DayClock) -> dict[str, Any]:
    """Ticks by a clock that goes back; what hovering says has each line's own time."""
    if not clock.back or table.empty:
        return {}
    first, last = (clock.minute(each) for each in (table["minute"].min(), table["minute"].max()))
    hours = np.arange(first // 60, last // 60 + 1)
    shown = hours[hours % next(step for step in _STEPS if len(hours) <= _TICKS * step) == 0]
    places = clock.places(60 * shown, np.zeros(len(shown), dtype=np.bool_))
    return {
        "tickmode": "array",
        "tickvals": _MIDNIGHT + places.astype("timedelta64[m]"),
        "ticktext": [time_of_day(int(hour)) for hour in shown],
        "unifiedhovertitle": {"text": " "},
    }


def _drawn(
    line: _Line,
    times: npt.NDArray[np.datetime64],
    kpi: Kpi,
    durations: Durations,
    moments: Sequence[str],
) -> go.Scatter:
    """The line; `moments` are its times where the axis cannot tell them."""
    shown = np.rint(line.course) if kpi.unit is Unit.COUNT else line.course
    said = [value_text(each, kpi.unit, durations) for each in shown]
    words = f"{line.hover} <b>%{{customdata}}</b><extra></extra>"
    if moments:
        words = f"%{{customdata[1]}} / {line.hover} <b>%{{customdata[0]}}</b><extra></extra>"
    return go.Scatter(
        name=line.name,
        x=times,
        y=line.course,
        mode="lines+markers",
        line={"color": line.colour, "width": 2, "dash": line.dash},
        marker={"color": line.colour, "size": line.marker},
        connectgaps=False,
        customdata=np.array([*zip(said, moments, strict=True)] if moments else said),
        hovertemplate=words,
    )


def _without_holes(table: pd.DataFrame) -> pd.DataFrame:
    """The table with a row for each bucket from its first to its last."""
    minutes = table["minute"].to_numpy()
    if len(minutes) < 2:
        return table
    every = np.arange(minutes[0], minutes[-1], np.diff(minutes).min())
    whole = table.set_index("minute").reindex(np.union1d(every, minutes))
    return whole.rename_axis("minute").reset_index()
