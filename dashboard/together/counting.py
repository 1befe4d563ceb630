"""What this process has done, counted for whoever watches it."""

from __future__ import annotations

import threading
from collections import Counter
from typing import Final

_lock: Final = threading.Lock()
_counted: Final[Counter[str]] = Counter()


def count(what: str) -> None:
    """One more of it."""
    with _lock:
        _counted[what] += 1


def counted(what: str) -> int:
    """How many there were."""
    with _lock:
        return _counted[what]


REQUESTS: Final = "requests"
LEASE_WAITS: Final = "lease waits"
RERUNS: Final = "reruns"
