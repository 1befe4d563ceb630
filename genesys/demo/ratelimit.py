"""The rate limit: so many requests in each minute of the clock, for each token."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from math import ceil

from .faults import Fault

WINDOW_SECONDS = 60


class RateLimit:
    """Counts requests; `allowed` 0 is no limit, and then no headers either."""

    def __init__(self, allowed: int, clock: Callable[[], datetime]) -> None:
        self._allowed = allowed
        self._clock = clock
        self._window = -1
        self._counts: dict[str, int] = {}

    def count(self, token: str) -> dict[str, str]:
        """Count one request and give the headers of its answer; raises Fault above the limit."""
        if not self._allowed:
            return {}
        now = self._clock().timestamp()
        window = int(now // WINDOW_SECONDS)
        if window != self._window:
            self._window, self._counts = window, {}
        self._counts[token] = count = self._counts.get(token, 0) + 1
        reset = max(1, ceil((window + 1) * WINDOW_SECONDS - now))
        headers = {
            "inin-ratelimit-count": str(count),
            "inin-ratelimit-allowed": str(self._allowed),
            "inin-ratelimit-reset": str(reset),
        }
        if count > self._allowed:
            raise Fault(
                429,
                "too.many.requests.retry.after",
                f"The limit of {self._allowed} requests a minute is met; wait [{reset}] seconds.",
                headers={**headers, "Retry-After": str(reset)},
            )
        return headers
