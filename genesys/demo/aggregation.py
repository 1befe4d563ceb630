"""From a checked query to figures: every event falls into one cell, a group and a bucket."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from .body import View
from .checks import Query
from .contacts import Column, Table
from .faults import too_large
from .filters import Groups, grouped
from .history import History
from .measures import MEASURE_BY_NAME, MEASURES, Measure
from .organization import Organization
from .workload import Ints

MOST_CELLS = 60_000_000
BIG = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Asked:
    """A series of an answer: a metric's measure, or a view on one."""

    name: str
    measure: Measure
    view: View | None = None

    def values(self, rows: Table) -> Column:
        """The measure's values; those outside a view's range are -1."""
        values = self.measure.values(rows)
        if self.view is None:
            return values
        low = self.view.range.gte if self.view.range.gte is not None else 0
        high = self.view.range.lt if self.view.range.lt is not None else BIG
        return np.where((values >= low) & (values < high), values, -1)


class Series:
    """Count, sum, least and greatest value of one series in each row of the answer."""

    def __init__(self, rows: int) -> None:
        self.count = np.zeros(rows, np.int64)
        self.sum = np.zeros(rows, np.int64)
        self.min = np.full(rows, BIG)
        self.max = np.full(rows, -1, np.int64)

    def add(self, row: Ints, values: Ints) -> None:
        np.add.at(self.count, row, 1)
        np.add.at(self.sum, row, values)
        np.minimum.at(self.min, row, values)
        np.maximum.at(self.max, row, values)


@dataclass(frozen=True)
class Figures:
    """An answer's rows, in order of group and bucket, and what each series has in them."""

    groups: Groups
    edges: Ints
    group: Ints
    bucket: Ints
    series: dict[str, tuple[Asked, Series]]


def asked_of(query: Query) -> tuple[Asked, ...]:
    """The series to make, those of metrics in name order; metrics without work have none."""
    wanted = set(query.metrics)
    if "oServiceLevel" in wanted:
        wanted.add("oServiceTarget")
    metrics = [Asked(measure.name, measure) for measure in MEASURES if measure.name in wanted]
    views = [
        Asked(view.name, MEASURE_BY_NAME[view.target], view)
        for view in query.views
        if view.target in MEASURE_BY_NAME
    ]
    return (*metrics, *views)


@dataclass(frozen=True)
class Events:
    """The events a query covers, day by day; what is not known yet, or no more, is left out."""

    history: History
    edges: Ints
    groups: Groups
    span: tuple[int, int]

    def each(self, asked: tuple[Asked, ...]) -> Iterator[tuple[str, Ints, Ints]]:
        """Name, cells and values of each series and day."""
        start = max(int(self.edges[0]), self.span[0])
        end = min(int(self.edges[-1]), self.span[1])
        if start >= end or not self.groups.names:
            return
        for day in self.history.days(start, end):
            for name in {each.measure.table for each in asked}:
                cells, rows = self._within(day[name], start, end)
                for each in asked:
                    if each.measure.table == name:
                        values = each.values(rows)
                        counts = values >= 0
                        yield each.name, cells[counts], values[counts].astype(np.int64)

    def _within(self, table: Table, start: int, end: int) -> tuple[Ints, Table]:
        low, high = np.searchsorted(table.time, (start, end))
        group = self.groups.of_stream[table.stream[low:high]]
        rows = np.flatnonzero(group >= 0)
        time = table.time[low:high][rows]
        bucket = np.searchsorted(self.edges, time, side="right") - 1
        columns = {name: column[low:high][rows] for name, column in table.columns.items()}
        part = Table(time, table.stream[low:high][rows], columns)
        return group[rows] * (len(self.edges) - 1) + bucket, part


def aggregate(
    organization: Organization, history: History, query: Query, now: datetime, most_rows: int
) -> Figures:
    """The figures of a query as of now; raises Fault above `most_rows` rows."""
    groups = grouped(organization.streams, query.group_by, query.filter)
    buckets = len(query.edges) - 1
    cells = len(groups.names) * buckets
    if cells > MOST_CELLS:
        raise too_large("The answer is too large; ask for less at once.")
    asked = asked_of(query)
    events = Events(history, query.edges, groups, history.span(now))
    present = np.zeros(cells, np.bool_)
    for _, cell, _ in events.each(asked):
        present[cell] = True
    filled = np.flatnonzero(present)
    if len(filled) > most_rows:
        raise too_large(
            f"The answer has {len(filled)} rows, more than the {most_rows} given at once."
        )
    row_of = np.cumsum(present) - 1
    series = {each.name: Series(len(filled)) for each in asked}
    for name, cell, values in events.each(asked):
        series[name].add(row_of[cell], values)
    return Figures(
        groups,
        query.edges,
        filled // buckets,
        filled % buckets,
        {each.name: (each, series[each.name]) for each in asked},
    )
