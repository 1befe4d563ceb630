"""Two servers of one organization under load: requests as for one person, and how quick they are.

People look as in `benchmarks.viewers`, half of them on each server; then one server is killed amid
a fetch and the store with it, and the other one goes on. Two servers are quicker only where there
are cores for both, beside the people who look, which run on this machine too.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from websockets.asyncio.client import connect
from websockets.typing import Origin, Subprotocol

from benchmarks.viewers import PERIOD, Times, run, watch
from genesys.demo import DemoOptions, DemoServer, serve
from tests.browser.app_server import AppServer, copy_project, start_app
from tests.dashboard.together.servers import StoreServer, executables, store_server

PEOPLE: Final = 20
OTHER_PERIOD: Final = "period=last-month"


@contextmanager
def servers(organization: DemoServer, number: int) -> Iterator[tuple[list[AppServer], StoreServer]]:
    """So many servers that share by a store of their own."""
    with ExitStack() as closing:
        store = closing.enter_context(store_server(next(iter(executables().values()))))
        env = {**organization.env, "DASHBOARD_REDIS_URL": store.url, "DASHBOARD_SECRET": "s" * 43}
        started = []
        for _ in range(number):
            folder = Path(closing.enter_context(tempfile.TemporaryDirectory()))
            copy_project(folder)
            started.append(closing.enter_context(start_app(folder, env)))
        yield started, store


async def looked(each: Sequence[AppServer], people: int) -> Times:
    """The times of so many people on these servers, alike many on each."""
    found = await asyncio.gather(*(watch(server.url, people // len(each)) for server in each))
    return Times([s for one in found for s in one.first], [s for one in found for s in one.reruns])


async def opened(server: AppServer, query: str) -> float:
    """The seconds until a page stands that somebody opens."""
    address = f"{server.url.replace('http', 'ws', 1)}/_stcore/stream"
    protocols = [Subprotocol("streamlit")]
    async with connect(
        address, subprotocols=protocols, origin=Origin(server.url), max_size=None
    ) as socket:
        return await run(socket, query)


def measured(organization: DemoServer, number: int, people: int) -> tuple[int, float]:
    """The requests that so many people on so many servers cost, and the p95 of a rerun."""
    before = len(organization.requests)
    with servers(organization, number) as (started, _):
        times = asyncio.run(looked(started, people))
    requests = len(organization.requests) - before
    reruns = sorted(times.reruns)
    p95 = reruns[round(0.95 * (len(reruns) - 1))]
    print(
        f"{people:>3} people on {number}: rerun {statistics.median(reruns):5.2f} s,"
        f" p95 {p95:5.2f} s of {len(reruns)}, {requests} requests",
        flush=True,
    )
    return requests, p95


async def survived(organization: DemoServer) -> float:
    """The seconds until the other server has a page whose fetch was killed on the first."""
    with servers(organization, 2) as (started, store):
        first, second = started
        await opened(first, PERIOD)
        fetching = asyncio.create_task(opened(first, OTHER_PERIOD))
        await asyncio.sleep(0.3)
        first.kill()
        fetching.cancel()
        began = time.perf_counter()
        await opened(second, OTHER_PERIOD)
        took = time.perf_counter() - began
        store.kill()
        await opened(second, PERIOD)
        return took


def main() -> None:
    with serve(DemoOptions(rate_limit=0)) as organization:
        alone, _ = measured(organization, 1, 1)
        one, slow = measured(organization, 1, PEOPLE)
        two, quick = measured(organization, 2, PEOPLE)
    print(f"two servers take {quick / slow:.2f} of one (aim: 0.6 where cores allow)")
    with serve(DemoOptions(rate_limit=0, latency_ms=700)) as organization:
        took = asyncio.run(survived(organization))
    print(f"a fetch that died with its server was made by the other after {took:.1f} s")
    if max(one, two) > alone:
        sys.exit("more people or servers asked more of the organization")


if __name__ == "__main__":
    main()
