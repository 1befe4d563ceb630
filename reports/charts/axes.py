"""What charts share: harmless names, and axes that people can read."""

from __future__ import annotations

import html
import unicodedata
from datetime import timedelta
from itertools import accumulate
from typing import Any, Final, TypeAlias
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd
import plotly.graph_objects as go

from genesys.analytics.frames import END, START
from genesys.kpis.catalogue import Kpi, Unit
from genesys.kpis.formats import Durations, value_text
from reports.charts.clocks import Clock
from reports.theme import DARK, INK, NEUTRAL, PAPER

Values: TypeAlias = npt.NDArray[np.float64]

HEADROOM: Final = 1.08
"""The axis goes beyond the greatest value by this factor."""

TRANSPARENT: Final[dict[str, Any]] = {
    "paper_bgcolor": "rgba(0,0,0,0)",
    "plot_bgcolor": "rgba(0,0,0,0)",
    "hoverlabel": {
        "bgcolor": DARK.ground,
        "bordercolor": NEUTRAL,
        "font": {"color": DARK.ink},
        "align": "left",
    },
}
"""The page shows through, white or dark, and what is said on hovering is read on both."""

CAMERA: Final = 38
"""Room above a chart for the camera that appears there, so that it covers no name of a line."""

NAME_LETTERS: Final = 20
"""About so many letters of a name stand on a line beside a chart."""

HOURS_ON_AXIS: Final = pd.Timedelta(days=2, hours=1)
"""Up to this length a time axis names hours, not only days."""

NARROW_DAYS: Final = "%a<br>%-d\n%b"
WIDE_DAYS: Final = "%a %-d\n%b"
LOW_DAYS: Final = "%a<br>%-d"
"""How days stand below a chart: where they are close, where they are not, and where it is low."""

NO_SINGLE: Final = "no single target"
"""Said where one target would be drawn: there are several, or some have none."""

_TICK_HOURS: Final = (1, 2, 3, 4, 6, 12)
_TICK_DAYS: Final = (1, 2, 7, 14)
_TICK_MONTHS: Final = (1, 2, 3, 6, 12, 24)
_TICKS: Final = 7
_HOUR_MS: Final = 3_600_000
_HOUR: Final = pd.Timedelta(hours=1)
_DAY: Final = pd.Timedelta(days=1)
_A_MONDAY: Final = "2000-01-03"

_TICK_SECONDS: Final = tuple(
    factor * unit
    for unit, factors in (
        (1, (1, 2, 5, 10, 15, 30)),
        (60, (1, 2, 5, 10, 15, 30)),
        (3600, (1, 2, 4, 8, 12)),
        (86400, (1, 2, 5, 10, 20, 50)),
    )
    for factor in factors
)


def harmless(text: str) -> str:
    """A name as plotly text that shows it letter by letter: plotly reads tags and links."""
    return html.escape(text, quote=False)


def letters(text: str) -> float:
    """How many common letters are as wide as the text, about."""
    return sum(map(_width, text))


def _width(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0
    if unicodedata.east_asian_width(letter) in "WF":
        return 2
    return 1.35 if letter.isupper() or letter in "mw%@—" else 1


def shortened(name: str, most: int) -> str:
    """The name, ended with "…" where it is wider than about so many letters."""
    if letters(name) <= most:
        return name
    fitting = sum(width <= most - 1 for width in accumulate(map(_width, name)))
    return f"{name[:fitting].rstrip()}…"


def in_lines(name: str, most: int = NAME_LETTERS) -> list[str]:
    """The name on a line or on two, the second ended with "…" where there is still more."""
    if letters(name) <= most:
        return [name]
    fitting = sum(width <= most for width in accumulate(map(_width, name)))
    gap = name.rfind(" ", 1, fitting + 1)
    first = name[: gap if gap > 0 else fitting]
    return [first.rstrip(), shortened(name[len(first) :].lstrip(), most)]


def beside(name: str) -> str:
    """The name as it stands beside a chart, letter by letter."""
    return "<br>".join(map(harmless, in_lines(name)))


def target_line(target: float, y: str) -> dict[str, Any]:
    """A target across the plot, at its value on the axis `y`."""
    return {
        "type": "line",
        "xref": "x domain",
        "x0": 0,
        "x1": 1,
        "yref": y,
        "y0": target,
        "y1": target,
        "line": {"color": NEUTRAL, "width": 1.25, "dash": "4px,3px"},
    }


def tick_marks(
    at: Values, rows: Values, height: int, hover: list[str]
) -> tuple[go.Scatter, go.Scatter]:
    """A mark across each bar, so many pixels high: dark with a white edge, for any page."""
    white, dark = (
        go.Scatter(
            x=at,
            y=rows,
            mode="markers",
            marker={
                "symbol": "line-ns",
                "size": height,
                "line": {"color": colour, "width": width},
            },
            cliponaxis=False,
            hovertext=hover,
            hoverinfo="text",
        )
        for colour, width in ((PAPER, 4), (INK, 2))
    )
    return white, dark


def end_texts(at: Values, rows: Values, words: list[str]) -> go.Scatter:
    """A text to the right of each place, in the page's own ink."""
    return go.Scatter(
        x=at,
        y=rows,
        mode="text",
        text=[f"  {each}" for each in words],
        textposition="middle right",
        cliponaxis=False,
        hoverinfo="skip",
    )


def time_axis(buckets: pd.DataFrame, zone: ZoneInfo, days: str = NARROW_DAYS) -> dict[str, object]:
    """An axis of local time with a few ticks, each where a bucket may start.

    `buckets` has `interval_start` and `interval_end`; `days` is how a day is named. Ticks that
    are weeks apart are where weeks begin; Mondays where buckets are shorter.
    """
    axis: dict[str, object] = {
        "showgrid": False,
        "zeroline": False,
        "automargin": True,
        "tickangle": 0,
    }
    if buckets.empty:
        return axis
    start = buckets[START].min()
    span = buckets[END].max() - start
    length = (buckets[END] - buckets[START]).max()
    midnight = start.tz_convert(zone).tz_localize(None).normalize()
    has_hours = length < pd.Timedelta(hours=23)
    moment = "%a %-d %b %Y, %H:%M" if has_hours else "%a %-d %b %Y"
    axis["unifiedhovertitle"] = {"text": f"%{{x|{moment}}}"}
    clock = Clock.of(buckets, zone)
    if has_hours and span <= HOURS_ON_AXIS:
        return axis | _twice(clock, _hour_ticks(span, midnight))
    week = _A_MONDAY
    if length > 6 * _DAY:
        week = buckets[END].min().tz_convert(zone).tz_localize(None).normalize()
    return axis | _twice(clock, _day_ticks(span, length, midnight, days, week))


def _twice(clock: Clock, ticks: dict[str, Any]) -> dict[str, Any]:
    """The ticks with an hour twice where the clocks go back; hovering says it for each line."""
    step = ticks["dtick"]
    if not clock.goes_back or isinstance(step, str):
        return ticks
    first, every = pd.Timestamp(ticks["tick0"]), timedelta(milliseconds=step)
    labels = clock.labels(first, every, str(ticks["tickformat"]))
    return labels | {"unifiedhovertitle": {"text": " "}}


def _hour_ticks(span: pd.Timedelta, midnight: pd.Timestamp) -> dict[str, Any]:
    hours = next(each for each in _TICK_HOURS if span / (each * _HOUR) < _TICKS)
    return {"tick0": midnight, "dtick": hours * _HOUR_MS, "tickformat": "%H:%M\n%a %-d %b"}


def _day_ticks(
    span: pd.Timedelta, length: pd.Timedelta, midnight: pd.Timestamp, names: str, week: object
) -> dict[str, Any]:
    """A tick every so many days or, where those were too many or buckets are long, months."""
    for days in _TICK_DAYS:
        if length < 2 * _DAY * days and span / (_DAY * days) <= _TICKS + 0.5:
            return {
                "tick0": midnight if days < 7 else week,
                "dtick": 24 * days * _HOUR_MS,
                "tickformat": names,
            }
    months = next((each for each in _TICK_MONTHS if span / (30 * _DAY * each) <= _TICKS), 24)
    return {"tick0": "2000-01-01", "dtick": f"M{months}", "tickformat": "%b\n%Y"}


def values(rows: pd.DataFrame, kpi: Kpi) -> Values:
    """The KPI's values as plotly takes them; NaN is a gap."""
    return rows[kpi.key].to_numpy(dtype=np.float64, na_value=np.nan)


def value_axis(
    kpi: Kpi, top: float, ticks: int = 5, durations: Durations = Durations.SHORT
) -> dict[str, object]:
    """An axis from zero to `top`, in the KPI's unit, with about so many ticks."""
    axis: dict[str, object] = {
        "rangemode": "tozero",
        "range": [0, top * HEADROOM],
        "automargin": True,
        "zeroline": True,
        "zerolinecolor": NEUTRAL,
        "zerolinewidth": 1,
    }
    if kpi.unit is Unit.SECONDS:
        step = next((step for step in _TICK_SECONDS if top / step <= ticks), _TICK_SECONDS[-1])
        at = list(range(0, int(top * HEADROOM) + 1, step))
        return axis | {
            "tickvals": at,
            "ticktext": [value_text(tick, kpi.unit, durations) for tick in at],
        }
    if kpi.unit is Unit.PERCENT:
        return axis | {"tickformat": ",.2~f", "ticksuffix": " %"}
    return axis | {"tickformat": ",d"} | ({"dtick": 1} if top < 5 else {})
