"""Two servers of one organization under load: requests as for one person, and how quick they are.

People look as in `benchmarks.viewers`, half of them on each server; what they see while servers and
the store die is in `benchmarks.outages`. Two servers are quicker only where there are cores for
both, beside the people who look, who run on this machine too.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from benchmarks.viewers import Times, watch
from genesys.demo import DemoOptions, DemoServer, serve
from tests.browser.app_server import AppServer, copy_project, start_app
from tests.dashboard.together.servers import StoreServer, executables, store_server

PEOPLE: Final = 50
AIM: Final = 0.6


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


def main() -> None:
    with serve(DemoOptions(rate_limit=0)) as organization:
        alone, _ = measured(organization, 1, 1)
        one, slow = measured(organization, 1, PEOPLE)
        two, quick = measured(organization, 2, PEOPLE)
    print(f"two servers take {quick / slow:.2f} of one (aim: {AIM} where cores allow)")
    if quick > AIM * slow:
        print(
            f"this machine has {os.cpu_count()} cores for two servers, {PEOPLE} people and the"
            " organization: whatever one server leaves of them is all that a second one gains"
        )
    if max(one, two) > alone:
        sys.exit("more people or servers asked more of the organization")


if __name__ == "__main__":
    main()
