"""Frames written out cell by cell: `{column: number}` for each queue and media type."""

from __future__ import annotations

from datetime import UTC, date
from typing import Final

import pandas as pd

from genesys.analytics.frames import END, START, to_frame
from genesys.analytics.queries import AggregateQuery
from genesys.intervals import whole_days
from genesys.kpis.catalogue import CATALOGUE_METRICS

DAY: Final = whole_days(date(2026, 6, 1), date(2026, 6, 1), UTC)
QUERY: Final = AggregateQuery(interval=DAY, metrics=CATALOGUE_METRICS)


def cells(*rows: tuple[str, str, dict[str, float]]) -> pd.DataFrame:
    """The frame of rows (queue id, media type, figures); all other columns are absent."""
    empty = to_frame(b"{}", QUERY)
    table = pd.DataFrame(
        [
            {START: DAY.start, END: DAY.end, "queue_id": queue, "media_type": media, **figures}
            for queue, media, figures in rows
        ]
    ).reindex(columns=empty.columns)
    return table.astype(
        empty.dtypes.to_dict() | dict.fromkeys(("queue_id", "media_type"), "category")
    )


def level(in_time: int, counted: int) -> dict[str, float]:
    return {"oServiceLevel_numerator": in_time, "oServiceLevel_denominator": counted}


def handled(count: int, seconds: float) -> dict[str, float]:
    return {"tHandle_count": count, "tHandle_sum": 1000 * seconds}
