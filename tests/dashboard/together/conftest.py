"""A store of each kind that there is here, and a server that shares by it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dashboard.together.redis_store import RedisStore
from tests.dashboard.together.servers import (
    StoreServer,
    executables,
    store_server,
)


@pytest.fixture(scope="module", params=executables())
def server(request: pytest.FixtureRequest) -> Iterator[StoreServer]:
    with store_server(executables()[request.param]) as started:
        yield started


@pytest.fixture
def store(server: StoreServer) -> RedisStore:
    made = RedisStore(server.url, look_again_seconds=0.05)
    made._client.flushall()
    return made
