"""The dashboard in this process: its data at a moment of choice, and its page without waiting."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from dashboard.data import fetching
from dashboard.data import organization as at_work
from genesys.client.budget import Budget
from genesys.demo import DemoOptions, DemoServer, serve
from reports.data import keeping
from reports.data.keeping import Keep
from tests.browser.app_server import ROOT
from tests.conftest import DEMO_NOW
from tests.dashboard.reading import Files
from tests.dashboard.world import World
from tests.days.at_once import keep_span


@pytest.fixture(scope="session")
def organization() -> Iterator[DemoServer]:
    with serve(DemoOptions(rate_limit=0, clock=lambda: DEMO_NOW + timedelta(hours=3))) as server:
        yield server


@pytest.fixture(scope="session", autouse=True)
def packages_looked_through_once() -> Iterator[None]:
    """Every page would read all installed packages anew for Streamlit components."""
    scan = functools.cache(manifest_scanner.scan_component_manifests)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", scan)
        yield


@pytest.fixture
def sign_on(monkeypatch: pytest.MonkeyPatch) -> Callable[[DemoServer], None]:
    def set_environment(server: DemoServer) -> None:
        for name, value in server.env.items():
            monkeypatch.setenv(name, value)

    return set_environment


@pytest.fixture
def world(
    organization: DemoServer,
    sign_on: Callable[[DemoServer], None],
    monkeypatch: pytest.MonkeyPatch,
) -> World:
    sign_on(organization)
    world = World(organization)
    monkeypatch.setattr(fetching, "now", lambda: world.now)
    monkeypatch.setattr(keeping, "KEPT", Keep(10**9, monotonic=world.seconds))
    return world


@pytest.fixture(scope="session")
def nine_weeks(organization: DemoServer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which days are kept from Easter Monday up to the first week of June."""
    folder = tmp_path_factory.mktemp("kept")
    keep_span(organization, folder, date(2026, 4, 5), date(2026, 6, 8), DEMO_NOW)
    return folder


@pytest.fixture
def kept(nine_weeks: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """These days are kept, and England has holidays."""
    monkeypatch.setenv("DASHBOARD_DATA", str(nine_weeks))
    monkeypatch.setenv("GENESYS_CLOUD_HOLIDAYS", "GB-ENG")
    return nine_weeks


@dataclass(frozen=True)
class Warm:
    """What a process keeps of the demo organization that all tests look at, as in a long day."""

    env: Mapping[str, str]
    client: Callable[[], at_work.Client]
    keep: Keep


@pytest.fixture(scope="session")
def warm(demo: DemoServer) -> Iterator[Warm]:
    client = functools.cache(at_work._client.__wrapped__)
    yield Warm(demo.env, client, Keep(10**9))
    if client.cache_info().currsize:
        client().api.close()


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch, warm: Warm) -> Callable[..., AppTest]:
    """The page at DEMO_NOW with these settings and URL parameters; nothing waits.

    With the settings of `demo` it is a page of a warm process that has shown other tests'
    views; an organization or settings of a test's own begin with nothing kept.
    """
    monkeypatch.setattr(fetching, "now", lambda: DEMO_NOW)
    monkeypatch.setattr(
        at_work, "Budget", lambda *args, **more: Budget(*args, wait=lambda _: None, **more)
    )

    def opened(env: Mapping[str, str], page_key: str = "", **params: str | list[str]) -> AppTest:
        for name, value in env.items():
            monkeypatch.setenv(name, value)
        if dict(env) == dict(warm.env):
            monkeypatch.setattr(at_work, "_client", warm.client)
            monkeypatch.setattr(keeping, "KEPT", warm.keep)
        page = AppTest.from_file(ROOT / "dashboard" / "main.py", default_timeout=30)
        for name, value in params.items():
            page.query_params[name] = value
        if page_key:
            page.switch_page(f"../pages/{page_key}.py")
        return page.run()

    return opened


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> Files:
    """What makes each file that a page offers, by the key of its button; the last run's."""
    offered: dict[str, Callable[[], bytes]] = {}
    draw = st.download_button

    def download_button(*args: Any, data: Callable[[], bytes], key: str, **more: Any) -> bool:
        offered[key] = data
        return draw(*args, data=data, key=key, **more)

    monkeypatch.setattr(st, "download_button", download_button)
    return offered


@pytest.fixture
def start_demo() -> Iterator[Callable[..., DemoServer]]:
    """Start an organization of one's own: `start_demo(deny=("routing:queue:view",))`."""
    with ExitStack() as servers:

        def start(**more) -> DemoServer:
            options = {"rate_limit": 0, "clock": lambda: DEMO_NOW, **more}
            return servers.enter_context(serve(DemoOptions(**options)))

        yield start
