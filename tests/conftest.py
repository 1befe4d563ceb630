"""What every test stands on: a clean environment, empty caches, and the demo organization."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import hypothesis
import pytest

from dashboard.sign_in import settings as sign_in_settings
from genesys import settings
from tests.examples import DEEP

hypothesis.settings.register_profile(DEEP)

if TYPE_CHECKING:
    from genesys.demo import DemoServer

DEMO_NOW: Final = datetime(2026, 6, 15, 12, tzinfo=UTC)
"""The clock of the demo organization in tests: a Monday at noon."""

OURS: Final = ("GENESYS_CLOUD_", "DASHBOARD_", "STREAMLIT_")
PROXIES: Final = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(scope="session", autouse=True)
def clean_environment() -> Iterator[None]:
    """No credentials, proxies, `.env` and kept days of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        for name in tuple(os.environ):
            if (
                name.startswith(("GENESYS_CLOUD_", "DASHBOARD_", "STREAMLIT_"))
                or name.lower() in PROXIES
            ):
                patch.delenv(name)
        patch.setenv(settings.DATA.name, "none")
        for each in (settings, sign_in_settings):
            patch.setattr(each.load, "__defaults__", (os.environ, None))
        yield


@pytest.fixture(autouse=True)
def clear_caches() -> Iterator[None]:
    """Nothing that one test's page keeps is seen by the next."""
    yield
    if data := sys.modules.get("dashboard.data.fetching"):
        data.clear()


@pytest.fixture(scope="session")
def demo() -> Iterator[DemoServer]:
    """The demo organization at DEMO_NOW, without rate limit."""
    from genesys.demo import DemoOptions, serve

    with serve(DemoOptions(rate_limit=0, clock=lambda: DEMO_NOW)) as server:
        yield server


@pytest.fixture
def ctrl_c() -> Iterator[None]:
    """Processes started now heed Ctrl-C, even where tests run in the background and do not."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
