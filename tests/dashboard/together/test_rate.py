"""What one server is told of the rate limit, the others of the same client heed."""

from __future__ import annotations

import pytest

from dashboard.together.rate import MINUTE, shared_rate
from dashboard.together.redis_store import RedisStore
from dashboard.together.store import Alone, Found
from genesys import settings
from genesys.analytics.fetch import WORKERS, _width
from genesys.client.api import Api
from genesys.client.budget import Budget
from genesys.demo import DemoOptions, serve
from tests.conftest import DEMO_NOW
from tests.dashboard.together.servers import executables, store_server


def test_a_limit_that_one_is_near_makes_the_other_go_slowly():
    executable = next(iter(executables().values()))
    options = DemoOptions(queues=1, rate_limit=10, clock=lambda: DEMO_NOW)
    with serve(options) as organization, store_server(executable) as server:
        connection = settings.read(organization.env).connection
        one, other = Api(connection), Api(connection)
        with shared_rate(RedisStore(server.url), one, "test"):
            for _ in range(10):
                one.organization(Budget(10))
        with shared_rate(RedisStore(server.url), other, "test"):
            heard, width = other.pressure, _width(other)
        one.close()
        other.close()

    assert (heard, width) == (1.0, 1)


@pytest.mark.parametrize("said", [b"nonsense", b"7", b"-1", b"nan", None])
def test_what_is_no_share_is_not_heeded(said: bytes | None):
    class Says(Alone):
        def get(self, keys):
            return [None if said is None else Found(said, MINUTE)]

    with serve(DemoOptions(queues=1)) as organization:
        api = Api(settings.read(organization.env).connection)
        with shared_rate(Says(), api, "test"):
            assert (api.pressure, _width(api)) == (0.0, WORKERS)
