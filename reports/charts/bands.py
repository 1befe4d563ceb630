"""The pale band of what is usual, beneath a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from genesys.insights.usual import HIGH, LOW
from reports.charts.axes import Values

_OPACITY: Final = 0.22

Wording: TypeAlias = Callable[[float], str]
"""How a value is written."""


@dataclass(frozen=True, eq=False)
class Band:
    """Between which two values lies what is usual, bucket by bucket; NaN where nothing is."""

    low: Values
    high: Values

    @classmethod
    def of(cls, rows: pd.DataFrame) -> Band | None:
        """That of the rows of a course, if anything is usual in them."""
        if HIGH not in rows:
            return None
        band = cls(*(rows[name].to_numpy(np.float64) for name in (LOW, HIGH)))
        return None if band.is_empty else band

    def of_rows(self, rows: npt.NDArray[np.intp]) -> Band | None:
        """That of some buckets, if anything is usual in them."""
        band = Band(self.low[rows], self.high[rows])
        return None if band.is_empty else band

    @property
    def is_empty(self) -> bool:
        """Whether nothing is usual in any bucket."""
        return bool(np.isnan(self.high).all())

    def drawn(self, times: npt.NDArray[np.datetime64], colour: str) -> dict[str, Any]:
        """An area in the colour of its line, with a gap where nothing is usual."""
        runs = list(self._runs())
        gap = np.array([np.datetime64("NaT")], dtype=times.dtype)
        x = [part for run in runs for part in (times[run], times[run][::-1], gap)]
        y = [part for run in runs for part in (self.low[run], self.high[run][::-1], [np.nan])]
        return {
            "type": "scatter",
            "x": np.concatenate(x),
            "y": np.concatenate(y),
            "mode": "lines",
            "line": {"width": 0},
            "fill": "toself",
            "fillcolor": colour,
            "opacity": _OPACITY,
            "hoverinfo": "skip",
        }

    def words(self, wording: Wording) -> Iterator[str]:
        """What is behind each value: what is usual, or nothing."""
        for low, high in zip(self.low.tolist(), self.high.tolist(), strict=True):
            yield (
                "" if np.isnan(high) else f" (usual {wording(round(low))} – {wording(round(high))})"
            )

    def _runs(self) -> Iterator[slice]:
        """The stretches of buckets that have something usual."""
        known = np.concatenate([[False], ~np.isnan(self.high), [False]])
        starts = np.flatnonzero(known[1:] & ~known[:-1])
        ends = np.flatnonzero(~known[1:] & known[:-1])
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            yield slice(start, end)
