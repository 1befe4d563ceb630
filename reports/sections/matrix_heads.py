"""The heads of the matrix: the target that a column shares, and its value before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np

from genesys.insights.comparison import sides
from genesys.kpis.catalogue import Better, Kpi
from genesys.kpis.formats import exact, limit, value_text
from genesys.kpis.parts import GROUP
from genesys.targets import JUDGED, Target, Targets
from genesys.targets.common import common_of
from reports.data.figures import Figures
from reports.data.kept import kept
from reports.data.parts import parts_of

TOTAL: Final = "total"
"""The name of the column over all media types."""

SEVERAL: Final = "several targets"

_MEDIA: Final = ("media_type",)


@kept
def beneath(
    figures: Figures, kpi: Kpi, targets: Targets, *, blended: bool
) -> Mapping[str, tuple[str, ...]]:
    """What stands below the name of each column, by media type and TOTAL."""
    goals = dict(_targets(figures, kpi, targets, blended=blended))
    return {
        name: tuple(filter(None, (goals.get(name, ""), was)))
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
    if kpi.key not in JUDGED:
        return
    now = parts_of(figures.now)
    has_any = common_of(now, GROUP, kpi, targets).has_target & now.in_queues
    several = {*now.labels_of(*_MEDIA)[has_any].astype(str)}
    for by in ((), _MEDIA):
        # Targets of times are for media types that wait alike.
        if not by and blended and kpi.is_time:
            continue
        names = now.by(by).labels_of(*_MEDIA).astype(str) if by else [TOTAL]
        rules = common_of(now, by, kpi, targets).rows
        for name, rule in zip(names, rules, strict=True):
            is_of_any = name in several if by else bool(several)
            yield name, _words(kpi, rule) if rule else SEVERAL if is_of_any else ""


def _words(kpi: Kpi, rule: Target) -> str:
    if kpi.better is Better.BASELINE:
        return f"target within {exact(rule.target)} %"
    return f"target {limit(rule.target, kpi.unit)}"
