"""What figures can do without, such as the organization's name: told where missing, no more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from genesys.client.budget import Budget
from genesys.errors import Cancelled, GenesysError

T = TypeVar("T")

SECONDS: Final = 30.0
"""How long anything of it is waited for."""


@dataclass(frozen=True)
class Extra(Generic[T]):
    """Its value, or None and why there is none."""

    value: T | None
    error: GenesysError | None = None


def extra(read: Callable[[Budget], T], budget: Budget, seconds: float = SECONDS) -> Extra[T]:
    """What `read` gives; whatever goes wrong with it, only a stop ends more than this."""
    try:
        return Extra(read(budget.part(seconds)))
    except Cancelled:
        raise
    except GenesysError as error:
        return Extra(None, error)
