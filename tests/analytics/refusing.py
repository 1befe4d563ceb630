"""An organization that refuses metrics."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from genesys.analytics.fetch import Answer, fetch
from genesys.analytics.refusals import RefusedMetrics
from genesys.errors import ApiError, Facts
from genesys.intervals import Interval, bucket_edges
from tests.asking import LONDON, budget, week

GROUP = {"queueId": "q1", "mediaType": "voice"}


def refused(message: str, status: int = 400, code: str = "invalid.value") -> ApiError:
    facts = Facts(status=status, code=code)
    return ApiError(f'localhost refused the request. It says: "{message}"', "", facts)


def first_bucket(body: dict[str, Any]) -> str:
    whole = Interval.parse(body["interval"])
    if "granularity" not in body:
        return whole.text(LONDON)
    return Interval(*bucket_edges(whole, body["granularity"], LONDON)[:2]).text(LONDON)


@dataclass
class Refusing:
    """An API that refuses some metrics, and counts 7 of each other one in every piece."""

    refuse: tuple[str, ...]
    message: Callable[[list[str]], str] = lambda metrics: "A value is not accepted."
    pressure: float = 1.0
    url: str = "http://127.0.0.1"
    asked: list[list[str]] = field(default_factory=list)

    def aggregate(self, body: dict[str, Any], budget: object) -> bytes:
        metrics = body["metrics"]
        self.asked.append(metrics)
        if not set(self.refuse).isdisjoint(metrics):
            raise refused(self.message([name for name in metrics if name in self.refuse]))
        data = {
            "interval": first_bucket(body),
            "metrics": [{"metric": name, "stats": {"count": 7}} for name in metrics],
        }
        return json.dumps({"results": [{"group": GROUP, "data": [data]}]}).encode()


def ask(api: Any, metrics: str, refusals: RefusedMetrics | None = None) -> Answer:
    return fetch(api, week(metrics=tuple(metrics.split())), budget(), refusals=refusals)


def counts(answer: Answer) -> dict[str, float]:
    frame = answer.frame[[name for name in answer.frame if name.endswith("_count")]]
    return frame.sum(min_count=1).dropna().to_dict()
