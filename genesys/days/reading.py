"""Reading kept days: the rows of a question's parts, put together by DuckDB.

Counts, sums, numerators and denominators add, min and max compare, a target stays where it is
one and the same: as `genesys.analytics.frames.combine` does. Moments are microseconds of UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Any, Final, Literal

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from genesys.analytics.frames import ALL, END, START
from genesys.analytics.grouping import ADDED, Numbers
from genesys.analytics.queries import AggregateQuery
from genesys.days.asked import AskedDay
from genesys.days.calendar import DAY, HALF_HOUR, begin, month, whole
from genesys.days.coverage import Part
from genesys.days.files import Files
from genesys.days.layout import HALF_HOURS, MEASURES
from genesys.days.rows import texts
from genesys.days.snapshot import Snapshot
from genesys.intervals import Interval, bucket_edges
from genesys.metrics import stats_of

Moments = npt.NDArray[np.int64]

_COLUMN_OF: Final = {"queueId": "queue_id", "mediaType": "media_type"}
_START_OF_TIME: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)
_A_DAY: Final = DAY // _TICK
_HALF_AN_HOUR: Final = HALF_HOUR // _TICK

_ENDS: Final[tuple[tuple[int, Literal["left", "right"]], ...]] = ((0, "right"), (_A_DAY, "left"))
"""How far from its begin either end of a day is, and on which side of an edge it lies."""

_HALF_HOUR_OF: Final = "epoch_us(rows.start)"
_DAY_OF: Final = "epoch_us(rows.day::TIMESTAMP)"


@dataclass(frozen=True)
class _Slots:
    """The moments of rows to read, in order, and the bucket that each falls into."""

    files: Files
    moment_of: str
    moments: Moments
    edges: Moments
    asked: Moments | None = None
    """When the days of the moments were asked, where there are rows of several times."""

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day."""
        first, last = ((_START_OF_TIME + each * _TICK).date() for each in self.moments[[0, -1]])
        return first, last

    @property
    def months(self) -> frozenset[str]:
        """The months of these days that there are files of."""
        days = np.unique(self.moments // _A_DAY).tolist()
        wanted = {month((_START_OF_TIME + each * DAY).date()) for each in days}
        return frozenset(self.files.by_month.keys() & wanted)

    @property
    def is_one_run(self) -> bool:
        """Whether the moments follow one another without a hole, all in one bucket."""
        step = _A_DAY if self.moment_of == _DAY_OF else _HALF_AN_HOUR
        run = (self.moments[-1] - self.moments[0]) // step + 1
        return self.asked is None and len(self.edges) == 2 and len(self.moments) == run

    def table(self) -> pa.Table:
        buckets = np.searchsorted(self.edges, self.moments, side="right") - 1
        columns = {"at": self.moments, "bucket": buckets}
        return pa.table(columns if self.asked is None else columns | {"asked": self.asked})


def frames(
    snapshot: Snapshot,
    query: AggregateQuery,
    parts: Sequence[Part],
    cursor: duckdb.DuckDBPyConnection,
) -> tuple[pd.DataFrame, ...]:
    """Frames for each set of metrics that parts have, in the buckets and groups of the query."""
    edges = _edges(query)
    by_metrics = groupby(sorted(parts, key=lambda part: part.metrics), lambda part: part.metrics)
    return tuple(
        _frame(_read(slots, query, metrics, cursor), query, metrics, edges)
        for metrics, alike in by_metrics
        for slots in _slots(snapshot, [part.interval for part in alike], edges)
        if slots.months
    )


def rows_of(files: Files, day: AskedDay, cursor: duckdb.DuckDBPyConnection) -> pa.Table:
    """The rows of a day that are kept in files, as they are."""
    names = ", ".join(f'"{name}"' for name in HALF_HOURS.schema.names if name != "month")
    here = month(day.day)
    if here not in files.by_month:
        return HALF_HOURS.schema.empty_table()
    rows = files.scan([here], cursor)
    sql = f"SELECT '{here}' AS month, {names} FROM {rows} WHERE day = ? AND epoch_us(asked) = ?"
    found = cursor.sql(sql, params=[day.day, _tick(day.asked)]).to_arrow_table()
    return found.cast(HALF_HOURS.schema)


def _tick(moment: datetime) -> int:
    return (moment - _START_OF_TIME) // _TICK


def _edges(query: AggregateQuery) -> Moments:
    interval = query.interval
    edges = (
        bucket_edges(interval, query.granularity, query.zone)
        if query.granularity
        else (interval.start, interval.end)
    )
    return np.array([*map(_tick, edges)], dtype=np.int64)


def _slots(snapshot: Snapshot, intervals: Sequence[Interval], edges: Moments) -> Iterator[_Slots]:
    """What to read of the days, where no bucket ends within one, and of the half-hours."""
    halves = np.sort(np.concatenate([_half_hours(interval) for interval in intervals]))
    if snapshot.older:
        asked = {_tick(begin(day)): _tick(each.asked) for day, each in snapshot.older.items()}
        of_days = halves // _A_DAY * _A_DAY
        is_older = np.isin(of_days, [*asked])
        if is_older.any():
            moments = np.array([asked[day] for day in of_days[is_older].tolist()], dtype=np.int64)
            yield _Slots(snapshot.earlier, _HALF_HOUR_OF, halves[is_older], edges, moments)
        halves = halves[~is_older]
    rolled = [day for each in intervals for day in whole(each) if day in snapshot.rolled]
    days = np.array(sorted(_tick(begin(day)) for day in rolled), dtype=np.int64)
    begins, ends = (np.searchsorted(edges, days + after, side) for after, side in _ENDS)
    days = days[begins == ends]
    halves = halves[~np.isin(halves // _A_DAY * _A_DAY, days)]
    if len(days):
        yield _Slots(snapshot.daily, _DAY_OF, days, edges)
    if len(halves):
        yield _Slots(snapshot.half_hours, _HALF_HOUR_OF, halves, edges)


def _half_hours(interval: Interval) -> Moments:
    return np.arange(_tick(interval.start), _tick(interval.end), _HALF_AN_HOUR, dtype=np.int64)


def _read(
    slots: _Slots,
    query: AggregateQuery,
    metrics: Sequence[str],
    cursor: duckdb.DuckDBPyConnection,
) -> pa.Table:
    measures = _measures(metrics)
    by = ", ".join(["bucket", *(_COLUMN_OF[name] for name in query.group_by)])
    added = ", ".join(f'{_added(name)} AS "{name}"' for name in measures)
    anything = ", ".join(f'"{name}"' for name in measures)
    where, values = _conditions(query, slots)
    rows = f"{slots.files.scan(slots.months, cursor)} rows {_joined(slots, cursor)}"
    sql = (
        f"SELECT * FROM (SELECT {by}, {added} FROM {rows}"
        f" WHERE {where} GROUP BY {by}) WHERE coalesce({anything}) IS NOT NULL"
    )
    return cursor.sql(sql, params=values).to_arrow_table()


def _joined(slots: _Slots, cursor: duckdb.DuckDBPyConnection) -> str:
    """What finds the bucket of each row; a run in one bucket needs no look at each moment."""
    if slots.is_one_run:
        return "CROSS JOIN (SELECT 0 AS bucket)"
    cursor.register("slots", slots.table())
    asked = "" if slots.asked is None else " AND epoch_us(rows.asked) = slots.asked"
    return f"JOIN slots ON {slots.moment_of} = slots.at{asked}"


def _measures(metrics: Iterable[str]) -> list[str]:
    names = (f"{metric}_{stat}" for metric in metrics for stat in stats_of(metric))
    return [name for name in names if name in MEASURES]


def _added(name: str) -> str:
    """How the values of a column become one, as a number that holds whole ones up to 2^53."""
    metric, _, stat = name.rpartition("_")
    if stat in ADDED:
        return f'sum("{name}")::DOUBLE'
    if stat == "target":
        return f'CASE WHEN min("{name}") = max("{name}") THEN min("{name}") END'
    single = f'CASE WHEN "{metric}_count" = 1 THEN "{metric}_sum" END'
    return f'{stat}(coalesce("{name}", {single}))'


def _conditions(query: AggregateQuery, slots: _Slots) -> tuple[str, list[Any]]:
    """The rows that the query is about, by the filters that it sends to the API."""
    terms = ["rows.day BETWEEN ? AND ?", f"{slots.moment_of} BETWEEN ? AND ?"]
    values: list[Any] = [*slots.days, int(slots.moments[0]), int(slots.moments[-1])]
    for column, wanted in (("queue_id", query.queue_ids), ("media_type", query.media_types)):
        if wanted:
            terms.append(f"list_contains(?, {column})")
            values.append([*dict.fromkeys((*wanted, *map(str.lower, wanted)))])
    if "queueId" not in query.group_by and not query.queue_ids:
        terms.append("queue_id IS NOT NULL")
    return " AND ".join(terms), values


def _frame(
    table: pa.Table, query: AggregateQuery, metrics: Sequence[str], edges: Moments
) -> pd.DataFrame:
    """What was read, as the frame that the API's answer gives."""
    bucket = table["bucket"].to_numpy()
    columns: dict[str, Any] = {START: _moments(edges[bucket]), END: _moments(edges[bucket + 1])}
    for dimension, column in _COLUMN_OF.items():
        columns[column] = (
            texts(table[column]) if dimension in query.group_by else _all(table.num_rows)
        )
    for name in (f"{metric}_{stat}" for metric in metrics for stat in stats_of(metric)):
        columns[name] = _numbers(table[name]) if name in MEASURES else np.full(len(bucket), np.nan)
    return pd.DataFrame(columns)


def _moments(ticks: Moments) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(ticks.view("datetime64[us]"), tz="UTC")


def _all(rows: int) -> pd.Categorical[Any]:
    return pd.Categorical.from_codes([0] * rows, categories=pd.Index([ALL][:rows], dtype=str))


def _numbers(column: pa.ChunkedArray) -> Numbers:
    return column.to_numpy().astype(np.float64)  # type: ignore[no-any-return]
