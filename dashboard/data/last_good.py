"""The last good value of what may fail: to be shown, with its time, while no newer one comes."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from genesys.errors import GenesysError
from reports.data import keeping, lives
from reports.data.keeping import Lasting
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


def else_last_good(
    life: timedelta,
) -> Callable[[Callable[[A], Lasting[T]]], Callable[[A], Lasting[T]]]:
    """Give the last good value where a function raises a GenesysError, if there is one.

    It is given for this life, after which the function is tried again.
    """

    def wrapped(function: Callable[[A], Lasting[T]]) -> Callable[[A], Lasting[T]]:
        @functools.wraps(function)
        def tried(argument: A) -> Lasting[T]:
            of = (function.__module__, function.__qualname__, argument)
            try:
                made = function(argument)
            except GenesysError:
                if (old := recall(of)) is None:
                    raise
                return Lasting(old, life)
            remember(of, made.value)
            return made

        return tried

    return wrapped
