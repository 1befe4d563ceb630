"""What the organization itself answers, by calls and arithmetic that are none of the product's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from genesys.demo import DemoServer
from tests.demo.calls import BY_QUEUE_AND_MEDIA, QUEUES, Caller, totals

ZONE = ZoneInfo("Europe/London")
"""That of the demo organization."""

METRICS = ["nOffered", "tAnswered", "tAbandon", "nOverSla", "oServiceLevel"]


@dataclass(frozen=True)
class Counts:
    """Contacts of some queues over some days."""

    offered: int
    answered: int
    abandoned: int
    answered_late: int
    in_time: int
    judged: int
    """Those that the service level is over."""

    @property
    def service_level(self) -> str:
        return f"{100 * self.in_time / self.judged:.1f} %"


@dataclass
class Truth:
    """Counts of a demo organization."""

    server: DemoServer
    answers: dict[tuple[date, int], Any] = field(default_factory=dict)
    """What has been asked, by first day and number of days."""

    def counts(self, first: date, *queues: str, media: str = "", days: int = 7) -> Counts:
        """Of queues by id (all) and a media type (all) over the days from `first` on."""
        chosen = [
            each
            for each in self._groups(first, days)
            if each["group"].get("queueId") in queues or not queues
            if media in ("", each["group"]["mediaType"])
        ]
        found = totals({"results": chosen})

        def stat(metric: str, name: str = "count") -> int:
            return int(found.get(metric, {}).get(name, 0))

        return Counts(
            stat("nOffered"),
            stat("tAnswered"),
            stat("tAbandon"),
            stat("nOverSla"),
            stat("oServiceLevel", "numerator"),
            stat("oServiceLevel", "denominator"),
        )

    @cached_property
    def queue_ids(self) -> Mapping[str, str]:
        """The listed queues by name, without those that share one."""
        listed = self._caller.get(QUEUES, pageSize=500)["entities"]
        names = [queue["name"] for queue in listed]
        return {each["name"]: each["id"] for each in listed if names.count(each["name"]) == 1}

    def _groups(self, first: date, days: int) -> list[Any]:
        if (first, days) not in self.answers:
            moments = (
                datetime.combine(day, time(), ZONE) for day in (first, first + timedelta(days=days))
            )
            interval = "/".join(moment.isoformat(timespec="milliseconds") for moment in moments)
            more = {"groupBy": BY_QUEUE_AND_MEDIA, "timeZone": ZONE.key}
            answer = self._caller.query(interval, METRICS, **more)
            self.answers[first, days] = [
                each for each in answer["results"] if "queueId" in each["group"]
            ]
        found: list[Any] = self.answers[first, days]
        return found

    @cached_property
    def _caller(self) -> Caller:
        return Caller(self.server)
