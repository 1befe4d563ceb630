"""What can be chosen about the demo organization."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

SCOPES: Final = (
    "analytics:readonly",
    "authorization:readonly",
    "routing:readonly",
    "user-basic-info",
)
"""The scopes of the OAuth client that people sign in by, where it lacks none."""


def utc_now() -> datetime:
    """The present moment, aware."""
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class DemoOptions:
    """How large the organization is, and how its API behaves.

    `rate_limit` is requests a minute and token, 0 is none. `result_limit` is the number of rows
    (group x bucket) that the synchronous query answers at once. `deny` holds permissions that the
    client lacks, `refuse` metrics that are refused although the API lists them. Nothing that the
    `clock` has not reached yet is ever answered. People come back from signing in to one of the
    `redirect_uris`, and the OAuth client that they sign in by has the `scopes`. Local days that
    are `corrected` are told as the organization found them to be later.
    """

    queues: int = 24
    seed: int = 7
    latency_ms: int = 0
    rate_limit: int = 300
    result_limit: int | None = None
    deny: tuple[str, ...] = ()
    refuse: tuple[str, ...] = ()
    redirect_uris: tuple[str, ...] = ("http://localhost:8501/sign-in/done",)
    scopes: tuple[str, ...] = SCOPES
    corrected: tuple[date, ...] = ()
    clock: Callable[[], datetime] = utc_now

    def __post_init__(self) -> None:
        if self.queues < 1:
            raise ValueError(f"queues must be at least 1, not {self.queues}")
        if self.latency_ms < 0 or self.rate_limit < 0:
            raise ValueError("latency_ms and rate_limit must not be negative")
        if self.result_limit is not None and self.result_limit < 1:
            raise ValueError(f"result_limit must be at least 1, not {self.result_limit}")
