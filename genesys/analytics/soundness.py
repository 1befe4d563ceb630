"""Whether statistics can be what they say: whole columns looked at, value by value.

What cannot be is of two kinds. A count below zero, or of half an event, says that the
answer as a whole is not to be trusted. A value that is missing where there must be one, or
is no number, costs the metric that it belongs to.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

import numpy as np

from genesys.analytics.grouping import Flags, Numbers
from genesys.analytics.mending import NULL

LARGEST: Final = 2.0**53
"""Above it not every whole number is a float, and nothing of an organization is so many."""

_COUNTS: Final = ("count", "numerator", "denominator")
_ALWAYS: Final = frozenset({*_COUNTS, "sum", "min", "max"})
"""What takes part in any addition; a ratio or a target does not."""

_OF_COUNTED: Final = frozenset({"sum", "min", "max"})
"""What need not be there where nothing was counted."""


class Unsound(Exception):
    """A statistic that contradicts itself, at that place of the column."""

    def __init__(self, at: int, what: str) -> None:
        super().__init__(what)
        self.at = at


def checked(
    values: Mapping[str, Numbers], needed: Collection[str]
) -> tuple[dict[str, Numbers], Numbers | None]:
    """The statistics of some metrics without unusable ones, and 1 where a metric lost its own.

    None where none did. Of those `needed` none may be null. Raises Unsound for counts that
    cannot be.
    """
    if _are_plain(values):
        return dict(values), None
    lost = _lost(values, needed)
    for stat in _COUNTS:
        if stat in values:
            _require_counts(stat, values[stat], lost)
    _require_a_share(values, lost)
    if not lost.any():
        usable = {stat: _without_nulls(numbers) for stat, numbers in values.items()}
        return usable, None
    gone = np.where(lost, 1.0, np.nan)
    return {stat: np.where(lost, np.nan, _without_nulls(n)) for stat, n in values.items()}, gone


def _are_plain(values: Mapping[str, Numbers]) -> bool:
    """Whether all are as they nearly always are, which takes a fraction of the time to see."""
    return not (
        any(((numbers < 0) | (numbers > LARGEST)).any() for numbers in values.values())
        or any((np.floor(values[stat]) < values[stat]).any() for stat in _COUNTS if stat in values)
        or ("min" in values and (values["min"] > values["max"]).any())
        or ("numerator" in values and (values["numerator"] > values["denominator"]).any())
    )


def _lost(values: Mapping[str, Numbers], needed: Collection[str]) -> Flags:
    """Where a statistic is odd, or null although something was counted."""
    some = next(iter(values.values()))
    lost = np.zeros(len(some), dtype=np.bool_)
    for stat, numbers in values.items():
        lost |= numbers > LARGEST
        if stat in needed and stat in _ALWAYS:
            null = numbers == NULL
            lost |= null & (values["count"] != 0) if stat in _OF_COUNTED else null
        if stat in _OF_COUNTED:
            lost |= (numbers < 0) & (numbers != NULL)
    if "min" in values:
        lost |= values["min"] > values["max"]
    return lost


def _require_counts(stat: str, numbers: Numbers, lost: Flags) -> None:
    wrong = ~lost & ((numbers < 0) | (np.floor(numbers) != numbers) & ~np.isnan(numbers))
    for at in np.flatnonzero(wrong):
        raise Unsound(int(at), f"its {stat} is {numbers[at]:g}")


def _require_a_share(values: Mapping[str, Numbers], lost: Flags) -> None:
    if "numerator" not in values:
        return
    top, bottom = values["numerator"], values["denominator"]
    for at in np.flatnonzero(~lost & (top > bottom)):
        raise Unsound(int(at), f"its numerator {top[at]:g} is above its denominator {bottom[at]:g}")


def _without_nulls(numbers: Numbers) -> Numbers:
    return np.where(numbers == NULL, np.nan, numbers)
