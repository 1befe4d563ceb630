"""One interaction that makes most of a mean: a call of 20 hours among calls of five minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import numpy as np

from genesys.kpis.aligning import pairs_of
from genesys.kpis.catalogue import Kpi, Unit
from genesys.kpis.formats import FEW, in_words, value_text
from genesys.kpis.parts import GROUP, Parts

_MOST: Final = 0.5
"""Of all the time; with more than that, the mean tells of one interaction."""

_HOUR: Final = 3600


@dataclass(frozen=True)
class Longest:
    """An interaction that is more than half of all time in a group; of the total without names.

    `value` is the mean over `n` interactions, `without` that over all others, `longest` the one
    interaction, all in seconds.
    """

    queue_id: str
    media_type: str
    longest: float
    share: float
    value: float
    n: int
    without: float

    @property
    def group(self) -> tuple[str, str]:
        return self.queue_id, self.media_type

    @property
    def words(self) -> str:
        """What follows the mean."""
        length = value_text(self.longest, Unit.SECONDS)
        if self.longest >= _HOUR:
            length = in_words(timedelta(seconds=self.longest))
        share, without = (
            value_text(self.share, Unit.PERCENT),
            value_text(self.without, Unit.SECONDS),
        )
        return f"one interaction of {length} is {share} of it; without it {without}"


def longest(parts: Parts, kpi: Kpi) -> tuple[Longest, ...]:
    """The total and the groups whose mean one interaction makes, where there are 20 or more.

    The longest come first, the total before its group. None of a KPI that is no mean of times.
    """
    if not (kpi.is_time and kpi.denominator):
        return ()
    cells = parts.by(GROUP).of_queues
    cells = cells.of_rows(cells.keys["media_type"].isin(parts.basis))
    if not len(cells):
        return ()
    sides = cells.top(kpi), cells.bottom(kpi), cells.measure(f"{kpi.metrics[0]}_max")
    top, bottom, most = (np.nan_to_num(each) for each in sides)
    top, bottom = np.append(top.sum(), top), np.append(bottom.sum(), bottom)
    most = np.append(most.max(), most)
    found = np.flatnonzero((bottom >= FEW) & (most > _MOST * top))
    found = found[np.argsort(-most[found], kind="stable")]
    groups = found[found > 0]
    pairs = zip(groups.tolist(), pairs_of(cells.of_rows(groups - 1)), strict=True)
    names = {0: ("", ""), **dict(pairs)}
    return tuple(
        Longest(
            queue_id=names[place][0],
            media_type=names[place][1],
            longest=kpi.unit.scaled(most[place]),
            share=Unit.PERCENT.scaled(most[place] / top[place]),
            value=kpi.unit.scaled(top[place] / bottom[place]),
            n=int(bottom[place]),
            without=kpi.unit.scaled((top[place] - most[place]) / (bottom[place] - 1)),
        )
        for place in found.tolist()
    )
