"""The heads of the matrix: the target that a column shares, and its value before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np

from genesys.insights.comparison import sides
from genesys.kpis.catalogue import Better, Kpi
from genesys.kpis.formats import exact, limit, value_text
from genesys.targets import Target, Targets
from genesys.targets.goals import goals
from reports.charts.axes import NO_SINGLE
from reports.data.figures import Figures
from reports.data.kept import kept
from reports.data.parts import parts_of

TOTAL: Final = "total"
"""The name of the column over all media types."""

_MEDIA: Final = ("media_type",)


@kept
def beneath(
    figures: Figures, kpi: Kpi, targets: Targets, *, blended: bool
) -> Mapping[str, tuple[str, ...]]:
    """What stands below the name of each column, by media type and TOTAL."""
    targeted = dict(_targets(figures, kpi, targets, blended=blended))
    return {
        name: tuple(filter(None, (targeted.get(name, ""), was)))
        for name, was in _before(figures, kpi, blended=blended)
    }


def _before(figures: Figures, kpi: Kpi, *, blended: bool) -> Iterator[tuple[str, str]]:
    now, before = parts_of(figures.now), parts_of(figures.before)
    for by in ((), _MEDIA):
        both = sides(now, before, by, blended=blended)
        names = both.here.labels_of(*_MEDIA).astype(str) if by else [TOTAL]
        for name, value in zip(names, both.change(kpi).earlier.tolist(), strict=True):
            yield name, "" if np.isnan(value) else f"before {value_text(value, kpi.unit)}"


def _targets(
    figures: Figures, kpi: Kpi, targets: Targets, *, blended: bool
) -> Iterator[tuple[str, str]]:
    now = parts_of(figures.now)
    for by in ((), _MEDIA):
        # Targets of times are for media types that wait alike.
        if not by and blended and kpi.is_time:
            continue
        names = now.by(by).labels_of(*_MEDIA).astype(str) if by else [TOTAL]
        for name, goal in zip(names, goals(now, by, kpi, targets), strict=True):
            words = NO_SINGLE if goal.several else ""
            yield name, _words(kpi, goal.target) if goal.target else words


def _words(kpi: Kpi, rule: Target) -> str:
    if kpi.better is Better.BASELINE:
        return f"target within {exact(rule.target)} %"
    return f"target {limit(rule.target, kpi.unit)}"
