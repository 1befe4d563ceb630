"""Moments in files: as the clocks of their zone show them, with the offset beside."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import pandas as pd

OFFSET: Final = "UTC offset"
"""Heading of the column that tells the two 02:00 of the longest day apart."""


def clock_times(moments: pd.Series[Any]) -> pd.Series[Any]:
    """Aware moments without their offset; a missing one stays so."""
    clocks: pd.Series[Any] = moments.dt.tz_localize(None)
    return clocks


def offsets(moments: pd.Series[Any]) -> pd.Series[str]:
    """The offsets of aware moments, such as UTC+05:45; "" where a moment is missing."""
    return pd.Series(["" if pd.isna(each) else offset(each) for each in moments], dtype=str)


def offset(moment: datetime) -> str:
    """How far an aware moment's clock is ahead of UTC, or behind it."""
    text = f"{moment:%z}"
    return f"UTC{text[:3]}:{text[3:5]}"
