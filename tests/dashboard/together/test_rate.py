"""What servers of one client have sent and are told of the rate limit, all of them heed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from dashboard.together.rate import heed_others, note_request
from dashboard.together.redis_store import RedisStore
from dashboard.together.store import Alone, Found, Store
from genesys import settings
from genesys.analytics.fetch import WORKERS, _width
from genesys.client.api import Api
from genesys.client.budget import Budget
from genesys.demo import DemoOptions, DemoServer, serve
from tests.conftest import DEMO_NOW
from tests.dashboard.together.servers import StoreServer, executables, store_server

MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def server() -> Iterator[StoreServer]:
    with store_server(next(iter(executables().values()))) as started:
        yield started


@pytest.fixture
def organization() -> Iterator[DemoServer]:
    with serve(DemoOptions(queues=1, rate_limit=10, clock=lambda: DEMO_NOW)) as started:
        yield started


@pytest.fixture
def apis(organization: DemoServer) -> Iterator[tuple[Api, Api]]:
    """Two servers of one client, each with a token of its own."""
    connection = settings.read(organization.env).connection
    one, other = Api(connection), Api(connection)
    yield one, other
    one.close()
    other.close()


def ask(api: Api, store: Store, share: str, times: int) -> None:
    for _ in range(times):
        budget = Budget(10, on_request=lambda _: note_request(store, api, share))
        api.organization(budget)


def test_a_limit_that_one_is_near_makes_the_other_go_slowly(server: StoreServer, apis):
    one, other = apis
    ask(one, RedisStore(server.url), "near", 10)
    heed_others(RedisStore(server.url), other, "near")

    assert (other.pressure, _width(other)) == (1.0, 1)


def test_requests_of_all_servers_are_counted_together(server: StoreServer, apis):
    """Each token is told of its own four; with the sign-ons they are ten of the client."""
    one, other = apis
    for api in (one, other):
        ask(api, RedisStore(server.url), "together", 4)
    told = one.told, other.told
    heed_others(RedisStore(server.url), one, "together")

    assert told == (0.4, 0.4)
    assert (one.pressure, other.pressure) == (1.0, 1.0)
    assert (_width(one), _width(other)) == (1, 1)


def test_the_most_that_any_was_told_stands_for_its_minute(server: StoreServer, apis):
    one, other = apis
    store = RedisStore(server.url)
    ask(one, store, "most", 9)
    ask(other, store, "most", 1)
    assert store.get(["most:rate"])[0].value == b"0.900"
    store._client.delete("most:rate", "most:sent")
    heed_others(store, other, "most")
    assert other.pressure == 0.1


def test_a_count_begins_anew_after_a_minute(server: StoreServer):
    store = RedisStore(server.url)
    counts = [store.tally("test:sent", MINUTE) for _ in range(3)]
    left = store.get(["test:sent"])[0].left
    store._client.delete("test:sent")

    assert counts == [1, 2, 3]
    assert timedelta(seconds=50) < left <= MINUTE
    assert store.tally("test:sent", MINUTE) == 1


@pytest.mark.parametrize("said", [b"nonsense", b"7000000000000", b"-1", b"nan", None])
def test_what_is_no_share_or_count_is_not_heeded(said: bytes | None, apis):
    class Says(Alone):
        def get(self, keys):
            return [None if said is None else Found(said, MINUTE)]

    api, _ = apis
    heed_others(Says(), api, "test")
    assert (api.pressure, _width(api)) == (0.0, WORKERS)


def test_alone_what_the_api_tells_counts(apis):
    api, _ = apis
    ask(api, Alone(), "test", 3)
    assert (api.heard, api.pressure) == (0.0, 0.3)
