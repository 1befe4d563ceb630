"""The last good value of what may fail: to be shown, with its time, while no newer one comes."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

from genesys.errors import GenesysError
from reports.data import keeping, lives
from reports.data.sizes import size

A = TypeVar("A", bound=Hashable)
T = TypeVar("T")


@dataclass(frozen=True)
class _LastGood:
    """Its key; what forgets answers to ask anew leaves it."""

    of: Hashable


def remember(of: Hashable, value: object) -> None:
    """Keep this value as the last good one, within the bound of all that is kept."""
    key = _LastGood(of)
    if keeping.KEPT.look(key) != value:  # measuring a large value takes a while
        keeping.KEPT.put(key, lives.LAST_GOOD, value, size(value))


def recall(of: Hashable) -> Any:
    """The last good value; None where there is none, or none that is young enough."""
    return keeping.KEPT.look(_LastGood(of))


def else_last_good(function: Callable[[A], T]) -> Callable[[A], T]:
    """Give the last good value where the function raises a GenesysError, if there is one."""

    @functools.wraps(function)
    def tried(argument: A) -> T:
        of = (function.__module__, function.__qualname__, argument)
        try:
            value = function(argument)
        except GenesysError:
            if (old := recall(of)) is None:
                raise
            return old  # type: ignore[no-any-return]
        remember(of, value)
        return value

    return tried
