"""The target that all parts of a group share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

import numpy as np

from genesys.analytics.grouping import Codes, Flags, Grouping, Numbers
from genesys.kpis.catalogue import Kpi
from genesys.kpis.parts import GROUP, Parts
from genesys.targets.rows import Target, Targets


@dataclass(frozen=True, eq=False)
class Common:
    """The target of each group, by its place among the different ones; -1 is none."""

    rules: tuple[Target, ...]
    places: Codes

    @property
    def rows(self) -> list[Target | None]:
        """The target of each group."""
        return [None if place < 0 else self.rules[place] for place in self.places.tolist()]

    @cached_property
    def has_target(self) -> Flags:
        """Which groups have a target."""
        return self.places >= 0

    def limits(self, *, amber: bool = False) -> tuple[Decimal, ...]:
        """Where each of the different targets is met, or is no longer near."""
        return tuple(rule.amber if amber else rule.target for rule in self.rules)

    def spread(self, of_rules: Iterable[Decimal]) -> Numbers:
        """A number of each of the different targets, group by group; NaN where there is none."""
        return np.array([*map(float, of_rules), np.nan])[self.places]


def common_targets(
    parts: Parts, by: Sequence[str], kpis: Iterable[Kpi], targets: Targets
) -> Mapping[str, Sequence[Target | None]]:
    """For each KPI, by key, the target that all parts of each group of `by` share, if any.

    In the rows of `Parts.by`. Parts that add nothing to the KPI's total do not matter.
    """
    return {kpi.key: common_of(parts, by, kpi, targets).rows for kpi in kpis}


def common_of(parts: Parts, by: Sequence[str], kpi: Kpi, targets: Targets) -> Common:
    """What `common_targets` tells of one KPI."""
    cells = parts.by(tuple(dict.fromkeys((*by, *GROUP))))
    if "queue_id" not in by:
        cells = cells.of_queues
    queues, media = (cells.keys[name] for name in GROUP)
    rules, table = targets.table(kpi.key, list(queues.labels), list(media.labels))
    counts = cells.bottom(kpi) > 0
    if kpi.is_time and "media_type" not in by:
        counts &= media.isin(parts.basis)
    places = table[queues.codes, media.codes]
    if set(GROUP) <= set(by):
        return Common(rules, np.where(counts, places, -1))
    groups = Grouping.of([cells.keys[name] for name in by], len(cells))
    return _common(rules, places, counts, groups, len(parts.by(by)))


def _common(
    rules: tuple[Target, ...], places: Codes, counts: Flags, groups: Grouping, many: int
) -> Common:
    """The target that the places of each group share where they count."""
    own = np.where(counts, places.astype(np.float64), np.nan)
    least, most = groups.least(own), groups.most(own)
    found = np.full(many, -1)
    found[: len(least)] = np.where(least == most, least, -1)
    mixed = np.flatnonzero(least < most)
    inside = counts & np.isin(groups.groups, mixed)
    whole = len(rules) + 1
    pairs = np.unique(groups.groups[inside] * whole + places[inside] + 1)
    group, place = np.divmod(pairs, whole)
    places_of = np.split(place, np.flatnonzero(np.diff(group)) + 1) if len(pairs) else []
    merged: dict[tuple[int, ...], int] = {}
    more = list(rules)
    for at, each in zip(mixed.tolist(), places_of, strict=True):
        if (known := tuple(each.tolist())) not in merged:
            row = _in_common({rules[rule - 1] if rule else None for rule in known})
            merged[known] = -1 if row is None else len(more)
            more += [] if row is None else [row]
        found[at] = merged[known]
    return Common(tuple(more), found)


def _in_common(rows: set[Target | None]) -> Target | None:
    """One target of those that are alike in all that counts; None where they differ."""
    known = [row for row in rows if row]
    if len(known) < len(rows) or len({(row.target, row.amber) for row in known}) > 1:
        return None
    seconds = {row.seconds for row in known}
    return replace(
        known[0],
        seconds=seconds.pop() if len(seconds) == 1 else None,
        source=" and ".join(sorted({row.source for row in known})),
    )
