"""Frames of a few rows, and what a roll-up says of them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pandas as pd

from genesys.analytics.frames import to_frame
from genesys.analytics.queries import AggregateQuery
from genesys.intervals import Granularity, Interval
from genesys.kpis.catalogue import CATALOGUE_METRICS
from genesys.kpis.rollup import rollup

FIRST = datetime(2026, 6, 1, tzinfo=UTC)


QUERY = AggregateQuery(
    interval=Interval(FIRST, FIRST + timedelta(days=3)),
    metrics=CATALOGUE_METRICS,
    granularity=Granularity.DAY,
)


def frame_of(*rows: tuple, query: AggregateQuery = QUERY) -> pd.DataFrame:
    """A frame of rows (queue, media, {metric: stats}), or with the day, 0 to 2, in front."""
    results = []
    for row in rows:
        day, queue, media, metrics = row if len(row) == 4 else (0, *row)
        start = date(2026, 6, 1 + day)
        results.append(
            {
                "group": {"queueId": queue, "mediaType": media},
                "data": [
                    {
                        "interval": f"{start}T00:00Z/{start + timedelta(days=1)}T00:00Z",
                        "metrics": [
                            {"metric": metric, "stats": stats} for metric, stats in metrics.items()
                        ],
                    }
                ],
            }
        )
    return to_frame(json.dumps({"results": results}).encode(), query)


def n(count: int) -> dict[str, int]:
    return {"count": count}


def t(*seconds: int) -> dict[str, int]:
    values = [1000 * value for value in seconds]
    return {"count": len(values), "sum": sum(values), "min": min(values), "max": max(values)}


def said(rolled: pd.DataFrame, *keys: str) -> list[tuple]:
    """The rows' values; None is no value."""
    rows = rolled[list(keys)].astype(object)
    return [tuple(row) for row in rows.where(rows.notna(), None).itertuples(index=False)]


def total(frame: pd.DataFrame, *keys: str) -> tuple:
    (row,) = said(rollup(frame, ()), *keys)
    return row
