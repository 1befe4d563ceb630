"""Two dashboards of one organization: asked as by one, and nobody is signed out or wrong."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
import requests

from dashboard.sign_in.seals import random_key
from genesys.demo import DemoOptions, DemoServer, serve
from tests.browser.app_server import AppServer, copy_project, free_port, start_app
from tests.conftest import DEMO_NOW
from tests.dashboard.sign_in.reading import opened, run
from tests.dashboard.together.servers import StoreServer, caddy, executables, store_server

HAS_PROXY = shutil.which("caddy") is not None
DATES = "from=2026-06-01&to=2026-06-07"
ALONE = "this server goes on alone"


@dataclass
class Team:
    """Two servers behind one address, as a proxy would have them."""

    organization: DemoServer
    store: StoreServer
    servers: tuple[AppServer, ...]
    address: str
    """That of the proxy; of the first server where there is none."""

    def asked(self) -> list[str]:
        """What the organization was asked for figures and names."""
        paths = [each.path for each in self.organization.requests]
        beside = ("/users/me", "/oauth/", "divisionspermitted", "/dataretention/")
        asked = (path for path in paths if not any(each in path for each in beside))
        return [path.rpartition("/")[2] for path in asked]


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    ports = free_port(), free_port()
    with ExitStack() as closing:
        address = f"http://localhost:{ports[0]}"
        if HAS_PROXY:
            address = closing.enter_context(caddy(*(f"localhost:{port}" for port in ports)))
        options = DemoOptions(
            rate_limit=0,
            redirect_uris=(f"{address}/sign-in/done",),
            latency_ms=100,
            clock=lambda: DEMO_NOW,
        )
        organization = closing.enter_context(serve(options))
        executable = next(reversed(executables().values()))
        store = closing.enter_context(store_server(executable))
        env = {
            **organization.env,
            **organization.sign_in_env,
            "DASHBOARD_URL": address,
            "DASHBOARD_SECRET": random_key(),
            "DASHBOARD_REDIS_URL": store.url,
        }
        servers = []
        for port in ports:
            copy_project(folder := tmp_path_factory.mktemp("dashboard"))
            servers.append(closing.enter_context(start_app(folder, env, port)))
        yield Team(organization, store, tuple(servers), address)


def sign_in(team: Team, person: str) -> requests.Session:
    browser = requests.Session()
    browser.trust_env = False
    page = browser.get(f"{team.address}/sign-in", timeout=30)
    way_in = re.search(rf'href="(/oauth/authorize[^"]*person={person})"', page.text)[1]
    browser.get(team.organization.url + way_in.replace("&amp;", "&"), timeout=30)
    return browser


def offered(url: str, browser: requests.Session, query: str = DATES) -> str:
    with opened(url, browser) as wire:
        page = run(wire, url, browser, "", query)
        return {each.label: each.body for each in page.elements("metric")}["Offer"]


def connection(url: str, browser: requests.Session) -> str:
    """The text of the Connection page."""
    with opened(url, browser) as wire:
        return run(wire, url, browser, "connection", "").text


def within_seconds(seconds: float, is_so: Callable[[], bool]) -> bool:
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            return False
    return True


def test_two_servers_ask_as_one_and_a_session_is_known_on_both(team: Team):
    browser = sign_in(team, "maya")
    with ThreadPoolExecutor() as pool:
        both = {*pool.map(lambda server: offered(server.url, browser), team.servers)}
    first = team.asked()
    again = offered(team.servers[1].url, sign_in(team, "tom"))

    assert len(both) == 1
    assert again not in both
    assert sorted(first) == ["all", "me", "query", "query", "query", "queues"]
    assert team.asked() == first


def test_who_signs_out_on_one_is_out_on_the_other(team: Team):
    browser = sign_in(team, "maya")
    copy = requests.Session()
    copy.cookies.update(browser.cookies)
    browser.post(f"{team.servers[0].url}/sign-out", timeout=30)
    end, over = time.monotonic() + 15, 200
    while over == 200 and time.monotonic() < end:
        over = copy.get(f"{team.servers[1].url}/sign-in/session", timeout=30).status_code
        time.sleep(0.1)
    assert over == 401


def test_without_the_store_each_goes_on_and_nobody_signs_in_again(team: Team):
    browser = sign_in(team, "maya")
    before = offered(team.servers[0].url, browser)
    team.store.kill()
    try:
        alone = [offered(server.url, browser) for server in team.servers]
        is_told = within_seconds(15, lambda: ALONE in connection(team.servers[0].url, browser))
        other = "from=2026-05-04&to=2026-05-10"
        new = {offered(server.url, browser, other) for server in team.servers}
    finally:
        team.store.start()

    assert is_told
    assert within_seconds(15, lambda: ALONE not in connection(team.servers[0].url, browser))
    assert alone == [before, before]
    assert len(new) == 1
    assert ALONE in team.servers[1].log
    look = requests.get(
        f"{team.servers[1].url}/sign-in/session", cookies=browser.cookies, timeout=30
    )
    assert look.status_code == 200


@pytest.mark.skipif(not HAS_PROXY, reason="Caddy is not installed")
def test_behind_the_proxy_each_stays_on_one_server_and_goes_on_when_it_is_killed(team: Team):
    people = {}
    end = time.monotonic() + 60
    while len(people) < 2 and time.monotonic() < end:
        browser = sign_in(team, "maya")
        people[browser.cookies["dashboard_server"]] = browser
    before = {offered(team.address, each) for each in people.values()}
    again = {browser.cookies["dashboard_server"] for browser in people.values()}
    team.servers[1].kill()
    after = {offered(team.address, each) for each in people.values()}
    looks = [each.get(f"{team.address}/sign-in/session", timeout=30) for each in people.values()]

    assert again == people.keys()
    assert len(people) == 2
    assert before == after
    assert len(after) == 1
    assert [look.status_code for look in looks] == [200, 200]
