"""The frame of an answer in half-hours as the rows of days, and back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from genesys.analytics.frames import NONE, START, combine, measure_columns
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
    return _table(rows, day, asked, HALF_HOURS, {"start": rows[START]})


def daily(frame: pd.DataFrame, day: date, asked: datetime) -> pa.Table:
    """The rows of a day, its half-hours put together."""
    return _table(combine(frame, _GROUP), day, asked, DAILY, {})


def _table(
    rows: pd.DataFrame,
    day: date,
    asked: datetime,
    layout: Layout,
    more: dict[str, pd.Series[Any]],
) -> pa.Table:
    count = len(rows)
    columns: dict[str, Any] = {
        "month": pa.array([month(day)] * count, pa.string()),
        "day": pa.array([day] * count, pa.date32()),
        "asked": [asked] * count,
        **{name: _text(rows[name]) for name in _GROUP},
        **more,
    }
    for name in MEASURES:
        columns[name] = _unless_single(rows, name) if name in rows else pa.nulls(count)
    return pa.table({field.name: _array(columns[field.name], field) for field in layout.schema})


def _unless_single(rows: pd.DataFrame, name: str) -> pd.Series[Any]:
    """The figures, without the least and the most of single contacts: those are their sum."""
    metric, _, stat = name.rpartition("_")
    if stat not in ("min", "max"):
        return rows[name]
    is_single = (rows[f"{metric}_count"] == 1) & (rows[name] == rows[f"{metric}_sum"])
    return rows[name].mask(is_single)


def _text(values: pd.Series[Any]) -> pd.Series[Any]:
    text = values.astype(str)
    return text.where(text != NONE, None)


def _array(values: Any, field: pa.Field) -> pa.Array:
    if isinstance(values, pa.Array):
        return values.cast(field.type)
    if pa.types.is_int64(field.type):
        numbers = np.asarray(values, dtype=np.float64)
        absent = np.isnan(numbers)
        return pa.array(np.where(absent, 0, numbers).astype(np.int64), mask=absent)
    return pa.array(values, field.type, from_pandas=True)


def texts(column: pa.ChunkedArray) -> pd.Series[Any]:
    """A column of groups as frames have it: NONE where a row has no value."""
    encoded = pc.fill_null(column.cast(pa.string()), NONE).combine_chunks().dictionary_encode()
    return pd.Series(
        pd.Categorical.from_codes(
            encoded.indices.to_numpy(),
            categories=pd.Index(encoded.dictionary.to_pylist(), dtype=str),
        )
    )
