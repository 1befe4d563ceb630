"""Series: the lines of a trend, each with how it looks and what lies beneath it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd

from genesys.analytics.frames import END, START
from genesys.kpis.catalogue import Kpi
from genesys.moments import bucket
from reports.charts.axes import Values, harmless, in_lines, values
from reports.charts.bands import Band, Wording
from reports.charts.clocks import Clock, Times
from reports.theme import MEDIA_DASHES, NEUTRAL, PALETTE, in_order, media_colour

MEDIA: Final = "media_type"

AVERAGE: Final = "Average of all queues"
"""The series of this name is drawn as what the others are compared with."""

FEW_POINTS: Final = 45
"""Up to so many buckets the markers are large."""


@dataclass(frozen=True, eq=False)
class Series:
    """One line to draw, and what lies beneath it, which is no longer.

    `now` are its values at local `times`, `before` those of the buckets of these names at
    `times_before`. Where the times say too little, `moments` are the names of its own buckets.
    `usual` is the band of what is, where that is known.
    """

    name: str
    times: Times
    now: Values
    times_before: Times
    buckets_before: npt.NDArray[np.object_]
    before: Values
    colour: str
    dash: str
    moments: npt.NDArray[np.object_] | None = None
    usual: Band | None = None

    @property
    def lines_of_name(self) -> list[str]:
        """The name as it stands beside the chart, on a line or on two."""
        return ["Average"] if self.name == AVERAGE else in_lines(self.name)

    @property
    def label(self) -> str:
        """The name behind a dot of the line's colour."""
        name = "<br>".join(map(harmless, self.lines_of_name))
        return f'<span style="color:{self.colour}">●</span> {name}'

    @property
    def last(self) -> float:
        """The last value that there is."""
        return float(self.now[~np.isnan(self.now)][-1])

    @property
    def highest(self) -> float:
        usual = [] if self.usual is None else [self.usual.high]
        return float(np.nanmax(np.concatenate([self.now, self.before, *usual])))

    def lines(self, wording: Wording, y: str, *, is_alone: bool) -> Iterator[dict[str, Any]]:
        """The traces, on the axis `y`; a line that is alone needs no dashes to be told apart."""
        dash = "solid" if is_alone and self.name != AVERAGE else self.dash
        if self.usual is not None:
            yield self.usual.drawn(self.times, self.colour) | {"yaxis": y, "zorder": -1}
        yield self._line(wording, y, dash)
        if len(self.before):
            yield self._line_before(wording, y, dash)

    def _line(self, wording: Wording, y: str, dash: str) -> dict[str, Any]:
        name, few = harmless(self.name), len(self.now) <= FEW_POINTS
        lead, moments = "", self.moments
        texts = [wording(each) for each in self.now]
        if self.usual is not None:
            texts = [
                f"{each}{words}"
                for each, words in zip(texts, self.usual.words(wording), strict=True)
            ]
        said: list[list[str]] = [[name, each] for each in texts]
        if moments is not None:
            lead = "%{customdata[2]} / "
            said = [[*words, moment] for words, moment in zip(said, moments, strict=True)]
        return {
            "type": "scatter",
            "name": name,
            "x": self.times,
            "y": self.now,
            "yaxis": y,
            "zorder": 1,
            "mode": "lines+markers",
            "line": {"color": self.colour, "width": 2, "dash": dash},
            "marker": {"color": self.colour, "size": 5 if few else 3},
            "connectgaps": False,
            "customdata": np.array(said),
            "hovertemplate": f"{lead}<b>%{{customdata[0]}} %{{customdata[1]}}</b><extra></extra>",
        }

    def _line_before(self, wording: Wording, y: str, dash: str) -> dict[str, Any]:
        """Drawn over the times of the line it lies beneath, and named by its own."""
        name = harmless(self.name)
        return {
            "type": "scatter",
            "name": f"{name}, before",
            "x": self.times_before,
            "y": self.before,
            "yaxis": y,
            "zorder": 0,
            "mode": "lines",
            "line": {"color": self.colour, "width": 1.25, "dash": dash},
            "opacity": 0.5,
            "connectgaps": False,
            "customdata": np.array(
                [
                    [when, name, wording(value)]
                    for when, value in zip(self.buckets_before, self.before, strict=True)
                ]
            ),
            "hovertemplate": "%{customdata[0]} / %{customdata[1]} %{customdata[2]}, before"
            "<extra></extra>",
        }


def series_of(
    trend: pd.DataFrame, earlier: pd.DataFrame | None, kpi: Kpi, zone: ZoneInfo, by: str
) -> list[Series]:
    """A series for each name in the column `by` that has any value, in order.

    With the columns of `insights.usual`, each has what is usual beneath it.
    """
    earlier = trend.iloc[:0] if earlier is None else earlier
    now, before = values(trend, kpi), values(earlier, kpi)
    places, places_before = _places(trend[by], now), _places(earlier[by], before)
    clock = Clock.of(trend, zone)
    times, moments = clock.of_rows(trend[START]), _buckets(trend, zone)
    beneath, buckets = clock.beneath(earlier, zone), _buckets(earlier, zone)
    names = in_order(places) if by == MEDIA else list(places)
    band = Band.of(trend)
    made = []
    for name, (colour, dash) in zip(names, _looks(names, by), strict=True):
        at = places[name]
        under = _in_order(places_before.get(name, at[:0]), beneath)
        made.append(
            Series(
                name,
                times[at],
                now[at],
                beneath[under],
                buckets[under],
                before[under],
                colour,
                dash,
                moments[at] if clock.goes_back else None,
                band and band.of_rows(at),
            )
        )
    return made


def _places(names: pd.Series[str], points: Values) -> dict[str, npt.NDArray[np.intp]]:
    """The rows of each name that has any value, in order of appearance."""
    numbers, known = pd.factorize(names)
    places = {str(name): np.flatnonzero(numbers == each) for each, name in enumerate(known)}
    return {name: at for name, at in places.items() if not np.isnan(points[at]).all()}


def _in_order(
    rows: npt.NDArray[np.intp], times: npt.NDArray[np.datetime64]
) -> npt.NDArray[np.intp]:
    """The rows that have a time, in its order."""
    rows = rows[~np.isnat(times[rows])]
    return rows[np.argsort(times[rows], kind="stable")]


def _buckets(rows: pd.DataFrame, zone: ZoneInfo) -> npt.NDArray[np.object_]:
    """The name of each row's bucket; made once for all series, as it takes time."""
    ends = dict(zip(rows[START], rows[END], strict=True))
    names = {start: bucket(start.to_pydatetime(), end - start, zone) for start, end in ends.items()}
    return np.array([names[start] for start in rows[START]], dtype=object)


def _looks(names: Sequence[str], by: str) -> list[tuple[str, str]]:
    """Colour and dashes of each: those of its media type, or the next ones of the palette."""
    if by == MEDIA:
        return [(media_colour(name), MEDIA_DASHES.get(name, "solid")) for name in names]
    following = islice(zip(cycle(PALETTE), cycle(MEDIA_DASHES.values()), strict=False), len(names))
    return [
        (NEUTRAL, "dash") if name == AVERAGE else look
        for name, look in zip(names, following, strict=True)
    ]
