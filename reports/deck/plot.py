"""Plots: what a native chart of a slide is made of, whatever drew it before."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from genesys.kpis.catalogue import Unit
from genesys.kpis.formats import MINUS
from genesys.kpis.sheets import SECONDS_A_DAY

_SLIVER: Final = 0.1

HOUR: Final = 3600


class Kind(StrEnum):
    COLUMNS = "stacked columns"
    LINES = "lines"
    BARS = "bars beside each other"
    STEPS = "stacked bars, the lowest of them invisible"


@dataclass(frozen=True)
class Number:
    """How a chart and its workbook hold values: divided by `scale`, in this format."""

    scale: float
    form: str

    def held(self, value: float) -> float:
        return value / self.scale


_MINUTES: Final = Number(SECONDS_A_DAY, "[m]:ss")
_HOURS: Final = Number(SECONDS_A_DAY, "[h]:mm:ss")

VALUES: Final[Mapping[Unit, Number]] = {
    Unit.COUNT: Number(1, "#,##0"),
    Unit.PERCENT: Number(100, "0.0 %"),
    Unit.SECONDS: _MINUTES,
}

CHANGES: Final[Mapping[Unit, Number]] = {
    Unit.COUNT: Number(1, f'+#,##0;"{MINUS}"#,##0;0'),
    Unit.PERCENT: Number(1, f'+0.0" pts";"{MINUS}"0.0" pts";0.0" pts"'),
    Unit.SECONDS: Number(1, f'+#,##0.0" s";"{MINUS}"#,##0.0" s";0.0" s"'),
}


def number_of(unit: Unit, highest: float, *, is_change: bool) -> Number:
    """How values up to `highest` of this unit are held."""
    if is_change:
        return CHANGES[unit]
    return _HOURS if unit is Unit.SECONDS and highest >= HOUR else VALUES[unit]


@dataclass(frozen=True)
class Series:
    """A series: a value for each category, None where there is a gap.

    `inks` are colours of single points, `hatched` which of them are, `labels` words at their
    ends, or the values themselves where it is `numbered`. One that is `quiet` is not in the
    legend; `dash` is one of plotly's.
    """

    name: str
    points: tuple[float | None, ...]
    colour: str
    inks: tuple[str, ...] = ()
    hatched: tuple[bool, ...] = ()
    labels: tuple[str, ...] = ()
    numbered: bool = False
    dash: str = "solid"
    width: float = 2.25
    marked: bool = False
    quiet: bool = False


@dataclass(frozen=True)
class Axis:
    """The axis of values, in their unit; one that is `hidden` has no ticks."""

    low: float
    high: float
    step: float = 0.0
    hidden: bool = False


@dataclass(frozen=True)
class Plot:
    """A chart of one kind over categories; `title` stands above it and `note` below."""

    kind: Kind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    number: Number
    axis: Axis
    title: str = ""
    note: str = ""

    @property
    def told(self) -> tuple[Series, ...]:
        """The series of a legend; none where the title or the words at bars name them."""
        if self.kind in (Kind.BARS, Kind.STEPS) or (self.kind is Kind.LINES and self.title):
            return ()
        return tuple(each for each in self.series if each.colour and not each.quiet)

    @property
    def goes_left(self) -> bool:
        """Whether bars go left of zero by more than a sliver."""
        return -self.axis.low > self.axis.high * _SLIVER


def axis_to(top: float, unit: Unit, step: float = 0.0, ticks: int = 4) -> Axis:
    """An axis from zero to about `top`, with round steps; `step` is one that is known."""
    if not top > 0:
        return Axis(0, 1, 1)
    if unit is Unit.PERCENT and ticks * 12.5 < top <= 100:
        return Axis(0, 100, 25 if ticks > 2 else 50)
    size = step or _round(top / ticks)
    size = max(size, 1.0) if unit is Unit.COUNT else size
    return Axis(0, math.ceil(top / size - 1e-9) * size, size)


def _round(least: float) -> float:
    """The next of 1, 2, 2.5, 5, 10 and so on."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(each * power for each in (1, 2, 2.5, 5, 10) if each * power >= least * 0.999)
