"""Guarded servers for the tests of a module."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from dashboard.sign_in.provider import Provider
from dashboard.sign_in.settings import SignInSettings
from genesys.demo import DemoServer
from tests.dashboard.sign_in.guarded import Guarded, of_the_demo, started


@pytest.fixture(scope="module")
def guard() -> Iterator[Callable[..., Guarded]]:
    """Start a guarded server: `guard(provider, {"DASHBOARD_IDLE_MINUTES": "5"})`."""
    with ExitStack() as closing:

        def start(make: Callable[[SignInSettings], Provider], env: dict[str, str]) -> Guarded:
            return closing.enter_context(started(make, env))

        yield start


@pytest.fixture(scope="module")
def guarded() -> Iterator[tuple[Guarded, DemoServer]]:
    """A dashboard that people of the demo organization sign in to."""
    with of_the_demo() as made:
        yield made


@pytest.fixture
def as_before(guarded: tuple[Guarded, DemoServer]) -> Iterator[None]:
    """Rights as they were, whatever a test changed."""
    _, demo = guarded
    before = dict(demo.people.may_see)
    yield
    demo.people.may_see.update(before)
