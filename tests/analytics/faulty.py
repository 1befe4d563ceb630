"""Fetches from a server that fails."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from genesys.client.budget import Budget
from genesys.intervals import Granularity
from tests.asking import week
from tests.hostile import (
    ok,
)

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)


QUERY = week(granularity=Granularity.DAY, metrics=("nOffered", "tWait"))


def day(number: int, queue: str, offered: int, *waits: float) -> dict[str, Any]:
    """A group with one bucket."""
    stats = {"count": len(waits), "sum": sum(waits), "min": min(waits), "max": max(waits)}
    bucket = {
        "interval": f"2026-05-{number:02}T23:00:00.000Z/2026-05-{number + 1:02}T23:00:00.000Z",
        "metrics": [
            {"metric": "nOffered", "stats": {"count": offered}},
            {"metric": "tWait", "stats": stats},
        ],
    }
    return {"group": {"queueId": queue, "mediaType": "voice"}, "data": [bucket]}


RESULTS = [day(10, "q1", 3, 1000.0, 5000.0), day(11, "q1", 1, 700.0), day(11, "q2", 2, 10.0, 20.0)]


ANSWER = ok({"results": RESULTS})


def totals(frame) -> tuple[float, ...]:
    sums = frame[["nOffered_count", "tWait_count", "tWait_sum"]].sum()
    return (*sums, frame["tWait_min"].min(), frame["tWait_max"].max(), len(frame))


TOTALS = (6, 5, 6730, 10, 5000, 3)


@dataclass
class Waits:
    """A budget's clock and its way to wait: time goes on by waiting alone."""

    seconds: list[float] = field(default_factory=list)

    def budget(self, seconds: float = 600) -> Budget:
        return Budget(
            seconds,
            wait=self.seconds.append,
            monotonic=lambda: sum(self.seconds),
            now=lambda: NOW + timedelta(seconds=sum(self.seconds)),
        )
