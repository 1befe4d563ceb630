"""Which figures meet their targets, and how many contacts are short of them or in hand.

All comparisons are exact: numbers are put crosswise, and where rounding could decide, as
fractions of whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from genesys.analytics.frames import START
from genesys.analytics.grouping import Codes, Flags, Grouping, Numbers
from genesys.kpis.catalogue import Better, Kpi, Unit
from genesys.kpis.formats import FEW
from genesys.kpis.parts import GROUP, Parts, typed
from genesys.metrics import VOICE_LIKE
from genesys.targets.rows import JUDGED, SERVICE_LEVEL, Target, Targets


class Status(StrEnum):
    """How a figure stands to its target, as a word to show."""

    MET = "met"
    NEAR = "near"
    MISSED = "missed"
    FEW = "few contacts"
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
    return max(_wanted(denominator, target) - in_time, 0)


def contacts_in_hand(in_time: int, denominator: int, target: Decimal) -> int:
    """The most contacts that could have been late with the target (per cent) still met."""
    return max(in_time - _wanted(denominator, target), 0)


def _wanted(denominator: int, target: Decimal) -> int:
    over, under = target.as_integer_ratio()
    return -(-denominator * over // (100 * under))


def judge(
    parts: Parts,
    by: Sequence[str],
    kpis: Iterable[Kpi],
    targets: Targets,
    baseline: Parts | None = None,
) -> pd.DataFrame:
    """How each group of `by` stands to its targets, in the rows of `Parts.by`.

    The columns are `by`, then for each KPI that may have a target `<key>_target` (float64)
    and `<key>_status` (text of Status), and for the service level `contacts_to_target` and
    `contacts_in_hand` (Int64). A group whose parts have different targets has none: see
    `across`. `baseline` are the parts of the comparison interval; the target of a KPI with a
    baseline is the value of the same group there.
    """
    kpis = tuple(kpi for kpi in kpis if kpi.key in JUDGED)
    groups, common = parts.by(by), common_targets(parts, by, kpis, targets)
    table = groups.labels()
    columns: dict[str, Any] = {}
    for kpi in kpis:
        rows, share = common[kpi.key], _Share(kpi, groups.top(kpi), groups.bottom(kpi))
        base = _baseline(parts, by, kpi, baseline) if kpi.better is Better.BASELINE else None
        values = base.value if base else _numbers(_limits(rows))
        has_row = np.array([row is not None for row in rows], dtype=np.bool_)
        columns[f"{kpi.key}_target"] = np.where(has_row, values, np.nan)
        statuses = np.where(has_row, _statuses(share, rows, base), Status.NONE.value)
        columns[f"{kpi.key}_status"] = pd.Series(statuses, table.index, dtype=str)
        if kpi.key == SERVICE_LEVEL:
            columns |= _contacts(share, rows)
    return pd.concat([table, pd.DataFrame(columns, index=table.index)], axis="columns")


def common_targets(
    parts: Parts, by: Sequence[str], kpis: Iterable[Kpi], targets: Targets
) -> Mapping[str, Sequence[Target | None]]:
    """For each KPI, by key, the target that all parts of each group of `by` share, if any.

    In the rows of `Parts.by`. Parts that add nothing to the KPI's total do not matter.
    """
    cells = parts.by(tuple(dict.fromkeys((*by, *GROUP))))
    if "queue_id" not in by:
        cells = cells.of_rows(cells.in_queues)
    queues, media = (cells.keys[name] for name in GROUP)
    groups = Grouping.of([cells.keys[name] for name in by], len(cells))
    in_times = media.isin(parts.basis) | ("media_type" in by)
    many = len(parts.by(by))
    common = {}
    for kpi in kpis:
        rules, places = targets.table(kpi.key, list(queues.labels), list(media.labels))
        counts = (cells.bottom(kpi) > 0) & (in_times | (not kpi.is_time))
        of_cells = places[queues.codes, media.codes]
        common[kpi.key] = _common(rules, of_cells, counts, groups, many)
    return common


def _common(
    rules: Sequence[Target], places: Codes, counts: Flags, groups: Grouping, many: int
) -> list[Target | None]:
    """The target that the places of each group share where they count."""
    whole = len(rules) + 1
    pairs = np.unique(groups.groups[counts] * whole + places[counts] + 1)
    group, place = np.divmod(pairs, whole)
    places_of = np.split(place, np.flatnonzero(np.diff(group)) + 1) if len(pairs) else []
    shared: dict[tuple[int, ...], Target | None] = {}
    found: list[Target | None] = [None] * many
    for at, each in zip(np.unique(group).tolist(), places_of, strict=True):
        if (known := tuple(each.tolist())) not in shared:
            shared[known] = _in_common({rules[rule - 1] if rule else None for rule in known})
        found[at] = shared[known]
    return found


def _in_common(rows: set[Target | None]) -> Target | None:
    """One target of those that are alike in all that counts; None where they differ."""
    if len(rows) == 1:
        return next(iter(rows))
    known = [row for row in rows if row]
    if not known or len(known) < len(rows) or len({(row.target, row.amber) for row in known}) > 1:
        return None
    seconds = {row.seconds for row in known}
    return replace(
        known[0],
        seconds=seconds.pop() if len(seconds) == 1 else None,
        source=" and ".join(sorted({row.source for row in known})),
    )


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
    def is_few(self) -> Flags:
        return self.bottom < FEW

    @property
    def scale(self) -> tuple[int, int]:
        """What the top and the bottom are taken times, so that their quotient is in the unit."""
        return (100, 1) if self.kpi.unit is Unit.PERCENT else (1, 1000)

    @property
    def value(self) -> Numbers:
        top, bottom = self.scale
        value = np.full(len(self.top), np.nan)
        np.divide(self.top * top, self.bottom * bottom, out=value, where=self.bottom > 0)
        return value


def _statuses(
    share: _Share, rows: Sequence[Target | None], base: _Share | None
) -> npt.NDArray[np.str_]:
    """The status of each share against its target, or against its baseline."""
    met, near = (_reaches(share, _limits(rows, amber=each), base) for each in (False, True))
    has_value, is_few = share.has_value, share.is_few
    if base:
        has_value = has_value & base.has_value
        is_few = is_few | base.is_few
        has_value &= is_few | (base.top > 0)
    words = [status.value for status in (Status.NONE, Status.FEW, Status.MET, Status.NEAR)]
    return np.select([~has_value, is_few, met, near], words, Status.MISSED.value)


def _reaches(share: _Share, limits: Sequence[Decimal | None], base: _Share | None) -> Flags:
    """Which shares are as good as their limit, or no farther off their baseline, exactly."""
    limit, (over, under) = _numbers(limits), share.scale
    if base:
        crosswise = share.top * base.bottom, base.top * share.bottom
        left, right = limit * crosswise[1], 100 * abs(crosswise[0] - crosswise[1])
    else:
        left, right = over * share.top, limit * under * share.bottom
        if share.kpi.better is not Better.UP:
            left, right = right, left
    reached = left >= right
    for place in np.flatnonzero(abs(left - right) <= _DOUBT * abs(left)).tolist():
        reached[place] = _reaches_exactly(share, place, Fraction(limits[place] or 0), base)
    return reached


def _reaches_exactly(share: _Share, place: int, limit: Fraction, base: _Share | None) -> bool:
    top, bottom = (Fraction(float(each[place])) for each in (share.top, share.bottom))
    if base:
        own, other = (
            top * Fraction(float(base.bottom[place])),
            Fraction(float(base.top[place])) * bottom,
        )
        return limit * other >= 100 * abs(own - other)
    over, under = share.scale
    sign = 1 if share.kpi.better is Better.UP else -1
    return sign * over * top >= sign * limit * under * bottom


_DOUBT: Final = 1e-9
"""Numbers that are closer than this share of them are compared as fractions."""


def _contacts(share: _Share, rows: Sequence[Target | None]) -> dict[str, Any]:
    judged = zip(share.top, share.bottom, rows, share.has_value, strict=True)
    spare = np.array(
        [
            round(top) - _wanted(round(bottom), row.target) if row and has_value else np.nan
            for top, bottom, row, has_value in judged
        ],
        dtype=float,
    )
    counts = {"contacts_to_target": -spare, "contacts_in_hand": spare}
    return {name: typed(np.maximum(each, 0), Unit.COUNT) for name, each in counts.items()}


def _baseline(parts: Parts, by: Sequence[str], kpi: Kpi, baseline: Parts | None) -> _Share:
    """The same groups in the baseline; without values where its totals are over other media."""
    groups = parts.by(by)
    nothing = np.full(len(groups), np.nan)
    waited = [bool(each.basis & VOICE_LIKE) for each in (parts, baseline) if each is not None]
    if baseline is None or ("media_type" not in by and waited[0] != waited[1]):
        return _Share(kpi, nothing, nothing)
    names = [name for name in by if name != START]
    before = baseline.by(names)
    places = _places(groups, before, names)
    return _Share(
        kpi,
        *(np.append(each, np.nan)[places] for each in (before.top(kpi), before.bottom(kpi))),
    )


def _places(groups: Parts, before: Parts, names: Sequence[str]) -> Codes:
    """The row of each group in `before`; -1 where it has none."""
    known = {label: row for row, label in enumerate(_labels(before, names))}
    return np.array([known.get(label, -1) for label in _labels(groups, names)], dtype=np.intp)


def _labels(parts: Parts, names: Sequence[str]) -> list[tuple[object, ...]]:
    columns = (parts.keys[name] for name in names)
    taken = [key.labels.take(key.codes) for key in columns]
    return list(zip(*taken, strict=True)) if taken else [()] * len(parts)


def _limits(rows: Iterable[Target | None], *, amber: bool = False) -> list[Decimal | None]:
    return [None if row is None else row.amber if amber else row.target for row in rows]


def _numbers(values: Iterable[Decimal | None]) -> Numbers:
    return np.array([np.nan if value is None else float(value) for value in values], dtype=float)
