"""Which figures meet their targets, and how many contacts are short of them or in hand.

All comparisons are exact: numbers are put crosswise, and where rounding could decide, as
fractions of whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

import numpy as np
import pandas as pd

from genesys.analytics.frames import START
from genesys.analytics.grouping import Codes, Flags, Numbers
from genesys.kpis.aligning import places
from genesys.kpis.catalogue import Better, Kpi, Unit
from genesys.kpis.parts import Parts, typed
from genesys.kpis.unjudged import FEW_CONTACTS, Words, is_few, why_unjudged
from genesys.metrics import VOICE_LIKE
from genesys.targets.common import Common, common_of
from genesys.targets.rows import JUDGED, SERVICE_LEVEL, Targets


class Status(StrEnum):
    """How a figure stands to its target, as a word to show."""

    MET = "met"
    NEAR = "near"
    MISSED = "missed"
    FEW = FEW_CONTACTS
    NONE = ""


ICONS: Final[Mapping[Status, str]] = {
    Status.MET: "check_circle",
    Status.NEAR: "warning",
    Status.MISSED: "cancel",
    Status.FEW: "help",
    Status.NONE: "",
}
"""Names of Material icons, unlike in shape as well as in colour."""


def contacts_to_target(in_time: int, denominator: int, target: Decimal) -> int:
    """The least number of further contacts in time that had met the target (per cent)."""
    return max(_wanted([denominator], target)[0] - in_time, 0)


def contacts_in_hand(in_time: int, denominator: int, target: Decimal) -> int:
    """The most contacts that could have been late with the target (per cent) still met."""
    return max(in_time - _wanted([denominator], target)[0], 0)


def _wanted(denominators: Iterable[int], target: Decimal) -> list[int]:
    """The least numbers in time that meet the target."""
    over, under = target.as_integer_ratio()
    return [-(-each * over // Unit.PERCENT.scaled(under)) for each in denominators]


@dataclass(frozen=True, eq=False)
class Standing:
    """How groups stand to their targets of a KPI, an entry for each row of `Parts.by`.

    `target` is in the KPI's unit, of a KPI with a baseline the value there. `spare` is how many
    contacts a service level has in hand, below zero how many it is short of; NaN for other KPIs.
    `why_not` says why a value that has a target is not judged, "" where it is.
    """

    common: Common
    target: Numbers
    codes: Codes
    spare: Numbers
    why_not: Words

    @property
    def status(self) -> Words:
        """The words of Status, or why a value is not judged."""
        words: Words = np.where(self.why_not != "", self.why_not, _WORDS[self.codes])
        return words

    @property
    def is_of_another_time(self) -> Flags:
        """Which values count contacts that were offered at another time, so are not judged."""
        flags: Flags = (self.why_not != "") & ~self.are(Status.FEW)
        return flags

    def are(self, *statuses: Status) -> Flags:
        """Which groups have one of these."""
        return np.isin(self.codes, [_CODES[status] for status in statuses])

    @property
    def short(self) -> Numbers:
        """How many contacts each judged service level is short of its target; 0 if none."""
        lacking = np.where(self.are(Status.NEAR, Status.MISSED), -self.spare, 0.0)
        short: Numbers = np.nan_to_num(lacking).clip(min=0.0)
        return short

    @property
    def contacts(self) -> dict[str, Any]:
        """`contacts_to_target` and `contacts_in_hand`, as columns of a table."""
        counts = {"contacts_to_target": -self.spare, "contacts_in_hand": self.spare}
        return {name: typed(np.maximum(each, 0), Unit.COUNT) for name, each in counts.items()}


def standing(
    parts: Parts, by: Sequence[str], kpi: Kpi, targets: Targets, baseline: Parts | None = None
) -> Standing:
    """What `judge` tells of one KPI, which may have a target."""
    groups, common = parts.by(by), common_of(parts, by, kpi, targets)
    share = _Share(kpi, groups.top(kpi), groups.bottom(kpi))
    base = _baseline(parts, by, kpi, baseline) if kpi.better is Better.BASELINE else None
    values = common.spread(common.limits()) if base is None else base.value
    why_not = _why_not(common.has_target, why_unjudged(groups, kpi), share, base)
    judged = _statuses(share, common, base)
    is_judged, few = common.has_target & (why_not == ""), why_not == FEW_CONTACTS
    codes = np.select([few, is_judged], [_CODES[Status.FEW], judged], _CODES[Status.NONE])
    target = np.where(common.has_target, values, np.nan)
    return Standing(common, target, codes, _spare(share, common), why_not)


def _why_not(has_target: Flags, why: Words, share: _Share, base: _Share | None) -> Words:
    """Why a value with a target is not judged: the value's own reason, or too few before."""
    has_value = has_target & share.has_value
    if base:
        why = np.where((why == "") & is_few(base.bottom), FEW_CONTACTS, why)
        has_value = has_value & base.has_value
    words: Words = np.where(has_value, why, "")
    return words


def judge(
    parts: Parts,
    by: Sequence[str],
    kpis: Iterable[Kpi],
    targets: Targets,
    baseline: Parts | None = None,
) -> pd.DataFrame:
    """How each group of `by` stands to its targets, in the rows of `Parts.by`.

    The columns are `by`, then for each KPI that may have a target `<key>_target` (float64)
    and `<key>_status` (text of Status, or why the value is not judged), and for the service
    level `contacts_to_target` and `contacts_in_hand` (Int64). A group whose parts have
    different targets has none: see `across`. `baseline` are the parts of the comparison
    interval; the target of a KPI with a baseline is the value of the same group there.
    """
    table = parts.by(by).labels()
    columns: dict[str, Any] = {}
    for kpi in kpis:
        if kpi.key in JUDGED:
            columns |= columns_of(kpi, standing(parts, by, kpi, targets, baseline))
    return pd.concat([table, pd.DataFrame(columns, index=table.index)], axis="columns")


def columns_of(kpi: Kpi, stands: Standing) -> dict[str, Any]:
    """A KPI's columns in the table of `judge`."""
    contacts = stands.contacts if kpi.key == SERVICE_LEVEL else {}
    status = pd.array(stands.status, dtype=str)
    return {f"{kpi.key}_target": stands.target, f"{kpi.key}_status": status, **contacts}


_CODES: Final = {status: code for code, status in enumerate(Status)}
_WORDS: Final = np.array([status.value for status in Status], dtype=object)


@dataclass(frozen=True, eq=False)
class _Share:
    """A KPI's numerators over its denominators; NaN where the API sent none."""

    kpi: Kpi
    top: Numbers
    bottom: Numbers

    @property
    def has_value(self) -> Flags:
        return ~np.isnan(self.top) & (self.bottom > 0)

    @property
    def value(self) -> Numbers:
        top, bottom = self.kpi.unit.scale
        value = np.full(len(self.top), np.nan)
        np.divide(self.top * top, self.bottom * bottom, out=value, where=self.bottom > 0)
        return value


def _statuses(share: _Share, common: Common, base: _Share | None) -> Codes:
    """The status of each share against its target, or against its baseline."""
    met, near = (_reaches(share, common, base, amber=each) for each in (False, True))
    has_value = share.has_value
    if base:
        has_value = has_value & base.has_value & (base.top > 0)
    codes = [_CODES[each] for each in (Status.NONE, Status.MET, Status.NEAR)]
    return np.select([~has_value, met, near], codes, _CODES[Status.MISSED])


def _reaches(share: _Share, common: Common, base: _Share | None, *, amber: bool) -> Flags:
    """Which shares are as good as their limit, or no farther off their baseline, exactly."""
    limits = common.limits(amber=amber)
    limit, (over, under) = common.spread(limits), share.kpi.unit.scale
    if base:
        crosswise = share.top * base.bottom, base.top * share.bottom
        apart = abs(crosswise[0] - crosswise[1])
        left, right = limit * crosswise[1], Unit.PERCENT.scaled(apart)
    else:
        left, right = over * share.top, limit * under * share.bottom
        if share.kpi.better is not Better.UP:
            left, right = right, left
    reached = left >= right
    for place in np.flatnonzero(abs(left - right) <= _DOUBT * abs(left)).tolist():
        exact = Fraction(limits[common.places[place]])
        reached[place] = _reaches_exactly(share, place, exact, base)
    return reached


def _reaches_exactly(share: _Share, place: int, limit: Fraction, base: _Share | None) -> bool:
    top, bottom = (Fraction(float(each[place])) for each in (share.top, share.bottom))
    if base:
        own, other = (
            top * Fraction(float(base.bottom[place])),
            Fraction(float(base.top[place])) * bottom,
        )
        return limit * other >= Unit.PERCENT.scaled(abs(own - other))
    over, under = share.kpi.unit.scale
    sign = 1 if share.kpi.better is Better.UP else -1
    return sign * over * top >= sign * limit * under * bottom


_DOUBT: Final = 1e-9
"""Numbers that are closer than this share of them are compared as fractions."""


def _spare(share: _Share, common: Common) -> Numbers:
    """How many contacts each service level has in hand; below zero how many it is short of."""
    spare = np.full(len(share.top), np.nan)
    if share.kpi.key != SERVICE_LEVEL:
        return spare
    for place, target in enumerate(common.limits()):
        rows = np.flatnonzero((common.places == place) & share.has_value)
        top, bottom = (np.round(each[rows]).astype(np.int64) for each in (share.top, share.bottom))
        spare[rows] = top - np.array(_wanted(bottom.tolist(), target), dtype=np.int64)
    return spare


def _baseline(parts: Parts, by: Sequence[str], kpi: Kpi, baseline: Parts | None) -> _Share:
    """The same groups in the baseline; without values where its totals are over other media."""
    groups = parts.by(by)
    nothing = np.full(len(groups), np.nan)
    waited = [bool(each.basis & VOICE_LIKE) for each in (parts, baseline) if each is not None]
    if baseline is None or ("media_type" not in by and waited[0] != waited[1]):
        return _Share(kpi, nothing, nothing)
    names = [name for name in by if name != START]
    before = baseline.by(names)
    at = places(groups, before, names)
    return _Share(
        kpi,
        *(np.append(each, np.nan)[at] for each in (before.top(kpi), before.bottom(kpi))),
    )
