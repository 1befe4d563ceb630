"""The frame of an answer in half-hours as the rows of days, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from genesys.analytics.frames import NONE, START, combine, measure_columns
from genesys.analytics.grouping import Numbers
from genesys.days.calendar import month, span
from genesys.days.layout import DAILY, HALF_HOURS, MEASURES, METRICS, Layout

_GROUP = ("queue_id", "media_type")


def of_day(frame: pd.DataFrame, day: date) -> pd.DataFrame:
    """The rows of a frame whose buckets begin on a day of UTC."""
    within = span(day)
    return frame[(frame[START] >= within.start) & (frame[START] < within.end)]


def fits(frame: pd.DataFrame) -> bool:
    """Whether all that the frame says of kept metrics has a place in the tables.

    A metric that came without a usable value has not: it is better asked again. Nor have
    fractions, which the API does not write.
    """
    others = [
        name
        for name in measure_columns(frame)
        if name not in MEASURES
        and not name.endswith("_ratio")
        and name.rpartition("_")[0] in METRICS
    ]
    whole = [name for name, kind in MEASURES.items() if pa.types.is_int64(kind) and name in frame]
    return not bool(frame[others].notna().any(axis=None)) and not bool(
        (frame[whole].to_numpy(np.float64) % 1 > 0).any()
    )


def half_hours(frame: pd.DataFrame, day: date, asked: datetime) -> pa.Table:
    """The rows of a day, by queue and then by time."""
    rows = frame.sort_values(["queue_id", "media_type", START])
    start = pa.array(rows[START], HALF_HOURS.schema.field("start").type)
    return _table(rows, day, asked, HALF_HOURS, {"start": start})


def daily(frame: pd.DataFrame, day: date, asked: datetime) -> pa.Table:
    """The rows of a day, its half-hours put together."""
    return _table(combine(frame, _GROUP), day, asked, DAILY, {})


def _table(
    rows: pd.DataFrame,
    day: date,
    asked: datetime,
    layout: Layout,
    more: Mapping[str, pa.Array],
) -> pa.Table:
    count = len(rows)
    known = [name for name in MEASURES if name in rows]
    figures = dict(zip(known, rows[known].to_numpy(np.float64).T, strict=True))
    columns: dict[str, pa.Array] = {
        "month": pa.repeat(month(day), count),
        "day": pa.repeat(pa.scalar(day), count),
        "asked": pa.repeat(pa.scalar(asked, layout.schema.field("asked").type), count),
        **{name: _text(rows[name]) for name in _GROUP},
        **more,
    }
    for name in MEASURES:
        columns[name] = _numbers(figures, name) if name in figures else pa.nulls(count)
    return pa.table({name: columns[name] for name in layout.schema.names}, layout.schema)


def _numbers(figures: Mapping[str, Numbers], name: str) -> pa.Array:
    """A measure, without the least and the most of single contacts: those are their sum."""
    numbers = figures[name]
    absent = np.isnan(numbers)
    metric, _, stat = name.rpartition("_")
    if stat in ("min", "max"):
        absent |= (figures[f"{metric}_count"] == 1) & (numbers == figures[f"{metric}_sum"])
    if pa.types.is_int64(MEASURES[name]):
        numbers = np.where(absent, 0, numbers).astype(np.int64)
    return pa.array(numbers, mask=absent)


def _text(values: pd.Series[Any]) -> pa.Array:
    labels = values.astype("category").cat
    names = [None if label == NONE else str(label) for label in labels.categories]
    return pa.array(names, pa.string()).take(pa.array(labels.codes.to_numpy()))


def texts(column: pa.ChunkedArray) -> pd.Series[Any]:
    """A column of groups as frames have it: NONE where a row has no value."""
    encoded = pc.fill_null(column.cast(pa.string()), NONE).combine_chunks().dictionary_encode()
    return pd.Series(
        pd.Categorical.from_codes(
            encoded.indices.to_numpy(),
            categories=pd.Index(encoded.dictionary.to_pylist(), dtype=str),
        )
    )
