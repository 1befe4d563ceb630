"""The answer: response bytes to a frame, and the frames of pieces to one.

A frame has one row for each group and bucket: `interval_start` and `interval_end`
(datetime64, UTC), one category column for each dimension (`queue_id`, `media_type`, ...),
then a float64 column for each `<metric>_<stat>`, milliseconds where it is a time. What the
API did not send is NaN. A dimension that a row lacks holds NONE, one that was not asked
for holds ALL, so that no grouping loses a row.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, count
from typing import Any, Final

import msgspec
import numpy as np
import numpy.typing as npt
import pandas as pd

from genesys.analytics import decoding
from genesys.analytics.contradictions import (
    Contradiction,
    are_apart,
    require_buckets,
    require_groups,
    require_metrics,
)
from genesys.analytics.decoding import Part
from genesys.analytics.grouping import Grouping, Key, Numbers
from genesys.analytics.queries import BY_QUEUE_AND_MEDIA, AggregateQuery
from genesys.errors import BadAnswer
from genesys.intervals import Interval
from genesys.metrics import stats_of
from genesys.words import one_line

NONE: Final = "(none)"
"""Stands where a row has no value in a dimension: work outside any queue."""

ALL: Final = "(all)"
"""Stands where the query did not group by `queue_id` or `media_type`."""

START: Final = "interval_start"
END: Final = "interval_end"

_NAN: Final = float("nan")
_MOMENT: Final = "datetime64[us, UTC]"


def column(dimension: str) -> str:
    """The frame's name of a dimension: queueId is queue_id."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", dimension).lower()


def to_frame(body: bytes, query: AggregateQuery | None = None) -> pd.DataFrame:
    """The frame of a response body: that of `pages_to_frame` with one page."""
    return pages_to_frame([body], query)


def pages_to_frame(bodies: Iterable[bytes], query: AggregateQuery | None = None) -> pd.DataFrame:
    """The frame of an answer that came in one body or in pages.

    With a query the columns are those it asks for, whether or not the answer holds them,
    and without granularity each row stands for its whole interval. Raises BadAnswer where
    a body cannot be read, contradicts the query or another one, or itself.
    """
    try:
        parts = [part for body in bodies for part in decoding.parts(body)]
        return _checked_frame(parts, query)
    except Contradiction as error:
        raise BadAnswer(
            "The answer of Genesys Cloud contradicts the question or itself:"
            f" {one_line(str(error))}.",
            "No figures are made of it. Look at what stands between, such as a gateway; if it"
            " stays so, give the correlation id in the log to Genesys support.",
        ) from error
    except (msgspec.DecodeError, ValueError, OverflowError, RecursionError) as error:
        raise BadAnswer(
            f"The answer of Genesys Cloud cannot be read as figures: {one_line(str(error))}.",
            "Try again; if it stays so, tell whoever runs the dashboard:"
            " its log names the request and its correlation id.",
        ) from error


def merge(frames: Sequence[pd.DataFrame], query: AggregateQuery) -> pd.DataFrame:
    """One frame of the frames of a query's pieces, sorted by bucket and group.

    Pieces of a query without granularity become one row over its whole interval.
    """
    frames = frames or [to_frame(b"{}", query)]
    dimensions = dict.fromkeys(map(column, (*BY_QUEUE_AND_MEDIA, *query.group_by)))
    keys = {
        name: Key.joined([Key.of(frame[name]) for frame in frames]) for name in (START, *dimensions)
    }
    ends = pd.DatetimeIndex(pd.concat([frame[END] for frame in frames]))
    if query.granularity is None:
        whole = pd.DatetimeIndex([query.interval.start, query.interval.end], dtype=_MOMENT)
        nowhere = np.zeros(len(ends), dtype=np.intp)
        keys[START], ends = Key(nowhere, whole[:1]), whole[1:].take(nowhere)
    tables = [_measures(frame) for frame in frames]
    return _combined(keys, ends, _measures_of(tables, [*map(len, frames)], query))


def _measures_of(
    tables: Sequence[Mapping[str, Numbers]], rows_of: Sequence[int], query: AggregateQuery | None
) -> dict[str, Numbers]:
    """The measures of all rows, those first that the query asks for; NaN where a table has none."""
    found = sorted(set(chain.from_iterable(tables)))
    each = [(table, np.full(rows, _NAN)) for table, rows in zip(tables, rows_of, strict=True)]
    return {
        name: _joined([table.get(name, absent) for table, absent in each])
        for name in dict.fromkeys((*_declared(query), *found))
    }


def combine(frame: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """One row for each group of `by`, its statistics put together by their kind.

    Counts, sums, numerators and denominators add, min and max compare, ratios are divided
    anew, a target stays where it is one and the same. What all rows lack stays absent.
    The columns are `by`, the ends of the buckets where `by` holds their starts, and the
    measures, sorted by `by`.
    """
    return _combined(
        {name: Key.of(frame[name]) for name in by},
        pd.DatetimeIndex(frame[END]),
        _measures(frame),
    )


def _measures(frame: pd.DataFrame) -> dict[str, Numbers]:
    return {name: frame[name].to_numpy() for name in measure_columns(frame)}


def _combined(
    keys: Mapping[str, Key], ends: pd.DatetimeIndex, measures: Mapping[str, Numbers]
) -> pd.DataFrame:
    groups = Grouping.of(list(keys.values()), len(ends))
    columns: dict[str, Any] = {}
    for name, key in keys.items():
        columns[name] = key.of_rows(groups.firsts).column()
        if name == START:
            columns[END] = groups.last(ends)
    for name, values in measures.items():
        columns[name] = _put_together(groups, values, name.rpartition("_")[2])
    for name in measures:
        if name.endswith("_ratio"):
            columns[name] = _ratio(columns, name, len(groups.starts))
    return pd.DataFrame(columns)


def _put_together(groups: Grouping, values: Numbers, stat: str) -> Numbers:
    if stat == "ratio":
        return np.full(len(groups.starts), _NAN)
    if stat != "target":
        return groups.put_together(values, stat)
    least = groups.least(values)
    return np.where(least == groups.most(values), least, _NAN)


def dimension_columns(frame: pd.DataFrame) -> list[str]:
    """The names of a frame's dimension columns."""
    return [str(name) for name, kind in frame.dtypes.items() if kind == "category"]


def measure_columns(frame: pd.DataFrame) -> list[str]:
    """The names of a frame's `<metric>_<stat>` columns."""
    return [str(name) for name, kind in frame.dtypes.items() if kind == "float64"]


def _ratio(columns: Mapping[str, Numbers], name: str, rows: int) -> Numbers:
    metric = name.removesuffix("_ratio")
    ratio = np.full(rows, _NAN)
    over = columns.get(f"{metric}_denominator", ratio)
    top = columns.get(f"{metric}_numerator", ratio)
    divided: Numbers = np.divide(top, over, out=ratio.copy(), where=over != 0)
    return divided


def _checked_frame(parts: Sequence[Part], query: AggregateQuery | None) -> pd.DataFrame:
    """The frame of an answer that contradicts neither the query nor itself."""
    known: defaultdict[str, int] = defaultdict(count().__next__)
    texts = chain.from_iterable(part.intervals for part in parts)
    bucket_of_row = np.fromiter(map(known.__getitem__, texts), np.intp)
    spans = [*map(Interval.parse, known)]
    if query:
        measures = chain.from_iterable(part.measures for part in parts)
        require_metrics((name.rpartition("_")[0] for name in measures), query)
        require_groups(chain.from_iterable(part.groups for part in parts), query)
        require_buckets(spans, query)
    frame = _one_row_each(_frame(parts, _moments(spans, bucket_of_row), query))
    if not are_apart(spans):
        _require_apart(frame)
    return frame if query is None or query.granularity else _over_all(frame, query)


def _one_row_each(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with rows of one group and bucket joined, where each has metrics of its own."""
    key = [START, *dimension_columns(frame)]
    again = frame.duplicated(key, keep=False)
    if not again.any():
        return frame
    for name in measure_columns(frame):
        sent = frame.loc[again & frame[name].notna(), key]
        _refuse(sent[sent.duplicated()], f"{name.rpartition('_')[0]} comes twice")
    return combine(frame, key)


def _require_apart(frame: pd.DataFrame) -> None:
    dimensions = dimension_columns(frame)
    rows = frame[[START, END, *dimensions]].sort_values([*dimensions, START])
    codes = pd.DataFrame({name: rows[name].cat.codes for name in dimensions})
    is_same_group = codes.eq(codes.shift()).all(axis="columns")
    _refuse(rows[is_same_group & (rows[START] < rows[END].shift())], "buckets overlap")


def _refuse(rows: pd.DataFrame, what: str) -> None:
    """Raise Contradiction for the first of the rows, if there is any."""
    for row in rows.to_dict("records"):
        raise Contradiction(f"{what}: {', '.join(f'{n} {v}' for n, v in row.items())}")


def _over_all(frame: pd.DataFrame, query: AggregateQuery) -> pd.DataFrame:
    """The buckets that came added up over the interval of a query that asked for none."""
    key = [START, *dimension_columns(frame)]
    frame = _spanning(frame, query.interval)
    return combine(frame, key) if frame.duplicated(key).any() else frame


def _spanning(frame: pd.DataFrame, interval: Interval) -> pd.DataFrame:
    whole = {START: interval.start, END: interval.end}
    return frame.assign(**whole).astype(dict.fromkeys(whole, _MOMENT))


def _frame(
    parts: Sequence[Part],
    moments: Mapping[str, pd.DatetimeIndex],
    query: AggregateQuery | None,
) -> pd.DataFrame:
    rows_of = [len(part.intervals) for part in parts]
    groups = [group for part in parts for group in part.groups]
    before = np.cumsum([0, *(len(part.groups) for part in parts)])
    group_of_row = [part.group_of_row + first for part, first in zip(parts, before, strict=False)]
    measures = _measures_of([part.measures for part in parts], rows_of, query)
    return pd.DataFrame(
        {**moments} | _dimensions(groups, _joined(group_of_row).astype(np.intp), query) | measures
    )


def _joined(arrays: Sequence[npt.NDArray[Any]]) -> npt.NDArray[Any]:
    return np.concatenate(arrays) if arrays else np.empty(0)


def _declared(query: AggregateQuery | None) -> list[str]:
    """The measure columns that a query asks for."""
    metrics = query.metrics if query else ()
    return [f"{metric}_{stat}" for metric in metrics for stat in stats_of(metric)]


def _moments(
    spans: Sequence[Interval], bucket_of_row: npt.NDArray[np.intp]
) -> dict[str, pd.DatetimeIndex]:
    """When the bucket of each row begins and ends."""
    edges = {START: [span.start for span in spans], END: [span.end for span in spans]}
    return {
        name: pd.DatetimeIndex(moments, dtype=_MOMENT).take(bucket_of_row)
        for name, moments in edges.items()
    }


def _dimensions(
    groups: Sequence[dict[str, str | None]],
    group_of_row: npt.NDArray[np.intp],
    query: AggregateQuery | None,
) -> dict[str, pd.Categorical]:
    asked = query.group_by if query else ()
    found = sorted(set(chain.from_iterable(groups)))
    columns = {}
    for name in dict.fromkeys((*BY_QUEUE_AND_MEDIA, *asked, *found)):
        absent = ALL if query and name not in asked else NONE
        values = np.array([group.get(name) or absent for group in groups], dtype=object)
        codes, categories = pd.factorize(values, sort=True)
        columns[column(name)] = pd.Categorical.from_codes(
            codes[group_of_row], categories=pd.Index(categories, dtype=str)
        )
    return columns
