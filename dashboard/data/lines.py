"""Values of one table in the lines of another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd


def placed(
    values: pd.Series[Any],
    lines: Mapping[tuple[str, ...], int],
    table: pd.DataFrame,
    by: tuple[str, ...],
) -> pd.Series[Any]:
    """The values of a table's rows in their lines; lines without a row have none."""
    source = np.full(len(lines), -1)
    source[[lines[label] for label in labels(table, by)]] = np.arange(len(table))
    return pd.Series(values.array.take(source, allow_fill=True))


def labels(table: pd.DataFrame, by: tuple[str, ...]) -> list[tuple[str, ...]]:
    """What the rows are called by these columns."""
    if not by:
        return [()] * len(table)
    return list(zip(*(table[name].astype(str) for name in by), strict=True))
