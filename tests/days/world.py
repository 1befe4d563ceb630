"""An organization in memory, and its days kept in a folder, some of them and not all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final
from zoneinfo import ZoneInfo

from genesys.analytics.frames import to_frame
from genesys.analytics.queries import AggregateQuery
from genesys.days.asked import AskedDay
from genesys.days.calendar import DAY, begin, span
from genesys.days.place import Owner, Place, place
from genesys.days.store import Days
from genesys.errors import ApiError, Facts
from genesys.intervals import Granularity, Interval
from tests.contacts import Contact, answer

OWNER: Final = Owner("eu-west-1", "0a1b2c", "client-1")
METRICS: Final = ("nOffered", "tAnswered", "tHandle", "tWait", "oServiceLevel")
QUEUES: Final = ("q1", "q2", "q3", "q4")
MEDIA: Final = ("voice", "email", "callback")
LATER: Final = datetime(2026, 12, 1, 12, tzinfo=UTC)


def here(folder: Path, owner: Owner = OWNER) -> Place:
    """The place of an owner's days in a folder."""
    found = place(str(folder), owner)
    assert found
    return found


def contacts_of(interval: Interval, number: int, dice: Random) -> list[Contact]:
    """Contacts of all metrics, queues and media types, some of them outside any queue."""
    minutes = interval.length // timedelta(minutes=1)
    return [
        Contact(
            interval.start + timedelta(minutes=dice.randrange(minutes)),
            metric,
            dice.randrange(2) if metric == "oServiceLevel" else dice.randrange(400_000_000),
            dice.choice([*QUEUES, None]),
            dice.choice([*MEDIA, None]),
        )
        for _ in range(number)
        for metric in dice.sample((*METRICS, "nConversations"), 2)
    ]


@dataclass
class HonestApi:
    """Answers from contacts as the API does, and refuses the `refused` metrics."""

    contacts: Iterable[Contact]
    refused: Collection[str] = ()
    asked: list[AggregateQuery] = field(default_factory=list)
    url: str = "https://api.example.com"
    pressure: float = 0.0

    def aggregate(self, body: Mapping[str, Any], _budget: object) -> bytes:
        query = _query(body)
        self.asked.append(query)
        for metric in query.metrics:
            if metric in self.refused:
                facts = Facts(status=400, code="invalid.value")
                raise ApiError(f"The metric {metric} is refused.", "", facts=facts)
        return answer(self.contacts, query)


def _query(body: Mapping[str, Any]) -> AggregateQuery:
    values: dict[str, list[str]] = {"queueId": [], "mediaType": []}
    for clause in body.get("filter", {}).get("clauses", ()):
        for predicate in clause["predicates"]:
            if "value" in predicate:
                values[predicate["dimension"]].append(predicate["value"])
    return AggregateQuery(
        interval=Interval.parse(body["interval"]),
        metrics=tuple(body["metrics"]),
        granularity=Granularity(body["granularity"]) if "granularity" in body else None,
        zone=ZoneInfo(body["timeZone"]),
        group_by=tuple(body["groupBy"]),
        queue_ids=tuple(values["queueId"]),
        media_types=tuple(values["mediaType"]),
    )


def day_query(day: date, metrics: Iterable[str] = METRICS) -> AggregateQuery:
    """What a day is kept from."""
    return AggregateQuery(
        interval=span(day), metrics=tuple(metrics), granularity=Granularity.HALF_HOUR
    )


def keep_day(
    days: Days,
    contacts: Iterable[Contact],
    day: date,
    metrics: Iterable[str] = METRICS,
    asked: datetime = LATER,
) -> bool:
    """Keep a day as the contacts have it."""
    query = day_query(day, metrics)
    frame = to_frame(answer(contacts, query), query)
    return days.keep(frame, AskedDay(day, asked, frozenset(query.metrics)))


def days_from(first: date, number: int) -> list[date]:
    return [(begin(first) + each * DAY).date() for each in range(number)]


def offered(days: Days, day: date, known: datetime | None = None) -> float:
    """The offered that kept days know of a day, or knew; of one that is not kept it is -1."""
    held = days.held(day_query(day), known)
    return sum(frame["nOffered_count"].sum() for frame in held.frames) if held.spans else -1


def happened_of(contacts: Iterable[Contact], day: date) -> int:
    """The offered of a day."""
    within = span(day)
    return sum(
        each.metric == "nOffered" and within.start <= each.moment < within.end for each in contacts
    )
