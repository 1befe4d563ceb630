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

from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd

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


_NUMBERS: Final = ("contribution", "weight_earlier", "weight", "value_earlier", "value")


def moves(current: Parts, earlier: Parts, kpi: Kpi) -> pd.DataFrame:
    """One row for each group and kind, the greatest contribution first.

    The columns are `queue_id`, `media_type`, `kind`, `contribution` (the KPI's unit, points
    for rates), `weight_earlier` and `weight` (shares of the total, 0 to 1), `value_earlier`
    and `value`. The contributions sum to the delta of the totals, those of times over media
    types that wait alike, as in current. There are no rows where either total has no value,
    and none for a maximum, which has no parts.
    """
    here, there, *_ = aligned(*(_inside(side, kpi) for side in (current, earlier.alike(current))))
    groups = pd.DataFrame(
        {
            "top_earlier": kpi.unit.scaled(there.top(kpi)),
            "bottom_earlier": there.bottom(kpi),
            "top": kpi.unit.scaled(here.top(kpi)),
            "bottom": here.bottom(kpi),
        },
        index=pd.MultiIndex.from_frame(here.labels()[[*GROUP]].astype(str)),
    )
    if kpi.is_maximum or not all(_has_total(groups, kpi, side) for side in ("", "_earlier")):
        groups = groups.iloc[:0]
    split = _shifts if kpi.denominator else _volumes
    table = split(groups).reset_index().sort_values([*GROUP, "kind"])
    order = np.argsort(-table["contribution"].abs().to_numpy(), kind="stable")
    return table.iloc[order].reset_index(drop=True)


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


def _has_total(groups: pd.DataFrame, kpi: Kpi, side: str) -> bool:
    known = bool(groups[f"top{side}"].notna().any())
    return known and (not kpi.denominator or bool(groups[f"bottom{side}"].sum() > 0))


def _volumes(groups: pd.DataFrame) -> pd.DataFrame:
    """The groups' own deltas; their weights are shares of the total."""
    before, after = groups["top_earlier"], groups["top"]
    shares = [_share(before), _share(after)]
    contribution = after.fillna(0.0) - before.fillna(0.0)
    return _rows(Kind.VOLUME, contribution, *shares, before, after)


def _shifts(groups: pd.DataFrame) -> pd.DataFrame:
    """The groups' mix and performance, or what they add by coming or going.

    A numerator without any denominator, such as answers to what was offered before, has
    no weight but is part of the total: it counts as performance.
    """
    w0, w1 = _share(groups["bottom_earlier"]), _share(groups["bottom"])
    r0, r1 = _ratio(groups, "_earlier"), _ratio(groups, "")
    totals = groups.fillna(0.0).sum()
    before, after = (
        groups[f"top{side}"].fillna(0.0) / totals[f"bottom{side}"] for side in ("_earlier", "")
    )
    middle = (before.sum() + after.sum()) / 2
    whole = after - before - (w1 - w0) * middle
    came, went = (w0 == 0) & (w1 > 0), (w0 > 0) & (w1 == 0)
    mix = ((w1 - w0) * ((r0 + r1) / 2 - middle))[(w0 > 0) & (w1 > 0)]
    performance = whole[~came & ~went].sub(mix, fill_value=0.0)
    kinds = {
        Kind.MIX: mix,
        Kind.PERFORMANCE: performance[(performance != 0) | (w0 > 0)],
        Kind.NEW: whole[came],
        Kind.VANISHED: whole[went],
    }
    rows = (_rows(kind, contribution, w0, w1, r0, r1) for kind, contribution in kinds.items())
    return pd.concat(rows)


def _share(values: pd.Series[float]) -> pd.Series[float]:
    whole = values.sum()
    return values.fillna(0.0) / (whole or float("nan"))


def _ratio(groups: pd.DataFrame, side: str) -> pd.Series[float]:
    bottom = groups[f"bottom{side}"]
    return groups[f"top{side}"] / bottom.where(bottom > 0)


def _rows(kind: Kind, *numbers: pd.Series[float]) -> pd.DataFrame:
    """A row for each group that the first of the numbers, the contribution, has."""
    table = pd.DataFrame(dict(zip(_NUMBERS, numbers, strict=True)), dtype="float64")
    table = table.loc[numbers[0].index]
    table.insert(0, "kind", pd.Series(kind.value, index=table.index, dtype=str))
    return table
