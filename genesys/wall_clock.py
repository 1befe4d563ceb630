"""Moments in files: as the clocks of their zone show them, with the offset beside."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import pandas as pd

from genesys.moments import offset

OFFSET: Final = "UTC offset"
"""Heading of the column that tells the two 02:00 of the longest day apart."""


def clock_times(moments: pd.Series[Any]) -> pd.Series[Any]:
    """Aware moments without their offset; a missing one stays so."""
    clocks: pd.Series[Any] = moments.dt.tz_localize(None)
    return clocks


def offsets(moments: pd.Series[Any]) -> pd.Series[str]:
    """The offsets of aware moments, such as UTC+05:45; "" where a moment is missing."""
    return pd.Series(["" if pd.isna(each) else offset(each) for each in moments], dtype=str)


def iso(table: pd.DataFrame) -> pd.DataFrame:
    """A table whose moments are ISO 8601 text with their offset, for programs."""
    return table.assign(
        **{name: table[name].map(datetime.isoformat).astype(str) for name in _moments(table)}
    )


def beside(table: pd.DataFrame) -> pd.DataFrame:
    """A table whose moments are local and naive, with a column of their offsets beside each."""
    columns: dict[str, pd.Series[Any]] = {}
    moments = _moments(table)
    for name in map(str, table):
        columns[name] = clock_times(table[name]) if name in moments else table[name]
        if name in moments:
            columns[f"{name}_utc_offset"] = offsets(table[name])
    return pd.DataFrame(columns)


def _moments(table: pd.DataFrame) -> list[str]:
    return [str(name) for name in table if isinstance(table[name].dtype, pd.DatetimeTZDtype)]
