"""The selection: what a page shows, as one frozen value and as parameters of its URL."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from genesys.errors import QueryError
from genesys.insights.earlier import Way
from genesys.intervals import PRESET_BY_KEY, Interval, Preset
from genesys.kpis.catalogue import KPI_BY_KEY, Kpi
from genesys.kpis.formats import Durations
from genesys.kpis.sets import KPI_SETS
from genesys.kpis.trend import STEP_BY_KEY, Step, automatic_step
from genesys.metrics import MEDIA_TYPES
from genesys.organization.directory import Directory
from genesys.weeks import Weekday
from genesys.zones import zone_named

CUSTOM: Final = "custom"
AUTOMATIC: Final = "auto"
OWN: Final = "own"
"""KPIs chosen one by one."""

DEFAULT_PERIOD: Final = "last-7-days"
DEFAULT_KPIS: Final = KPI_SETS[0].kpis

MOST_QUEUES: Final = 100
"""Queues that may be picked one by one: their ids stand in the URL, which servers cut at 8 KB."""

MOST_DAYS: Final = 366
FIRST_DAY: Final = date(2000, 1, 1)
"""No organization has figures that are older; earlier days are taken for a slip."""

MOST_LETTERS: Final = 100


MOST_CONTACTS: Final = 1_000_000
"""No queue has a minimum above it."""


@dataclass(frozen=True, kw_only=True)
class Selection:
    """What a page shows; empty queues, divisions and media types are all of them.

    A custom period has its `first` and `last` day. `find` selects, besides `queue_ids`, the
    queues whose label contains it. Rows with fewer than `fewest` contacts are not shown, but
    are in every total; totals of times are over all media types where they are `blended`.
    Days are those of the `zone`, an IANA name; without one, of the setting's. Kept days are as
    they were known at the end of the day `as_of`; without one, as they are now.
    """

    period: str = DEFAULT_PERIOD
    first: date | None = None
    last: date | None = None
    media_types: tuple[str, ...] = ()
    divisions: tuple[str, ...] = ()
    queue_ids: tuple[str, ...] = ()
    find: str = ""
    step: str = AUTOMATIC
    kpis: tuple[str, ...] = DEFAULT_KPIS
    compare: Way = Way.PREVIOUS
    blended: bool = False
    fewest: int = 0
    durations: Durations = Durations.SHORT
    zone: str = ""
    as_of: date | None = None

    def interval(
        self, now: datetime, zone: ZoneInfo, week_begins: Weekday = Weekday.MONDAY
    ) -> Interval:
        """The interval as of `now`; raises QueryError for one that cannot be asked for."""
        if self.period != CUSTOM or not (self.first and self.last):
            return PRESET_BY_KEY[self.period].interval(now, zone, week_begins)
        first, last = self.first, min(self.last, now.astimezone(zone).date())
        if first > last:
            raise QueryError("The dates lie in the future.", "Choose days that have begun.")
        if last - first >= timedelta(days=MOST_DAYS):
            raise QueryError(
                f"The dates span more than {MOST_DAYS} days.",
                "Choose a shorter range; the command line takes longer ones.",
            )
        custom = Preset(CUSTOM, "", lambda *_: (first, last + timedelta(days=1)))
        return custom.interval(now, zone)

    def step_for(self, interval: Interval, week_begins: Weekday = Weekday.MONDAY) -> Step:
        """The chosen step, or the one that fits the interval's length."""
        step = STEP_BY_KEY.get(self.step) or automatic_step(interval)
        return replace(step, week_begins=week_begins)

    def kpi_rows(self) -> tuple[Kpi, ...]:
        """The chosen KPIs, in the catalogue's order."""
        return tuple(kpi for key, kpi in KPI_BY_KEY.items() if key in self.kpis)

    def kpi_set(self) -> str:
        """The key of the KPI set that is chosen; OWN where the KPIs are none of them."""
        return next((each.key for each in KPI_SETS if each.kpis == self.kpis), OWN)

    def queues(self, directory: Directory, seen: Collection[str]) -> frozenset[str] | None:
        """The ids of the queues selected among those `seen` and listed; None is all of them."""
        if not (self.queue_ids or self.find or self.divisions):
            return None
        chosen = frozenset((*seen, *directory.queues))
        if self.queue_ids or self.find:
            text = self.find.casefold()
            found = (key for key in chosen if text and text in directory.label(key).casefold())
            chosen = frozenset((*self.queue_ids, *found))
        if self.divisions:
            chosen = frozenset(
                key for key in chosen if directory.division_id(key) in self.divisions
            )
        return chosen

    def changes(self, other: Selection) -> int:
        """How many filters differ in another selection; the period with its days is one."""

        def filters(of: Selection) -> list[object]:
            several = map(frozenset, (of.media_types, of.divisions, of.queue_ids))
            single = of.find, of.step, of.kpis, of.compare, of.blended, of.fewest, of.durations
            return [(of.period, of.first, of.last), *several, *single, of.zone, of.as_of]

        return sum(a != b for a, b in zip(filters(self), filters(other), strict=True))

    def to_params(self) -> dict[str, list[str]]:
        """The URL's parameters: only what differs from the default."""
        params: dict[str, list[str]] = {}
        for name, field in _TEXTS.items():
            if (text := str(getattr(self, field))) != str(getattr(DEFAULT, field)):
                params[name] = [text]
        if self.period == CUSTOM and self.first and self.last:
            params |= {"from": [self.first.isoformat()], "to": [self.last.isoformat()]}
        if self.as_of:
            params["as_of"] = [self.as_of.isoformat()]
        if self.blended:
            params["blend"] = ["yes"]
        if self.kpis != DEFAULT_KPIS and self.kpi_set() != OWN:
            params["set"] = [self.kpi_set()]
        for name, words in (
            ("media", self.media_types),
            ("division", self.divisions),
            ("queue", self.queue_ids),
            ("kpi", self.kpis if self.kpi_set() == OWN else ()),
        ):
            if words:
                params[name] = list(words)
        return params


_TEXTS: Final = {
    "period": "period",
    "step": "step",
    "find": "find",
    "compare": "compare",
    "min": "fewest",
    "times": "durations",
    "zone": "zone",
}
"""The parameters that are one text, and the fields they stand for."""

DEFAULT: Final = Selection()

PARAMETERS: Final = (
    "period",
    "from",
    "to",
    "compare",
    "media",
    "division",
    "queue",
    "find",
    "step",
    "set",
    "kpi",
    "blend",
    "min",
    "times",
    "zone",
    "as_of",
)


def from_params(params: Mapping[str, Sequence[str]]) -> Selection:
    """The selection that a URL names; what is not understood falls back to the default."""

    def one(name: str) -> str:
        return next(filter(None, params.get(name, ())), "")

    def known(name: str, words: Collection[str]) -> tuple[str, ...]:
        return tuple(word for word in words if word in params.get(name, ()))

    def some(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(filter(None, params.get(name, ()))))[:MOST_QUEUES]

    first, last = _day(one("from")), _day(one("to"))
    period = one("period")
    if first and last and first <= last and period in (CUSTOM, ""):
        period = CUSTOM
    elif period not in PRESET_BY_KEY:
        period = DEFAULT_PERIOD
    custom = period == CUSTOM
    kpi_set = next((each.kpis for each in KPI_SETS if each.key == one("set")), DEFAULT_KPIS)
    return Selection(
        period=period,
        first=first if custom else None,
        last=last if custom else None,
        media_types=known("media", MEDIA_TYPES),
        divisions=some("division"),
        queue_ids=some("queue"),
        find=one("find").strip()[:MOST_LETTERS].rstrip(),
        step=one("step") if one("step") in STEP_BY_KEY else AUTOMATIC,
        kpis=known("kpi", KPI_BY_KEY) or kpi_set,
        compare=Way(one("compare")) if one("compare") in list(Way) else Way.PREVIOUS,
        blended=one("blend") == "yes",
        fewest=min(int(one("min")), MOST_CONTACTS) if re.fullmatch("[0-9]{1,9}", one("min")) else 0,
        durations=Durations(one("times")) if one("times") in list(Durations) else Durations.SHORT,
        zone=_zone(one("zone")),
        as_of=_day(one("as_of")),
    )


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day >= FIRST_DAY else None


def _zone(text: str) -> str:
    try:
        return zone_named(text).key if text else ""
    except ValueError:
        return ""
