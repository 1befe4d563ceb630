"""Contributions: by how much each group moved a KPI, one figure and one sentence a group.

What `drivers.moves` takes apart, the group's share of the volume and its own value, stands
beside the one figure that is their sum.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from genesys.analytics.grouping import Codes, Numbers
from genesys.insights.comparison import sides
from genesys.insights.drivers import Kind, Moved, group_name, moved
from genesys.kpis.catalogue import Better, Kpi, Unit
from genesys.kpis.formats import FEW, amount, shows, signed, spoken
from genesys.kpis.formats import value_text as told
from genesys.kpis.parts import GROUP, Parts
from genesys.organization.directory import Directory

SPLIT: Final = (Kind.MIX, Kind.PERFORMANCE)


def contributions(current: Parts, earlier: Parts, kpi: Kpi, directory: Directory) -> pd.DataFrame:
    """The table of `by_group` with two columns more.

    `why_not` says why the change is neither good nor bad news, "" where it may be, and
    `sentence` says it all.
    """
    table = by_group(current, earlier, kpi)
    keys = pd.MultiIndex.from_frame(table[[*GROUP]])
    why_not = _why_not(current, earlier, kpi).reindex(keys).fillna("")
    said = [sentence(row, kpi, directory) for row in table.to_dict("records")]
    return table.assign(why_not=why_not.array, sentence=pd.array(said, dtype="str"))


def by_group(current: Parts, earlier: Parts, kpi: Kpi) -> pd.DataFrame:
    """One row for each group, the greatest contribution first.

    The columns are those of `moves`: `contribution` is the sum of the group's `mix` and
    `performance`, which are NaN where it has none, and `kind` is the greater of these.
    """
    made = moved(current, earlier, kpi)
    groups, contribution, kinds = _greatest_first(made)
    split = {kind.value: _amounts(made, kind)[groups] for kind in SPLIT}
    kind = pd.array(kinds, dtype="str")
    return made.rows(groups, kind=kind, contribution=contribution, **split)


def driver(
    current: Parts, earlier: Parts, kpi: Kpi, direction: float, n: float, n_earlier: float
) -> dict[str, Any] | None:
    """The row of `by_group` that moved the KPI most, + is up, of those with enough contacts.

    The KPI is over `n` and was over `n_earlier` of them. None where there is no such group.
    """
    made = moved(current, earlier, kpi)
    groups, contribution, kinds = _greatest_first(made)
    enough = (made.weight[groups] * n >= FEW) | (kinds == Kind.VANISHED)
    enough &= (made.weight_earlier[groups] * n_earlier >= FEW) | (kinds == Kind.NEW)
    for place in np.flatnonzero(enough & (contribution * direction > 0))[:1].tolist():
        group = groups[place]
        figures = {
            "contribution": contribution[place],
            **{kind.value: _amounts(made, kind)[group] for kind in SPLIT},
            "weight_earlier": made.weight_earlier[group],
            "weight": made.weight[group],
            "value_earlier": made.value_earlier[group],
            "value": made.value[group],
        }
        names = {"queue_id": str(made.queues[group]), "media_type": str(made.media[group])}
        numbers = {name: float(value) for name, value in figures.items()}
        return {**names, "kind": str(kinds[place]), **numbers}
    return None


def _greatest_first(made: Moved) -> tuple[Codes, Numbers, npt.NDArray[np.object_]]:
    """The groups that moved anything, by how much they did, and the kind of most of it."""
    kinds = sorted(made.amounts)
    amounts = np.array([made.amounts[kind] for kind in kinds])
    some = np.flatnonzero(~np.isnan(amounts).all(axis=0))
    amounts = amounts[:, some]
    whole = np.nansum(amounts, axis=0)
    order = np.argsort(-np.abs(whole), kind="stable")
    greatest = np.nan_to_num(np.abs(amounts), nan=-1.0).argmax(axis=0)
    names = np.array([kind.value for kind in kinds], dtype=object)
    return some[order], whole[order], names[greatest[order]]


def _amounts(made: Moved, kind: Kind) -> Numbers:
    return made.amounts.get(kind, np.full(len(made.queues), np.nan))


def _why_not(current: Parts, earlier: Parts, kpi: Kpi) -> pd.Series[str]:
    """Why the change of each group is not judged."""
    both = sides(current, earlier, GROUP)
    groups = pd.MultiIndex.from_frame(both.here.labels()[[*GROUP]].astype(str))
    return pd.Series(both.change(kpi).why_not, groups, dtype=str)


_WITHOUT_VOLUME: Final = "{name} counts in the total without any volume of its own"
_BOTH: Final = "{name} went from {before} to {after} and took {share} of the volume, {shift}"
_SENTENCES: Final[Mapping[Kind, str]] = {
    Kind.MIX: "{name} took {share} of the volume, {shift}",
    Kind.PERFORMANCE: "{name} went from {before} to {after}",
    Kind.NEW: "{name} came with {share} of the volume at {after}",
    Kind.VANISHED: "{name} had {share_before} of the volume at {before} and has none now",
    Kind.VOLUME: "{name} went from {before} to {after}",
}


def sentence(row: Mapping[Any, Any], kpi: Kpi, directory: Directory) -> str:
    """A row of `by_group` in words."""
    mix, performance = (pd.notna(row[kind]) and shows(row[kind], kpi.unit) for kind in SPLIT)
    kind = Kind(row["kind"])
    if kind in SPLIT:
        kind = Kind.MIX if mix and not performance else Kind.PERFORMANCE
    effect = f"that alone {_effect(row['contribution'], kpi)}"
    if mix and performance:
        own, share = (signed(row[kind], kpi.unit) for kind in reversed(SPLIT))
        effect = (
            f"together that {_effect(row['contribution'], kpi)}"
            f" ({own} by its own value, {share} by its share)"
        )
    alone = kind is Kind.PERFORMANCE and not row["weight"]
    shift = Unit.PERCENT.scaled(row["weight"] - row["weight_earlier"])
    told_of = _BOTH if mix and performance else _SENTENCES[kind]
    fact = (_WITHOUT_VOLUME if alone else told_of).format(
        name=group_name(row["queue_id"], row["media_type"], directory),
        share=told(Unit.PERCENT.scaled(row["weight"]), Unit.PERCENT),
        share_before=told(Unit.PERCENT.scaled(row["weight_earlier"]), Unit.PERCENT),
        shift=f"{amount(shift, Unit.PERCENT)} {'more' if shift >= 0 else 'less'}",
        before=_value(row["value_earlier"], kpi.unit),
        after=_value(row["value"], kpi.unit),
    )
    return f"{fact}; {effect}."


def _value(value: float, unit: Unit) -> str:
    return "none" if pd.isna(value) else told(value, unit)


def _effect(contribution: float, kpi: Kpi) -> str:
    size = amount(contribution, kpi.unit)
    if not shows(contribution, kpi.unit):
        return f"moved {spoken(kpi)} by less than {_LEAST[kpi.unit]}"
    if contribution > 0:
        return f"added {size} to {spoken(kpi)}"
    if kpi.better is Better.UP:
        return f"cost {size} of {spoken(kpi)}"
    return f"took {size} off {spoken(kpi)}"


_LEAST: Final = {Unit.COUNT: "1", Unit.PERCENT: "0.1 points", Unit.SECONDS: "0.1 s"}
