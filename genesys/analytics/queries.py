"""The question: an aggregate query and the JSON body that asks it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from genesys.errors import QueryError
from genesys.intervals import PRESET_BY_KEY, Granularity, Interval, days_back
from genesys.metrics import API_METRICS, GROUP_BY, MEDIA_TYPES
from genesys.names import require_known

BY_QUEUE_AND_MEDIA = ("queueId", "mediaType")


@dataclass(frozen=True, kw_only=True)
class AggregateQuery:
    """Which metrics, over which interval, in which buckets and groups, of which queues.

    No granularity is one bucket over the whole interval; no queues or media types are all
    of them. Raises QueryError for a name the API does not know, before anything is sent.
    """

    interval: Interval
    metrics: tuple[str, ...]
    granularity: Granularity | None = None
    zone: ZoneInfo = ZoneInfo("UTC")
    group_by: tuple[str, ...] = BY_QUEUE_AND_MEDIA
    queue_ids: tuple[str, ...] = ()
    media_types: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.metrics:
            raise QueryError("The query names no metric.", "Ask for one at least.")
        require_known("metric", self.metrics, API_METRICS)
        require_known("dimension", self.group_by, GROUP_BY)
        require_known("media type", self.media_types, MEDIA_TYPES)
        for field in ("metrics", "group_by", "queue_ids", "media_types"):
            object.__setattr__(self, field, tuple(dict.fromkeys(getattr(self, field))))

    def body(self) -> dict[str, object]:
        """The JSON body of `POST /api/v2/analytics/conversations/aggregates/query`."""
        body: dict[str, object] = {
            "interval": self.interval.text(self.zone),
            "timeZone": self.zone.key,
            "groupBy": list(self.group_by),
            "metrics": list(self.metrics),
        }
        if self.granularity:
            body["granularity"] = self.granularity.value
        clauses = [
            _one_of(dimension, values)
            for dimension, values in (("queueId", self.queue_ids), ("mediaType", self.media_types))
            if values
        ]
        if "queueId" not in self.group_by and not self.queue_ids:
            # Work outside any queue is no part of a total, and cannot be told apart later.
            in_queue = {"dimension": "queueId", "operator": "exists"}
            clauses.append({"type": "and", "predicates": [in_queue]})
        if clauses:
            body["filter"] = {"type": "and", "clauses": clauses}
        return body

    @classmethod
    def last_days(
        cls, days: int, now: datetime, zone: ZoneInfo, metrics: Iterable[str]
    ) -> AggregateQuery:
        """The whole local days before today, by queue and media type."""
        return cls(interval=days_back(days, now, zone), zone=zone, metrics=tuple(metrics))

    @classmethod
    def of_preset(
        cls, key: str, now: datetime, zone: ZoneInfo, metrics: Iterable[str]
    ) -> AggregateQuery:
        """A preset of `intervals.PRESETS`, by queue and media type."""
        require_known("preset", (key,), tuple(PRESET_BY_KEY))
        interval = PRESET_BY_KEY[key].interval(now, zone)
        return cls(interval=interval, zone=zone, metrics=tuple(metrics))


def _one_of(dimension: str, values: Iterable[str]) -> dict[str, object]:
    """An `or` clause with a predicate for each value: the API has no list form."""
    predicates = [{"dimension": dimension, "value": value} for value in values]
    return {"type": "or", "predicates": predicates}
