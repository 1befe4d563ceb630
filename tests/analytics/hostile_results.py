"""Results of hostile answers."""

from __future__ import annotations

from typing import Any

import pandas as pd

from genesys.analytics.fetch import Mode, fetch
from genesys.intervals import Granularity
from tests.asking import api_on, budget, week
from tests.hostile import HostileServer, ok

METRICS = ("nOffered", "tAnswered", "oServiceLevel")


QUERY = week(granularity=Granularity.DAY, metrics=METRICS)


MONDAY, TUESDAY = (
    f"2026-05-{day}T23:00:00.000Z/2026-05-{day + 1}T23:00:00.000Z" for day in (10, 11)
)


BILLING = {"queueId": "q1", "mediaType": "voice"}


CLAIMS = {"queueId": "q2", "mediaType": "voice"}


def metric(name: str, **stats: Any) -> dict[str, Any]:
    return {"metric": name, "stats": stats}


OFFERED = metric("nOffered", count=10)


ANSWERED = metric("tAnswered", count=8, sum=80_000, min=1000, max=20_000)


LEVEL = metric("oServiceLevel", ratio=0.7, numerator=7, denominator=10, target=0.8)


def day(*metrics: Any, interval: str = MONDAY) -> dict[str, Any]:
    return {"interval": interval, "metrics": list(metrics)}


def of(*buckets: Any, group: Any = BILLING) -> dict[str, Any]:
    return {"group": group, "data": list(buckets)}


def asked(*results: Any, query: Any = QUERY, mode: Mode = Mode.SYNC) -> pd.DataFrame:
    with HostileServer([ok({"results": results})]) as server, api_on(server) as api:
        return fetch(api, query, budget(), mode=mode).frame
