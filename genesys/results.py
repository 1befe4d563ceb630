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
from collections.abc import Iterable, Sequence
from itertools import chain, compress, count
from operator import attrgetter
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt
import pandas as pd

from genesys.errors import BadAnswer
from genesys.intervals import Interval
from genesys.metrics import stats_of
from genesys.queries import BY_QUEUE_AND_MEDIA, AggregateQuery

NONE: Final = "(none)"
"""Stands where a row has no value in a dimension: work outside any queue."""

ALL: Final = "(all)"
"""Stands where the query did not group by `queue_id` or `media_type`."""

START: Final = "interval_start"
END: Final = "interval_end"
STATS: Final = ("count", "sum", "min", "max", "ratio", "numerator", "denominator", "target")

_NAN: Final = float("nan")
_MOMENT: Final = "datetime64[us, UTC]"


class Stats(msgspec.Struct, gc=False, frozen=True):
    """The statistics of one metric; absent is NaN."""

    count: float | None = _NAN
    sum: float | None = _NAN
    min: float | None = _NAN
    max: float | None = _NAN
    ratio: float | None = _NAN
    numerator: float | None = _NAN
    denominator: float | None = _NAN
    target: float | None = _NAN


class Metric(msgspec.Struct, gc=False):
    metric: str
    stats: Stats = Stats()


class Bucket(msgspec.Struct, gc=False):
    interval: str
    metrics: list[Metric] | None = None


class Result(msgspec.Struct, gc=False):
    group: dict[str, str | None] | None = None
    data: list[Bucket] | None = None


class Response(msgspec.Struct, gc=False):
    """An answer of the aggregates query, or a page of a job's results."""

    results: list[Result] | None = None


DECODER: Final = msgspec.json.Decoder(Response)


def column(dimension: str) -> str:
    """The frame's name of a dimension: queueId is queue_id."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", dimension).lower()


def to_frame(body: bytes, query: AggregateQuery | None = None) -> pd.DataFrame:
    """The frame of a response body.

    With a query the columns are those it asks for, whether or not the answer holds them,
    and without granularity each row stands for its whole interval. Raises BadAnswer where
    the body cannot be read.
    """
    try:
        results = DECODER.decode(body).results or []
        frame = _frame(results, query)
    except (msgspec.DecodeError, ValueError) as error:
        raise BadAnswer(
            "The answer of Genesys Cloud cannot be read as figures.",
            "Try again; if it stays so, look into the request log on the Query page.",
        ) from error
    return _one_row_each(frame)


def merge(frames: Sequence[pd.DataFrame], query: AggregateQuery) -> pd.DataFrame:
    """One frame of the frames of a query's pieces, sorted by bucket and group.

    Pieces of a query without granularity become one row over its whole interval.
    """
    frames = [to_frame(b"{}", query), *frames]
    dimensions = dimension_columns(frames[0])
    whole = pd.concat([frame.astype(dict.fromkeys(dimensions, str)) for frame in frames])
    if query.granularity is None:
        whole[START], whole[END] = query.interval.start, query.interval.end
        whole = whole.astype({START: _MOMENT, END: _MOMENT})
    return combine(whole.astype(dict.fromkeys(dimensions, "category")), [START, *dimensions])


def combine(frame: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """One row for each group of `by`, its statistics put together by their kind.

    Counts, sums, numerators and denominators add, min and max compare, ratios are divided
    anew, a target stays where it is one and the same. What all rows lack stays absent.
    The columns are `by`, the ends of the buckets where `by` holds their starts, and the
    measures, sorted by `by`.
    """
    kinds = {name: name.rpartition("_")[2] for name in measure_columns(frame)}
    ends = [END] if START in by else []
    groups = frame.groupby(list(by), observed=True, sort=True, dropna=False)

    def of(*stats: str) -> list[str]:
        return [name for name, kind in kinds.items() if kind in stats]

    added = groups[of("count", "sum", "numerator", "denominator")].sum(min_count=1)
    least = groups[of("min", "target")].min()
    most = groups[[*ends, *of("max", "target")]].max()
    targets = least[of("target")]
    parts = [
        added,
        least[of("min")],
        most[[*ends, *of("max")]],
        targets.where(targets == most[of("target")]),
        *(_ratio(added, name) for name in of("ratio")),
    ]
    whole = pd.concat(parts, axis="columns", sort=False).reset_index()
    return whole[
        [name for key in by for name in ((START, END) if key == START else (key,))] + [*kinds]
    ]


def dimension_columns(frame: pd.DataFrame) -> list[str]:
    """The names of a frame's dimension columns."""
    return [str(name) for name, kind in frame.dtypes.items() if kind == "category"]


def measure_columns(frame: pd.DataFrame) -> list[str]:
    """The names of a frame's `<metric>_<stat>` columns."""
    return [str(name) for name, kind in frame.dtypes.items() if kind == "float64"]


def _ratio(added: pd.DataFrame, name: str) -> pd.Series[float]:
    metric = name.removesuffix("_ratio")
    nothing = pd.Series(_NAN, index=added.index)
    over = added.get(f"{metric}_denominator", nothing)
    return (added.get(f"{metric}_numerator", nothing) / over.where(over != 0)).rename(name)


def _one_row_each(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with rows of the same group and bucket put together."""
    key = [START, *dimension_columns(frame)]
    return combine(frame, key) if frame.duplicated(key).any() else frame


def _frame(results: Sequence[Result], query: AggregateQuery | None) -> pd.DataFrame:
    buckets = [bucket for result in results for bucket in result.data or ()]
    rows_of = [len(result.data or ()) for result in results]
    group_of_row = np.repeat(np.arange(len(results)), rows_of)
    measures, copies = _measures(buckets, query)
    columns = _moments(buckets, query) | _dimensions(results, group_of_row, query)
    frame = pd.DataFrame(columns)
    if copies > 1:
        frame = pd.concat([frame] * copies, ignore_index=True)
    return pd.concat([frame, pd.DataFrame(measures, index=frame.index)], axis="columns")


def _moments(
    buckets: Sequence[Bucket], query: AggregateQuery | None
) -> dict[str, pd.Series[pd.Timestamp]]:
    if query and query.granularity is None:
        spans, code = [query.interval], np.zeros(len(buckets), dtype=np.intp)
    else:
        texts = [bucket.interval for bucket in buckets]
        known = {text: code for code, text in enumerate(dict.fromkeys(texts))}
        spans = [Interval.parse(text) for text in known]
        code = np.array([known[text] for text in texts], dtype=np.intp)
    edges = {START: [span.start for span in spans], END: [span.end for span in spans]}
    return {
        name: pd.Series(pd.DatetimeIndex(moments, dtype=_MOMENT).take(code))
        for name, moments in edges.items()
    }


def _dimensions(
    results: Sequence[Result], group_of_row: npt.NDArray[np.intp], query: AggregateQuery | None
) -> dict[str, pd.Categorical]:
    groups = [result.group or {} for result in results]
    asked = query.group_by if query else ()
    found = sorted(set(chain.from_iterable(groups)))
    names = dict.fromkeys((*BY_QUEUE_AND_MEDIA, *asked, *found))
    columns = {}
    for name in names:
        absent = ALL if query and name not in asked else NONE
        values = np.array([group.get(name) or absent for group in groups], dtype=object)
        codes, categories = pd.factorize(values, sort=True)
        columns[column(name)] = pd.Categorical.from_codes(
            codes[group_of_row], categories=pd.Index(categories, dtype=str)
        )
    return columns


def _measures(
    buckets: Sequence[Bucket], query: AggregateQuery | None
) -> tuple[dict[str, npt.NDArray[np.float64]], int]:
    """The measure columns, and how many rows each bucket takes.

    That is one, but for a body that names a metric twice in a bucket: its second
    appearance goes into a second row of the same bucket, which is added to the first.
    """
    lists = [bucket.metrics or () for bucket in buckets]
    metrics = list(chain.from_iterable(lists))
    known: defaultdict[str, int] = defaultdict(count().__next__)
    names = map(attrgetter("metric"), metrics)
    code = np.fromiter(map(known.__getitem__, names), np.intp, len(metrics))
    row = np.repeat(np.arange(len(buckets)), list(map(len, lists)))
    row, copies = _apart(row, code, len(buckets))
    rows = copies * len(buckets)
    columns: dict[str, npt.NDArray[np.float64]] = {}
    if query:
        declared = (f"{name}_{stat}" for name in query.metrics for stat in stats_of(name))
        columns = {name: np.full(rows, _NAN) for name in declared}
    for carried, members in _families(sorted(known)).items():
        place = np.full(len(known), -1)
        place[[known[name] for name in members]] = np.arange(len(members))
        chosen = place[code] >= 0
        family = [metric.stats for metric in compress(metrics, chosen.tolist())]
        cell = place[code[chosen]] * rows + row[chosen]
        for stat in carried:
            table = np.full(len(members) * rows, _NAN)
            table[cell] = _values(family, stat)
            for name, values in zip(members, table.reshape(-1, rows), strict=True):
                if f"{name}_{stat}" in columns or not np.isnan(values).all():
                    columns[f"{name}_{stat}"] = values
    return columns, copies


def _families(names: Iterable[str]) -> dict[tuple[str, ...], list[str]]:
    """Metrics by the statistics to look for; those of an unknown kind may carry any."""
    families: dict[tuple[str, ...], list[str]] = {}
    for name in names:
        families.setdefault(stats_of(name) if name[:1] in "nt" else STATS, []).append(name)
    return families


def _values(stats: Sequence[Stats], stat: str) -> npt.NDArray[np.float64]:
    values = map(attrgetter(stat), stats)
    try:
        return np.fromiter(values, np.float64, len(stats))
    except TypeError:  # a statistic sent as null, which only the slower way reads
        return np.array(list(map(attrgetter(stat), stats)), dtype=np.float64)


def _apart(
    row: npt.NDArray[np.intp], code: npt.NDArray[np.intp], rows: int
) -> tuple[npt.NDArray[np.intp], int]:
    """Rows in which no metric comes twice, and how many times as many they are."""
    cell = code * rows + row
    if not len(cell) or np.bincount(cell).max() == 1:
        return row, 1
    again = pd.Series(cell).groupby(cell).cumcount().to_numpy()
    return row + again * rows, int(again.max()) + 1
