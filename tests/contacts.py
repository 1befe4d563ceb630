"""An honest API in memory: contacts with a moment each, and answers to queries about them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

import pandas as pd

from genesys.analytics.frames import END, START, dimension_columns, measure_columns
from genesys.analytics.queries import AggregateQuery
from genesys.intervals import bucket_edges
from genesys.metrics import stats_of


@dataclass(frozen=True)
class Contact:
    """One event of one metric: a value in ms for times, 0 or 1 (in time) for service levels."""

    moment: datetime
    metric: str
    value: int = 1
    queue: str | None = "q1"
    media: str | None = "voice"

    @property
    def group(self) -> dict[str, str]:
        values = {"queueId": self.queue, "mediaType": self.media}
        return {name: value for name, value in values.items() if value}


def answer(
    contacts: Iterable[Contact],
    query: AggregateQuery,
    split: Callable[[Contact], int] = lambda contact: 0,
) -> bytes:
    """The response body; contacts that `split` numbers apart come in buckets of their own."""
    start, end = query.interval.start, query.interval.end
    edges: Sequence[datetime] = (start, end)
    if query.granularity:
        edges = bucket_edges(query.interval, query.granularity, query.zone)
    cells: defaultdict[Any, list[Contact]] = defaultdict(list)
    for contact in filter(lambda contact: _asked(contact, query), contacts):
        bucket = next(b for b in pairwise(edges) if b[0] <= contact.moment < b[1])
        group = tuple((name, v) for name, v in contact.group.items() if name in query.group_by)
        cells[group, bucket, split(contact)].append(contact)
    results = [
        {"group": dict(group), "data": [{"interval": _text(bucket), "metrics": [*_metrics(seen)]}]}
        for (group, bucket, _), seen in cells.items()
    ]
    return json.dumps({"results": results}).encode()


def _asked(contact: Contact, query: AggregateQuery) -> bool:
    return (
        query.interval.start <= contact.moment < query.interval.end
        and contact.metric in query.metrics
        and (not query.queue_ids or contact.queue in query.queue_ids)
        and (not query.media_types or contact.media in query.media_types)
        and bool(contact.queue or "queueId" in query.group_by)
    )


def _text(bucket: tuple[datetime, datetime]) -> str:
    return "/".join(f"{edge:%Y-%m-%dT%H:%M:%S.000Z}" for edge in bucket)


def _metrics(contacts: Sequence[Contact]) -> Iterator[dict[str, object]]:
    for metric in sorted({contact.metric for contact in contacts}):
        values = [contact.value for contact in contacts if contact.metric == metric]
        whole = {
            "count": len(values),
            "sum": sum(values),
            "min": min(values),
            "max": max(values),
            "ratio": sum(values) / len(values),
            "numerator": sum(values),
            "denominator": len(values),
            "target": 0.8,
        }
        yield {"metric": metric, "stats": {stat: whole[stat] for stat in stats_of(metric)}}


def figures(frame: pd.DataFrame) -> dict[Any, dict[str, float]]:
    """What a frame says, whatever the order of its rows and columns; no row comes twice."""
    keys = [START, END, *dimension_columns(frame)]
    names = measure_columns(frame)
    said = {}
    for row in frame.to_dict("records"):
        key = tuple(row[name] for name in keys)
        assert key not in said
        said[key] = {name: row[name] for name in names if not pd.isna(row[name])}
    return said
