"""How rows were put together before: pandas groups, slow and plain."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from genesys.analytics.frames import END, START, measure_columns

_NAN = float("nan")


def combine(frame: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """One row for each group of `by`, its statistics put together by their kind.

    Counts, sums, numerators and denominators add, min and max compare, ratios are divided
    anew, a target stays where it is one and the same. What all rows lack stays absent.
    The columns are `by`, the ends of the buckets where `by` holds their starts, and the
    measures, sorted by `by`.
    """
    kinds = {name: name.rpartition("_")[2] for name in measure_columns(frame)}
    ends = [END] if START in by else []
    groups = frame.groupby(list(by), observed=True, sort=True, dropna=False)

    def of(*stats: str) -> list[str]:
        return [name for name, kind in kinds.items() if kind in stats]

    added = groups[of("count", "sum", "numerator", "denominator")].sum(min_count=1)
    least = groups[of("min", "target")].min()
    most = groups[[*ends, *of("max", "target")]].max()
    targets = least[of("target")]
    parts = [
        added,
        least[of("min")],
        most[[*ends, *of("max")]],
        targets.where(targets == most[of("target")]),
        *(_ratio(added, name) for name in of("ratio")),
    ]
    whole = pd.concat(parts, axis="columns", sort=False).reset_index()
    return whole[
        [name for key in by for name in ((START, END) if key == START else (key,))] + [*kinds]
    ]


def _ratio(added: pd.DataFrame, name: str) -> pd.Series[float]:
    metric = name.removesuffix("_ratio")
    nothing = pd.Series(_NAN, index=added.index)
    over = added.get(f"{metric}_denominator", nothing)
    return (added.get(f"{metric}_numerator", nothing) / over.where(over != 0)).rename(name)
