"""A chart of the workbook before it is drawn: its values, which stand in cells, and its looks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from genesys.kpis.catalogue import Unit


class Kind(StrEnum):
    """How a chart shows its values."""

    STACKED = "stacked columns"
    COLUMNS = "columns"
    BARS = "bars"


@dataclass(frozen=True)
class Series:
    """A row of values, one for each category; None is no value.

    `colours` is one for all of them, or one for each. A `line` is drawn over the columns, a
    `goal` is a dash above each category.
    """

    name: str
    values: tuple[float | None, ...]
    colours: tuple[str, ...]
    is_line: bool = False
    is_goal: bool = False


@dataclass(frozen=True)
class Drawing:
    """A chart: `alt` says in words what it shows, `heading` what its categories are."""

    title: str
    alt: str
    kind: Kind
    unit: Unit
    heading: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
