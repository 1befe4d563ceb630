"""The command line in this process, and settings that point at the demo organization."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

import pytest

from genesys.__main__ import main
from genesys.client.budget import Budget
from genesys.demo import DemoServer
from tests.command_line.running import Done, runner


@pytest.fixture(autouse=True)
def own_log() -> Iterator[None]:
    """The log goes back to where it went before."""
    log = logging.getLogger("genesys")
    before, level = log.handlers, log.level
    yield
    log.handlers = before
    log.setLevel(level)


@pytest.fixture
def run(capsysbinary, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Done]:
    """Runs a command at the demo organization's moment; it waits for nothing."""
    monkeypatch.setattr(Budget, "sleep", lambda budget, _: budget.check())
    return runner(main, capsysbinary)


@pytest.fixture
def live(monkeypatch: pytest.MonkeyPatch, demo: DemoServer) -> DemoServer:
    """The environment points at the demo organization, in UTC."""
    for name, value in demo.env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("GENESYS_CLOUD_TIME_ZONE")
    return demo
