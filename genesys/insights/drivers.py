"""What changed: the delta of a KPI between two intervals, divided among its groups.

A rate or mean is the sum of w·r over the groups (queue and media type), w being a group's
share of the denominator and r its value. Its delta is split by the midpoint shift-share
decomposition (E. M. Kitagawa, "Components of a Difference Between Two Rates", Journal of
the American Statistical Association 50, 1955): *mix* is Δw·(r̄ − R̄) and *performance* is
w̄·Δr, bars being the midpoints of both intervals and R the total. A group with a share in
the later interval alone adds w·(r − R̄), one with a share in the earlier alone takes it away.
Nothing is left over: as the shares sum to one in both intervals, R̄ cancels out.

Counts and sums are additive: there each group's own delta is its contribution.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from genesys.analytics.grouping import Codes, Numbers
from genesys.kpis.aligning import aligned
from genesys.kpis.catalogue import Kpi
from genesys.kpis.parts import GROUP, Parts
from genesys.organization.directory import Directory


class Kind(StrEnum):
    """How a group moved the total."""

    MIX = "mix"
    PERFORMANCE = "performance"
    NEW = "new"
    VANISHED = "vanished"
    VOLUME = "volume"


@dataclass(frozen=True, eq=False)
class Moved:
    """By how much each group moved a KPI, a place for each in every array.

    `queues` and `media` name the groups in their order. `amounts` has the contribution of each
    kind, NaN where a group has none of it. Weights are shares of the total, 0 to 1.
    """

    queues: npt.NDArray[np.object_]
    media: npt.NDArray[np.object_]
    amounts: Mapping[Kind, Numbers]
    weight_earlier: Numbers
    weight: Numbers
    value_earlier: Numbers
    value: Numbers

    def rows(self, groups: Codes, **columns: object) -> pd.DataFrame:
        """A row for each of these groups: its names, these columns, its weights and values."""
        names = {"queue_id": self.queues, "media_type": self.media}
        return pd.DataFrame(
            {
                **{key: pd.array(each[groups], dtype="str") for key, each in names.items()},
                **columns,
                "weight_earlier": self.weight_earlier[groups],
                "weight": self.weight[groups],
                "value_earlier": self.value_earlier[groups],
                "value": self.value[groups],
            }
        )


def moves(current: Parts, earlier: Parts, kpi: Kpi) -> pd.DataFrame:
    """One row for each group and kind, the greatest contribution first.

    The columns are `queue_id`, `media_type`, `kind`, `contribution` (the KPI's unit, points
    for rates), `weight_earlier` and `weight` (shares of the total, 0 to 1), `value_earlier`
    and `value`. The contributions sum to the delta of the totals, those of times over media
    types that wait alike, as in current. There are no rows where either total has no value,
    and none for a maximum, which has no parts.
    """
    made = moved(current, earlier, kpi)
    amounts = np.array([made.amounts[kind] for kind in sorted(made.amounts)])
    groups, kinds = np.nonzero(~np.isnan(amounts.T))
    contribution = amounts[kinds, groups]
    order = np.argsort(-np.abs(contribution), kind="stable")
    names = np.array([kind.value for kind in sorted(made.amounts)], dtype=object)
    return made.rows(
        groups[order],
        kind=pd.array(names[kinds[order]], dtype="str"),
        contribution=contribution[order],
    )


def moved(current: Parts, earlier: Parts, kpi: Kpi) -> Moved:
    """What the groups moved; without any group where `moves` has no rows."""
    here, there, *_ = aligned(*(_inside(side, kpi) for side in (current, earlier.alike(current))))
    top, top_before = (kpi.unit.scaled(side.top(kpi)) for side in (here, there))
    bottom, bottom_before = here.bottom(kpi), there.bottom(kpi)
    split = _shifts if kpi.denominator else _volumes
    is_known = not kpi.is_maximum and all(
        _has_total(*side, kpi) for side in ((top, bottom), (top_before, bottom_before))
    )
    order = _in_order(here) if is_known else np.array([], dtype=np.intp)
    queues, media = (here.labels_of(name)[order].astype(object) for name in GROUP)
    sides = (side[order] for side in (top_before, bottom_before, top, bottom))
    with np.errstate(invalid="ignore", divide="ignore"):
        return Moved(queues, media, *split(*sides))


def group_name(queue_id: str, media_type: str, directory: Directory) -> str:
    """A queue and media type in words."""
    return f"{directory.label(queue_id)} {media_type}"


def _inside(side: Parts, kpi: Kpi) -> Parts:
    """The groups that the total holds."""
    groups = side.by(GROUP)
    inside = groups.in_queues & ~(np.isnan(groups.top(kpi)) & np.isnan(groups.bottom(kpi)))
    if kpi.is_time:
        inside &= groups.keys["media_type"].isin(side.basis)
    return groups.of_rows(inside)


def _in_order(groups: Parts) -> Codes:
    """The places of the groups by queue, then by media type; the labels of keys are sorted."""
    queues, media = (groups.keys[name].codes for name in GROUP)
    return np.lexsort((media, queues))


def _has_total(top: Numbers, bottom: Numbers, kpi: Kpi) -> bool:
    known = not np.isnan(top).all()
    return known and (not kpi.denominator or bool(np.nansum(bottom) > 0))


_Split = tuple[Mapping[Kind, Numbers], Numbers, Numbers, Numbers, Numbers]
"""The amounts of each kind, weights and values, both earlier first."""


def _volumes(before: Numbers, _: Numbers, after: Numbers, __: Numbers) -> _Split:
    """The groups' own deltas; their weights are shares of the total."""
    contribution = np.nan_to_num(after) - np.nan_to_num(before)
    return {Kind.VOLUME: contribution}, _share(before), _share(after), before, after


def _shifts(
    top_before: Numbers, bottom_before: Numbers, top_after: Numbers, bottom_after: Numbers
) -> _Split:
    """The groups' mix and performance, or what they add by coming or going.

    A numerator without any denominator, such as answers to what was offered before, has
    no weight but is part of the total: it counts as performance.
    """
    w0, w1 = _share(bottom_before), _share(bottom_after)
    r0, r1 = _ratio(top_before, bottom_before), _ratio(top_after, bottom_after)
    before, after = (
        np.nan_to_num(top) / np.nansum(bottom)
        for top, bottom in ((top_before, bottom_before), (top_after, bottom_after))
    )
    middle = (before.sum() + after.sum()) / 2
    whole = after - before - (w1 - w0) * middle
    came, went = (w0 == 0) & (w1 > 0), (w0 > 0) & (w1 == 0)
    stayed = (w0 > 0) & (w1 > 0)
    mix = np.where(stayed, (w1 - w0) * ((r0 + r1) / 2 - middle), np.nan)
    performance = whole - np.nan_to_num(mix)
    amounts = {
        Kind.MIX: mix,
        Kind.PERFORMANCE: np.where(
            ~came & ~went & ((performance != 0) | (w0 > 0)), performance, np.nan
        ),
        Kind.NEW: np.where(came, whole, np.nan),
        Kind.VANISHED: np.where(went, whole, np.nan),
    }
    return amounts, w0, w1, r0, r1


def _share(values: Numbers) -> Numbers:
    shares: Numbers = np.nan_to_num(values) / (np.nansum(values) or np.nan)
    return shares


def _ratio(top: Numbers, bottom: Numbers) -> Numbers:
    ratio: Numbers = top / np.where(bottom > 0, bottom, np.nan)
    return ratio
