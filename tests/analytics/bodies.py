"""Answers as the API writes them, in few words."""

from __future__ import annotations

import json
from datetime import date
from zoneinfo import ZoneInfo

import pandas as pd

from genesys.analytics.queries import AggregateQuery
from genesys.intervals import Granularity, whole_days

UTC_ZONE = ZoneInfo("UTC")


DAY_1 = "2026-06-01T00:00:00.000Z/2026-06-02T00:00:00.000Z"


DAY_2 = "2026-06-02T00:00:00.000Z/2026-06-03T00:00:00.000Z"


TWO_DAYS = whole_days(date(2026, 6, 1), date(2026, 6, 2), UTC_ZONE)


VOICE = {"queueId": "q1", "mediaType": "voice"}


def query(*metrics: str, **more) -> AggregateQuery:
    more = {"granularity": Granularity.DAY, **more}
    return AggregateQuery(interval=TWO_DAYS, metrics=metrics or ("nOffered",), **more)


def bucket(interval: str = DAY_1, **stats: dict) -> dict:
    metrics = [{"metric": metric, "stats": values} for metric, values in stats.items()]
    return {"interval": interval, "metrics": metrics}


def body(*results: tuple[dict | None, list[dict]]) -> bytes:
    return json.dumps({"results": [{"group": g, "data": data} for g, data in results]}).encode()


def cells(frame: pd.DataFrame, *names: str) -> list[tuple]:
    """The rows' values in the named columns; no value is None."""
    rows = frame[list(names)].astype(object)
    return [tuple(row) for row in rows.where(rows.notna(), None).itertuples(index=False)]
