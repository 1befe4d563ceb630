"""The target of each KPI, queue and media type.

A row of the targets file wins over the organization's own setting, and that over the
defaults. Of several rows in the file that fit, the one with the most specific queue wins:
an id, then a name, then the wildcard with the most letters, then any queue; of those alike
the one that names the media type; of those still alike the first one.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Final

import numpy as np

from genesys.analytics.frames import ALL, NONE
from genesys.analytics.grouping import Codes
from genesys.client.entities import Queue
from genesys.kpis.catalogue import KPI_BY_KEY, KPIS, Better, Unit
from genesys.organization.directory import Directory
from genesys.targets.meant import Unmeant, require_meant

ANY: Final = "*"
"""Every queue, or every media type."""

SERVICE_LEVEL: Final = "service_level_pct"
AMBER_POINTS: Final = Decimal(10)
"""How far below its target a service level is still near."""

_MOST_TOLD: Final = 3

ORGANIZATION: Final = "the queue's settings"
DEFAULT: Final = "the product's defaults"

JUDGED: Final = tuple(
    kpi.key for kpi in KPIS if kpi.denominator and kpi.better is not Better.NEITHER
)
"""The KPIs that may have a target: rates and means that are better high, low or steady."""


@dataclass(frozen=True)
class Target:
    """Where a KPI is met (`target`) and where it is no longer near (`amber`), both included.

    In the KPI's unit; of a KPI with a baseline, per cent off it either way. `seconds` is the
    time that a service level counts within, None where that is not known or not one.
    """

    kpi: str
    queue: str
    media_type: str
    target: Decimal
    amber: Decimal
    seconds: Decimal | None = None
    source: str = DEFAULT


def _default(
    kpi: str, target: int, amber: int, media_type: str = ANY, seconds: Decimal | None = None
) -> Target:
    return Target(kpi, ANY, media_type, Decimal(target), Decimal(amber), seconds)


DEFAULTS: Final = (
    _default(SERVICE_LEVEL, 80, 70, "voice", Decimal(20)),
    _default("abandon_pct", 5, 8),
    _default("answer_pct", 95, 90),
    _default("asa_sec", 20, 60, "voice"),
    _default("transfer_pct", 10, 15),
    _default("aht_sec", 10, 20),
)


@dataclass(frozen=True)
class Override:
    """A row of the targets file with the queues it means; None is every queue."""

    target: Target
    queue_ids: frozenset[str] | None

    def fits(self, kpi: str, queue_id: str, media_type: str) -> bool:
        return (
            self.target.kpi == kpi
            and self.target.media_type in (ANY, media_type)
            and (self.queue_ids is None or queue_id in self.queue_ids)
        )

    @property
    def specificity(self) -> tuple[int, int, bool]:
        text, media = self.target.queue, self.target.media_type != ANY
        if {text, text.lower()} & (self.queue_ids or frozenset()):
            return 3, 0, media
        return (1, len(text.replace(ANY, "")), media) if ANY in text else (2, 0, media)


@dataclass(frozen=True)
class Targets:
    """The organization's service-level targets by queue id and media type, and the file's rows.

    `overrides` come the most specific first; `unmeant` says which own settings are not taken.
    """

    organization: Mapping[tuple[str, str], Target]
    overrides: tuple[Override, ...] = ()
    unmeant: tuple[str, ...] = ()

    def __hash__(self) -> int:
        """Worked out once, since queues may be thousands."""
        return self._hash

    @cached_property
    def _hash(self) -> int:
        different = {id(row): row for row in self.organization.values()}
        hashes = {place: hash(row) for place, row in different.items()}
        own = frozenset((key, hashes[id(row)]) for key, row in self.organization.items())
        return hash((own, self.overrides, self.unmeant))

    def within(self, queue_ids: frozenset[str]) -> Targets:
        """Those of these queues alone; what is said of settings not taken may name others."""
        kept = (
            replace(row, queue_ids=row.queue_ids and row.queue_ids & queue_ids)
            for row in self.overrides
            if row.queue_ids is None or row.queue_ids & queue_ids
        )
        own = {key: row for key, row in self.organization.items() if key[0] in queue_ids}
        return Targets(own, tuple(kept))

    def of(self, kpi_key: str, queue_id: str, media_type: str) -> Target | None:
        """The target of a KPI there; None where it has none, as work without a queue has."""
        row = self._row(kpi_key, queue_id, media_type)
        return row and replace(row, queue=queue_id, media_type=media_type)

    def _row(self, kpi_key: str, queue_id: str, media_type: str) -> Target | None:
        """The target, of whatever queues and media types it is."""
        if queue_id == NONE:
            return None
        own = self.organization.get((queue_id, media_type)) if kpi_key == SERVICE_LEVEL else None
        for override in self.overrides:
            if override.fits(kpi_key, queue_id, media_type):
                return replace(override.target, seconds=own.seconds if own else None)
        return own or _default_of(kpi_key, queue_id, media_type)

    def table(
        self, kpi_key: str, queue_ids: Sequence[str], media_types: Sequence[str]
    ) -> tuple[tuple[Target, ...], Codes]:
        """The targets that `of` gives for each queue (lines) and media type (columns).

        As places among the different ones, which name no queue and media type; -1 is none.
        """
        asked = kpi_key, tuple(queue_ids), tuple(media_types)
        if asked not in self._tables:
            self._tables[asked] = self._table(*asked)
        return self._tables[asked]

    @cached_property
    def _tables(self) -> dict[Hashable, tuple[tuple[Target, ...], Codes]]:
        """Kept here, as two sets of thousands of targets take long to compare."""
        return {}

    def _table(
        self, kpi_key: str, queue_ids: tuple[str, ...], media_types: tuple[str, ...]
    ) -> tuple[tuple[Target, ...], Codes]:
        known: dict[Hashable, tuple[int, Target]] = {}

        def place(row: Target | None) -> int:
            if row is None:
                return -1
            alike = row.target, row.amber, row.seconds, row.source
            if alike not in known:
                known[alike] = len(known), replace(row, queue=ANY, media_type=ANY)
            return known[alike][0]

        kinds = self._kinds(kpi_key, queue_ids, media_types)
        of_kind = {
            kind: [place(self._row(kpi_key, queue_id, media)) for media in media_types]
            for kind, queue_id in dict(zip(kinds, queue_ids, strict=True)).items()
        }
        lines = np.array([of_kind[kind] for kind in kinds], dtype=np.intp)
        rows = tuple(row for _, row in known.values())
        return rows, lines.reshape(len(queue_ids), len(media_types))

    def _kinds(
        self, kpi_key: str, queue_ids: tuple[str, ...], media_types: tuple[str, ...]
    ) -> list[tuple[Hashable, ...]]:
        """What each queue has in common with those that have the same targets of a KPI."""
        chosen = [row.queue_ids for row in self.overrides if row.target.kpi == kpi_key]
        own = self.organization if kpi_key == SERVICE_LEVEL else {}
        settings = [
            [id(own.get((queue_id, media))) for queue_id in queue_ids]
            for media in (media_types if own else ())
        ]
        fits = [[queue_id in ids for queue_id in queue_ids] for ids in chosen if ids is not None]
        apart = [queue_id if queue_id in (NONE, ALL) else "" for queue_id in queue_ids]
        return list(zip(*settings, *fits, apart, strict=True))


def targets(
    queues: Iterable[Queue], directory: Directory, overrides: Iterable[Target] = ()
) -> Targets:
    """The targets of an organization: of its queues by `Api.queues`, and of the file's rows."""
    own: dict[tuple[str, str], Target] = {}
    unmeant: list[str] = []
    for queue in queues:
        for pair, row in _of_queue(queue):
            if why := _unmeant(pair[1], row.target):
                unmeant.append(f"{directory.label(queue.id)}, {pair[1]}, {why}")
            else:
                own[pair] = row
    rows = [Override(row, queue_ids(row.queue, directory)) for row in overrides]
    ranked = sorted(rows, key=lambda row: row.specificity, reverse=True)
    return Targets(own, tuple(ranked), _in_words(unmeant))


@lru_cache(maxsize=1024)
def _unmeant(media_type: str, target: Decimal) -> str:
    """Why a queue's own setting cannot be meant; empty where it can."""
    try:
        require_meant(KPI_BY_KEY[SERVICE_LEVEL], media_type, target)
    except Unmeant as why:
        return f"{target.normalize():f}{str(why) or ' %'}"
    return ""


def _in_words(unmeant: Sequence[str]) -> tuple[str, ...]:
    if not unmeant:
        return ()
    more = f" and {len(unmeant) - _MOST_TOLD:,} more" if len(unmeant) > _MOST_TOLD else ""
    words = f"{'; '.join(unmeant[:_MOST_TOLD])}{more}"
    return (f"A queue's own service level target is not taken, the default holds: {words}.",)


def queue_ids(text: str, directory: Directory) -> frozenset[str] | None:
    """The queues that an id, a name or a wildcard such as `Claims*` means; None is all of them.

    A name may mean several queues.
    """
    if text == ANY:
        return None
    found = directory.find(text)
    if found or ANY not in text:
        return frozenset(found)
    pattern = re.compile(".*".join(map(re.escape, text.casefold().split(ANY))))
    names = {key: " ".join((queue.name or "").split()) for key, queue in directory.queues.items()}
    return frozenset(
        key
        for key, label in directory.labels().items()
        if any(pattern.fullmatch(name.casefold()) for name in (label, names[key]))
    )


def _default_of(kpi_key: str, queue_id: str, media_type: str) -> Target | None:
    """None for the service level of all queues together, each of which has its own."""
    if kpi_key == SERVICE_LEVEL and queue_id == ALL:
        return None
    for row in DEFAULTS:
        if row.kpi == kpi_key and row.media_type in (ANY, media_type):
            return row
    return None


def _of_queue(queue: Queue) -> Iterator[tuple[tuple[str, str], Target]]:
    for name, setting in (queue.media_settings or {}).items():
        level = setting.service_level if setting else None
        if level is not None and level.percentage is not None:
            media_type = "voice" if name == "call" else name
            yield (queue.id, media_type), _setting(level.percentage, level.duration_ms)


@lru_cache(maxsize=1024)
def _setting(share: float, duration_ms: float | None) -> Target:
    """The target of every queue and media type with this setting: thousands have the same."""
    target = Unit.PERCENT.scaled(Decimal(str(share)))
    amber = max(target - AMBER_POINTS, Decimal(0))
    seconds = None if duration_ms is None else Unit.SECONDS.scaled(Decimal(str(duration_ms)))
    return Target(SERVICE_LEVEL, ANY, ANY, target, amber, seconds, ORGANIZATION)
