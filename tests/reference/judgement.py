"""Which figures meet their targets, and how many contacts are wanting or in hand.

All comparisons are exact: a share is a fraction of whole numbers, a target a decimal.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Final, TypeVar

import pandas as pd

from genesys.analytics.frames import END, NONE, START
from genesys.kpis.catalogue import Better, Kpi, Unit
from genesys.metrics import VOICE_LIKE
from genesys.targets import Status
from genesys.targets.rows import ANY, JUDGED, SERVICE_LEVEL, Target, Targets
from tests.reference.rollup import GROUP, fractions, part_names, time_basis
from tests.reference.unjudged import why_unjudged

T = TypeVar("T")

FEW_CONTACTS: Final = 20
"""Below so many in a KPI's own denominator nothing is said of its target."""


def contacts_to_target(in_time: int, denominator: int, target: Decimal) -> int:
    """The least number of further contacts in time that had met the target (per cent)."""
    return max(_wanted(denominator, target) - in_time, 0)


def contacts_in_hand(in_time: int, denominator: int, target: Decimal) -> int:
    """The most contacts that could have been late with the target (per cent) still met."""
    return max(in_time - _wanted(denominator, target), 0)


def _wanted(denominator: int, target: Decimal) -> int:
    return math.ceil(Fraction(target) * denominator / 100)


def judge(
    frame: pd.DataFrame,
    by: Sequence[str],
    kpis: Iterable[Kpi],
    targets: Targets,
    baseline: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """How each group of `by` stands to its targets, in the rows of `rollup`.

    The columns are `by`, then for each KPI that may have a target `<key>_target` (float64)
    and `<key>_status` (text of Status, or why it has none), and for the service level
    `contacts_to_target` and `contacts_in_hand`. Parts that differ have no target together: see
    `across`. `baseline` is the frame of the comparison interval; the target of a KPI with a
    baseline is the value of the same group there.
    """
    kpis = tuple(kpi for kpi in kpis if kpi.key in JUDGED)
    parts = fractions(frame, by, kpis)
    common = common_targets(frame, by, kpis, targets)
    table = parts.drop(columns=[name for kpi in kpis for name in part_names(kpi)])
    doubts = why_unjudged(frame, by, kpis)
    for kpi in kpis:
        shares = _shares(parts, kpi)
        aims = [_Aim(kpi, row) for row in common[kpi.key]]
        if kpi.better is Better.BASELINE:
            bases = _bases(frame, by, kpi, baseline)
            aims = [
                replace(aim, base=bases.get(key))
                for aim, key in zip(aims, _keys(parts, _untimed(by)), strict=True)
            ]
        both = list(zip(aims, shares, strict=True))
        marks = [None if aim.value is None else float(aim.value) for aim in aims]
        table[f"{kpi.key}_target"] = pd.Series(marks, table.index, dtype="float64")
        statuses = [
            aim.status(share, doubt)
            for (aim, share), doubt in zip(both, doubts[kpi.key], strict=True)
        ]
        table[f"{kpi.key}_status"] = pd.Series(statuses, table.index, dtype=str)
        if kpi.key == SERVICE_LEVEL:
            for name, contacts in _CONTACTS.items():
                counts = [aim.contacts(share, contacts) for aim, share in both]
                table[name] = pd.Series(counts, table.index, dtype="Int64")
    return table


def common_targets(
    frame: pd.DataFrame, by: Sequence[str], kpis: Iterable[Kpi], targets: Targets
) -> Mapping[str, Sequence[Target | None]]:
    """For each KPI, by key, the target that all parts of each group of `by` share, if any.

    In the order of `rollup`'s rows. Parts that add nothing to the KPI's total do not matter.
    """
    kpis = tuple(kpis)
    whole = set(GROUP) <= set(by)
    parts = fractions(frame, tuple(dict.fromkeys((*by, *GROUP))), kpis)
    groups = parts if whole else fractions(frame, by, kpis)
    keys = _keys(parts, by)
    basis = time_basis(frame)
    in_total = (parts["queue_id"] != NONE) | ("queue_id" in by)
    common = {}
    for kpi in kpis:
        counts = in_total & (parts[part_names(kpi)[1]] > 0)
        if kpi.is_time and "media_type" not in by:
            counts &= parts["media_type"].isin(basis)
        found: defaultdict[tuple[object, ...], set[Target | None]] = defaultdict(set)
        places = zip(keys, parts["queue_id"], parts["media_type"], counts, strict=True)
        for key, queue_id, media_type, counted in places:
            if counted:
                found[key].add(targets.of(kpi.key, queue_id, media_type))
        common[kpi.key] = [_in_common(found[key]) for key in _keys(groups, by)]
    return common


@dataclass(frozen=True)
class _Share:
    """A KPI's numerator over its denominator, in its unit; NaN where the API sent none."""

    kpi: Kpi
    top: float
    bottom: float

    @property
    def value(self) -> Fraction | None:
        if math.isnan(self.top) or math.isnan(self.bottom) or self.bottom <= 0:
            return None
        share = Fraction(self.top) / Fraction(self.bottom)
        return share * 100 if self.kpi.unit is Unit.PERCENT else share / 1000

    @property
    def is_few(self) -> bool:
        return self.bottom < FEW_CONTACTS


@dataclass(frozen=True)
class _Aim:
    """A target, or the want of one, with the baseline that it is taken from."""

    kpi: Kpi
    row: Target | None
    base: _Share | None = None

    @property
    def value(self) -> Fraction | None:
        if self.row is None:
            return None
        if self.kpi.better is Better.BASELINE:
            return self.base.value if self.base else None
        return Fraction(self.row.target)

    def status(self, share: _Share, doubt: str) -> str:
        aim, value = self.value, share.value
        if self.row is None or aim is None or value is None:
            return Status.NONE.value
        if doubt:
            return doubt
        if self.base and self.base.is_few:
            return Status.FEW.value
        if self.kpi.better is Better.BASELINE:
            if aim == 0:
                return Status.NONE.value
            value = abs(value / aim - 1) * 100
        sign = 1 if self.kpi.better is Better.UP else -1
        for status, limit in ((Status.MET, self.row.target), (Status.NEAR, self.row.amber)):
            if sign * value >= sign * Fraction(limit):
                return status.value
        return Status.MISSED.value

    def contacts(self, share: _Share, count: Callable[[int, int, Decimal], int]) -> int | None:
        if self.row is None or share.value is None:
            return None
        return count(round(share.top), round(share.bottom), self.row.target)


_CONTACTS: Final = {
    "contacts_to_target": contacts_to_target,
    "contacts_in_hand": contacts_in_hand,
}


def _shares(parts: pd.DataFrame, kpi: Kpi) -> list[_Share]:
    columns = [parts[name] for name in part_names(kpi)]
    return [_Share(kpi, top, bottom) for top, bottom in zip(*columns, strict=True)]


def _keys(table: pd.DataFrame, by: Sequence[str]) -> list[tuple[object, ...]]:
    if not by:
        return [()] * len(table)
    return list(table[list(by)].itertuples(index=False, name=None))


def _untimed(by: Sequence[str]) -> list[str]:
    return [name for name in by if name not in (START, END)]


def _bases(
    frame: pd.DataFrame, by: Sequence[str], kpi: Kpi, baseline: pd.DataFrame | None
) -> dict[tuple[object, ...], _Share]:
    """The same groups in the baseline; none where its totals are over other media types."""
    if baseline is None:
        return {}
    waited = [bool(time_basis(each) & VOICE_LIKE) for each in (frame, baseline)]
    if "media_type" not in by and waited[0] != waited[1]:
        return {}
    by = _untimed(by)
    parts = fractions(baseline, by, [kpi])
    return dict(zip(_keys(parts, by), _shares(parts, kpi), strict=True))


def _in_common(rows: set[Target | None]) -> Target | None:
    """One target of those that are alike in all that counts; None where they differ."""
    known = [row for row in rows if row]
    if not known or len(known) < len(rows) or len({(row.target, row.amber) for row in known}) > 1:
        return None

    def one(values: set[T], otherwise: T) -> T:
        return values.pop() if len(values) == 1 else otherwise

    return replace(
        known[0],
        queue=one({row.queue for row in known}, ANY),
        media_type=one({row.media_type for row in known}, ANY),
        seconds=one({row.seconds for row in known}, None),
        source=" and ".join(sorted({row.source for row in known})),
    )
