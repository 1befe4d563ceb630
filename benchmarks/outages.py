"""What fifty people on two servers see while the store and a server die under them.

They sign in, look again every few seconds, and all go to another week at each turn of the story:
the store is killed, comes back empty, is frozen and thawed; at last a server is killed amid a
fetch, and its people go to the other one, as a proxy would send them. Nobody may have to sign in
again, no question may be asked twice at the same time, and no figure may differ from what the
organization itself says. While the store is away each server asks for itself.
"""

from __future__ import annotations

import asyncio
import logging
import random
import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import redis
import requests
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Origin, Subprotocol

from genesys.demo import DemoOptions, DemoServer, serve
from tests.browser.app_server import AppServer, copy_project, free_port, start_app
from tests.browser.truth import Truth
from tests.dashboard.together.servers import StoreServer, executables, store_server

PEOPLE: Final = 50
LATENCY_MS: Final = 700
DIVISIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "tom": ("Customer Service", "Claims"),
    "lena": ("Sales",),
}
MONDAYS: Final = tuple(date(2026, 4, 6) + timedelta(weeks=week) for week in range(6))


@dataclass(frozen=True)
class Asked:
    """A question that the organization was asked, and from when to when."""

    question: str
    begin: float
    end: float
    servers: int
    """How many may ask the same at the same time: those that do not know of each other."""


@dataclass
class Person:
    """Somebody who looks; `at` is the server that the proxy sends them to."""

    key: str
    cookies: str
    at: int


@dataclass
class World:
    """Two servers, what they share by, and what becomes of those who look."""

    organization: DemoServer
    servers: list[AppServer]
    store: StoreServer
    offered: Mapping[tuple[str, date], str]
    mondays: list[date] = field(default_factory=lambda: [MONDAYS[0]] * 2)
    """The week that those on each server look at."""
    is_over: bool = False
    apart: int = 1
    asked: list[Asked] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)

    def heed(self) -> None:
        """Note what the organization is asked for from now on, and when."""
        application: Any = self.organization._application  # noqa: SLF001 - it keeps no times
        run = application._run  # noqa: SLF001

        def noted(operation: Any, call: Any) -> bytes:
            begin, apart = time.monotonic() - LATENCY_MS / 1000, self.apart
            answer: bytes = run(operation, call)
            if not operation.scope:
                question = f"{operation.path} {call.parameters} {call.body.decode()}"
                self.asked.append(Asked(question, begin, time.monotonic(), apart))
            return answer

        application._run = noted  # noqa: SLF001

    def judge(self, person: Person, monday: date, shown: str | None) -> None:
        """Hold what somebody saw against what the organization says."""
        if shown is None:
            self.seen["no figure"] += 1
        else:
            self.seen["right" if shown == self.offered[person.key, monday] else "wrong"] += 1


def twice(asked: list[Asked]) -> list[str]:
    """The questions that more servers had under way at once than do not know of each other."""
    return [
        each.question
        for each in asked
        if sum(
            other.question == each.question and other.begin <= each.begin < other.end
            for other in asked
        )
        > each.servers
    ]


def oracle(organization: DemoServer) -> Mapping[tuple[str, date], str]:
    """What each of them is offered in each week, asked and added up without the product."""
    truth, queues = Truth(organization), organization.people.organization.queues
    own = {
        key: [each.id for each in queues if each.division.name in divisions]
        for key, divisions in DIVISIONS.items()
    }
    return {
        (key, monday): f"{truth.counts(monday, *own[key]).offered:,}"
        for key in DIVISIONS
        for monday in MONDAYS
    }


def signed_in(organization: DemoServer, url: str, key: str) -> str:
    """The cookies of somebody who has signed in."""
    with requests.Session() as browser:
        browser.trust_env = False
        page = browser.get(f"{url}/sign-in", timeout=60)
        way = re.search(rf'href="(/oauth/authorize[^"]*person={key})"', page.text)
        if way is None:
            raise AssertionError(page.text)
        browser.get(organization.url + way[1].replace("&amp;", "&"), timeout=60)
        return "; ".join(f"{name}={value}" for name, value in browser.cookies.items())


async def run(socket: ClientConnection, monday: date) -> str | None:
    """Let the Overview run: what it says was offered."""
    message = BackMsg()
    message.rerun_script.query_string = f"from={monday}&to={monday + timedelta(days=6)}"
    await socket.send(message.SerializeToString())
    offered = None
    async for frame in socket:
        answer = ForwardMsg.FromString(frame if isinstance(frame, bytes) else frame.encode())
        metric = answer.delta.new_element.metric
        offered = metric.body if metric.label == "Offer" else offered
        if answer.WhichOneof("type") == "script_finished":
            return offered
    raise AssertionError("the server hung up")


async def look(world: World, person: Person, chance: random.Random) -> None:
    """What one person does until the end; where a server is gone they go to the other one."""
    await asyncio.sleep(chance.uniform(0, 3))
    while not world.is_over:
        url = world.servers[person.at].url
        headers = {"Cookie": person.cookies}
        address = f"{url.replace('http', 'ws', 1)}/_stcore/stream"
        try:
            async with connect(
                address,
                subprotocols=[Subprotocol("streamlit")],
                origin=Origin(url),
                additional_headers=headers,
                max_size=None,
                open_timeout=60,
                ping_timeout=None,
            ) as socket:
                while not world.is_over:
                    began, monday = time.monotonic(), world.mondays[person.at]
                    world.judge(person, monday, await run(socket, monday))
                    world.seconds.append(time.monotonic() - began)
                    await asyncio.sleep(chance.uniform(2, 5))
        except InvalidHandshake:
            world.seen["refused"] += 1
            await asyncio.sleep(1)
        except (ConnectionClosed, OSError):
            person.at = 1 - person.at
            await asyncio.sleep(0.2)


async def story(world: World) -> None:
    """What befalls them."""
    weeks = iter(MONDAYS)

    async def turn(says: str, apart: int, seconds: float) -> None:
        before, world.apart, world.mondays = world.seen.copy(), apart, [next(weeks)] * 2
        await asyncio.sleep(seconds)
        print(f"{says:>24}: {dict(world.seen - before)}", flush=True)

    await turn("all is well", 1, 30)
    world.store.kill()
    await turn("the store is killed", 2, 20)
    world.store.start()
    await asyncio.sleep(3)
    await turn("it is back, and empty", 1, 20)
    world.store.freeze()
    await turn("it is frozen", 2, 20)
    world.store.thaw()
    await asyncio.sleep(3)
    await turn("it is thawed", 1, 20)
    await kill_amid_a_fetch(world)
    await turn("a server was killed", 1, 40)
    world.is_over = True


async def kill_amid_a_fetch(world: World) -> None:
    """Let the people of the first server go on to the last week, and kill it as soon as it asks."""
    world.mondays[0] = MONDAYS[-1]
    with redis.Redis(port=world.store.port) as store:
        while not store.keys("*:answer:*:lease"):  # noqa: ASYNC110 - another process sets it
            await asyncio.sleep(0.02)
    await asyncio.sleep(LATENCY_MS / 2000)
    world.servers[0].kill()


@contextmanager
def made() -> Iterator[World]:
    """The organization, the store and two servers."""
    ports = free_port(), free_port()
    address = f"http://localhost:{ports[0]}"
    back = (f"{address}/sign-in/done",)
    with ExitStack() as closing:
        options = DemoOptions(rate_limit=0, latency_ms=LATENCY_MS, redirect_uris=back)
        organization = closing.enter_context(serve(options))
        store = closing.enter_context(store_server(next(iter(executables().values()))))
        env = {
            **organization.env,
            **organization.sign_in_env,
            "DASHBOARD_URL": address,
            "DASHBOARD_SECRET": "s" * 43,
            "DASHBOARD_REDIS_URL": store.url,
            "DASHBOARD_DATA": "none",
        }
        servers = []
        for port in ports:
            folder = Path(closing.enter_context(tempfile.TemporaryDirectory()))
            copy_project(folder)
            servers.append(closing.enter_context(start_app(folder, env, port)))
        yield World(organization, servers, store, oracle(organization))


async def befall(world: World, people: list[Person]) -> None:
    """Let all of them look while it happens."""
    looking = (look(world, each, random.Random(at)) for at, each in enumerate(people))
    await asyncio.gather(story(world), *looking)


def main() -> None:
    logging.getLogger("uvicorn.error").disabled = True  # a server that died hangs up on the demo
    with made() as world:
        keys = [[*DIVISIONS][at % len(DIVISIONS)] for at in range(PEOPLE)]
        url = world.servers[0].url
        with ThreadPoolExecutor(10) as pool:
            cookies = [*pool.map(lambda key: signed_in(world.organization, url, key), keys)]
        pairs = zip(keys, cookies, strict=True)
        people = [Person(key, each, at // 2 % 2) for at, (key, each) in enumerate(pairs)]
        world.heed()
        asyncio.run(befall(world, people))
        look_url = f"{world.servers[1].url}/sign-in/session"
        stands = Counter(
            requests.get(look_url, headers={"Cookie": each}, timeout=60).status_code
            for each in cookies
        )
    again = twice(world.asked)
    seconds = sorted(world.seconds)
    print(
        f"{PEOPLE} people, {len(seconds)} looks: median {statistics.median(seconds):.2f} s,"
        f" p95 {seconds[round(0.95 * (len(seconds) - 1))]:.2f} s; {dict(world.seen)};"
        f" {len(world.asked)} questions, {len(again)} twice at once; sessions {dict(stands)}"
    )
    if again or world.seen["wrong"] or world.seen["refused"] or stands != {200: PEOPLE}:
        sys.exit("somebody had to sign in again, saw a wrong figure, or asked what was being asked")


if __name__ == "__main__":
    main()
