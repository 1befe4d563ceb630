"""Queries as tests ask them, through the whole client and without a real wait."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from genesys.analytics.queries import AggregateQuery
from genesys.client.api import Api
from genesys.client.budget import Budget
from genesys.client.transport import Transport
from genesys.demo import DemoServer
from genesys.intervals import whole_days
from genesys.settings import Connection, read
from tests.demo.calls import AGGREGATES

LONDON: Final = ZoneInfo("Europe/London")
WEEK: Final = whole_days(date(2026, 5, 11), date(2026, 5, 17), LONDON)
METRICS: Final = ("nOffered", "tAnswered", "tWait", "tHandle", "oServiceLevel")


def week(**more: Any) -> AggregateQuery:
    """A query for a week of the demo organization, in its zone."""
    return AggregateQuery(**{"interval": WEEK, "metrics": METRICS, "zone": LONDON} | more)


def budget(seconds: float = 600) -> Budget:
    """Waits for nothing."""
    return Budget(seconds, wait=lambda _: None)


@contextmanager
def api_on(server: Any, timeout: tuple[float, float] = (5.0, 30.0)) -> Iterator[Api]:
    """The client of a demo organization or a hostile server."""
    demo = isinstance(server, DemoServer)
    connection = read(server.env).connection if demo else server.connection
    assert isinstance(connection, Connection)
    api = Api(connection, Transport(random=lambda: 0.0, timeout=timeout))
    yield api
    api.close()


def sent(server: DemoServer, since: int = 0) -> Counter[str]:
    """How many requests of each kind a demo organization has answered."""
    return Counter(
        each.method + each.path.removeprefix(AGGREGATES).partition("s/")[0]
        for each in server.requests[since:]
        if each.path.startswith(AGGREGATES)
    )
