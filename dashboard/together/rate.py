"""One rate limit for all servers of one client: each goes slowly where any was told to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

from dashboard.together.store import Store
from genesys.client.api import Api

MINUTE: Final = timedelta(minutes=1)
"""What the limit of Genesys Cloud is counted by."""


@contextmanager
def shared_rate(store: Store, api: Api, share: str) -> Iterator[None]:
    """Ask with what the others were told of the limit in mind, and tell them what comes of it."""
    key = f"{share}:rate"
    found = store.get([key])[0]
    api.heard = _read(found.value if found else None)
    try:
        yield
    finally:
        store.tell(key, f"{api.told:.3f}".encode(), MINUTE)


def _read(value: bytes | None) -> float:
    """A share from 0 to 1; 0 for anything else."""
    try:
        share = float(value or b"0")
    except ValueError:
        return 0.0
    return share if 0 <= share <= 1 else 0.0
