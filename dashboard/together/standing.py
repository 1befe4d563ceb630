"""The store of this server: that of the settings, or none."""

from __future__ import annotations

import functools
from hashlib import sha256

from dashboard.sign_in import settings
from dashboard.together.packing import SCHEMA
from dashboard.together.redis_store import RedisStore
from dashboard.together.store import Alone, Store


@functools.cache
def _store(url: str) -> Store:
    return RedisStore(url) if url else Alone()


def store() -> Store:
    """What this server shares with others by; the same as long as the settings are."""
    return _store(settings.load().redis_url)


def share_of(region: str, api_url: str, client_id: str) -> str:
    """What the keys begin with of all that one client may ask of one organization."""
    whose = sha256(f"{api_url} {client_id}".encode()).hexdigest()[:24]
    return f"dashboard:{SCHEMA}:{region}:{whose}"
