"""The trend: a line for each media type or queue over time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from genesys.kpis.catalogue import Kpi
from genesys.kpis.formats import Durations, value_text
from genesys.metrics import VOICE_LIKE
from reports.charts.axes import (
    CAMERA,
    HEADROOM,
    LOW_DAYS,
    NARROW_DAYS,
    TRANSPARENT,
    letters,
    target_line,
    time_axis,
    value_axis,
)
from reports.charts.bands import Wording
from reports.charts.end_labels import End, end_labels
from reports.charts.series import AVERAGE, MEDIA, Series, series_of

HEIGHT: Final = 366
PANEL_HEIGHT: Final = 125

LOW: Final = 176
"""Up to this height no month stands below the days."""

_LABEL_PX: Final = 20
_LINE_PX: Final = 16
"""What a label of one line takes, and each more line of it."""
_LETTER_PX: Final = 6.6
_X_AXIS_PX: Final = 101
"""About what the times below the panels and the camera above them take."""
_PANEL_GAP: Final = 0.24
"""Between two panels, as a share of one."""


@dataclass(frozen=True, eq=False)
class _Panel:
    """The series that share a panel, and the one target of all of them.

    The value axes of panels of one `scale` are alike.
    """

    y: str
    scale: str
    series: Sequence[Series]
    target: float | None
    wording: Wording

    @property
    def highest(self) -> float:
        return max((self.target or 0.0, *(each.highest for each in self.series)))

    @property
    def target_words(self) -> str:
        return "" if self.target is None else f"target {self.wording(self.target)}"

    @property
    def lines(self) -> Iterator[dict[str, Any]]:
        for each in self.series:
            yield from each.lines(self.wording, self.y, is_alone=len(self.series) == 1)

    @property
    def level(self) -> Iterator[dict[str, Any]]:
        """The target as a line, if there is one."""
        if self.target is not None:
            yield target_line(self.target, self.y)

    def labels(self, top: float, gap: float) -> list[dict[str, Any]]:
        ends = [End(each.last, each.label, 13) for each in self.series]
        if self.target is not None:
            ends.append(End(self.target, self.target_words, 12))
        return end_labels(ends, self.y, top * HEADROOM, gap)


@dataclass(frozen=True, eq=False)
class _Sheet:
    """Panels one above another over the same times."""

    panels: Sequence[_Panel]
    least: int

    @property
    def height(self) -> int:
        """All of it, in pixels: two low panels are as high as one."""
        many = len(self.panels)
        labels = len(self.panels[0].series) if many == 1 else round(2 / self.share)
        panels = self.least if many == 1 else min(PANEL_HEIGHT, self.least // 2) * many
        return max(panels, _X_AXIS_PX + self.label_height * labels)

    @property
    def share(self) -> float:
        """What a panel takes of the height."""
        return 1 / (len(self.panels) + _PANEL_GAP * (len(self.panels) - 1))

    @property
    def label_room(self) -> int:
        """What the widest label takes, in pixels."""
        names = [line for each in self.series for line in each.lines_of_name]
        words = [panel.target_words for panel in self.panels]
        return round(max(map(letters, names + words), default=0.0) * _LETTER_PX)

    @property
    def series(self) -> list[Series]:
        return [each for panel in self.panels for each in panel.series]

    @property
    def label_height(self) -> int:
        """The least distance of two labels."""
        lines = max((len(each.lines_of_name) for each in self.series), default=1)
        return _LABEL_PX + _LINE_PX * (lines - 1)

    @property
    def labels(self) -> Iterator[dict[str, Any]]:
        gap = self.label_height / ((self.height - _X_AXIS_PX) * self.share)
        for panel in self.panels:
            yield from panel.labels(self.top(panel), gap)

    def top(self, panel: _Panel) -> float:
        """Where the panel's value axis ends."""
        return max(each.highest for each in self.panels if each.scale == panel.scale) or 1.0

    def value_axes(self, kpi: Kpi, durations: Durations) -> dict[str, Any]:
        """An axis for each panel, the first on top."""
        ticks = 5 if len(self.panels) == 1 else 3
        axes = {}
        for number, panel in enumerate(self.panels):
            upper = max(1 - number * self.share * (1 + _PANEL_GAP), self.share)
            axis = value_axis(kpi, self.top(panel), ticks, durations)
            axes[f"yaxis{panel.y[1:]}"] = axis | {"domain": [upper - self.share, upper]}
        return axes


def trend_chart(
    trend: pd.DataFrame,
    kpi: Kpi,
    zone: ZoneInfo,
    *,
    earlier: pd.DataFrame | None = None,
    targets: Mapping[str, float] | None = None,
    apart: bool = False,
    by: str = MEDIA,
    durations: Durations = Durations.SHORT,
    height: int = HEIGHT,
) -> go.Figure:
    """A line for each series over local time, named at its end.

    `trend` has rows for every bucket and series, as `kpis.trend` gives them; the column
    `by` names the series. A bucket without a value is a gap. Series that have no value at
    all are left out. `apart` gives each series a panel of its own, all with one value axis.
    Times of media types always have one, and share the axis where somebody waits in them
    all: seconds, minutes and days on one axis would show the days alone.

    `earlier` is such a frame of the comparison interval: its n-th bucket is drawn beneath
    the n-th, as far as both go. `targets` are in the KPI's unit, by series; one is drawn
    where all series of a panel share it. `height`, in pixels, is that of one panel. Where the
    trend has the columns of `insights.usual`, a pale band beneath each line is what is usual.
    """
    series = series_of(trend, earlier, kpi, zone, by)
    is_apart = bool(series) and (apart or (kpi.is_time and by == MEDIA))
    wording = partial(value_text, unit=kpi.unit, durations=durations)
    panels = [
        _Panel(
            f"y{number + 1}" if number else "y",
            _scale(each, kpi) if is_apart and by == MEDIA else "",
            each,
            _target(each, targets or {}),
            wording,
        )
        for number, each in enumerate([[each] for each in series] if is_apart else [series])
    ]
    sheet = _Sheet(panels, height)
    axes = sheet.value_axes(kpi, durations) | {
        "xaxis": _times(trend, zone, panels[-1].y, is_low=height <= LOW)
    }
    return go.Figure([line for panel in panels for line in panel.lines], _layout(sheet) | axes)


def _scale(panel: Sequence[Series], kpi: Kpi) -> str:
    """One for all, but times of a media type that nobody waits in have their own."""
    (only,) = panel
    return only.name if kpi.is_time and only.name not in VOICE_LIKE else ""


def _target(panel: Sequence[Series], targets: Mapping[str, float]) -> float | None:
    """The one target of all series of a panel; an average is held to none."""
    values = {targets.get(each.name, np.nan) for each in panel if each.name != AVERAGE}
    value = values.pop() if len(values) == 1 else np.nan
    return None if np.isnan(value) else value


def _times(trend: pd.DataFrame, zone: ZoneInfo, lowest: str, *, is_low: bool) -> dict[str, Any]:
    """The axis of all panels, below the lowest."""
    days = LOW_DAYS if is_low else NARROW_DAYS
    return time_axis(trend, zone, days) | {"anchor": "y1" if lowest == "y" else lowest}


def _layout(sheet: _Sheet) -> dict[str, Any]:
    return TRANSPARENT | {
        "height": sheet.height,
        "margin": {"l": 8, "r": 30 + sheet.label_room, "t": CAMERA, "b": 8},
        "showlegend": False,
        "hovermode": "x unified",
        "hoversubplots": "axis",
        "shapes": [line for panel in sheet.panels for line in panel.level],
        "annotations": list(sheet.labels),
    }
