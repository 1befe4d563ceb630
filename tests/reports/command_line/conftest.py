"""The command line of files in this process, and settings that point at the demo organization."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

import pytest

from genesys.client.budget import Budget
from genesys.demo import DemoServer
from reports.__main__ import main
from reports.data import keeping
from reports.data.keeping import Keep
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
    monkeypatch.setattr(keeping, "KEPT", Keep(10**9))
    return runner(main, capsysbinary)


@pytest.fixture
def live(monkeypatch: pytest.MonkeyPatch, demo: DemoServer) -> DemoServer:
    """The environment points at the demo organization."""
    for name, value in demo.env.items():
        monkeypatch.setenv(name, value)
    return demo
