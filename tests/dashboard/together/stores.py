"""What servers share through a store, in few words."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

from dashboard.together.redis_store import RedisStore
from dashboard.together.sharing import Kind, shared
from dashboard.together.store import Store
from tests.dashboard.together.servers import (
    StoreServer,
)

MINUTE = timedelta(minutes=1)


TEXT = Kind[str, str](
    key=lambda name: f"test:{name}",
    life=lambda _: MINUTE,
    write=str.encode,
    read=lambda _, packed: packed.decode() if packed.startswith(b"value") else None,
)


def other(server: StoreServer) -> RedisStore:
    return RedisStore(server.url, look_again_seconds=0.05)


def value(at: Store, kind: Kind[str, str], name: str, make: Callable[[], str]) -> str:
    return shared(at, kind, name, make).value


def within(seconds: float, is_so: Callable[[], bool]) -> bool:
    end = time.monotonic() + seconds
    while not is_so() and time.monotonic() < end:
        time.sleep(0.01)
    return is_so()
