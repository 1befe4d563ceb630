"""A real provider of OpenID Connect, its people, and who of them may see what."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from tests.browser.app_server import free_port

PEOPLE = (
    {"sub": "maya", "name": "Maya", "groups": ["managers", "everybody"]},
    {"sub": "tom", "name": "Tom", "groups": ["claims"]},
    {"sub": "sam", "name": "Sam", "groups": ["visitors"]},
)
ACCESS = """
claim = "groups"
ask = "Operations <ops@northwind.example>"

[[access]]
value = "managers"
divisions = ["*"]

[[access]]
value = "claims"
divisions = ["Claims", "Sales"]
"""


@contextmanager
def oidc_provider() -> Iterator[str]:
    """Its address."""
    port = free_port()
    claims = [part for each in PEOPLE for part in ("--user-claims", json.dumps(each))]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "-n", *claims]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, **quiet) as process:
        try:
            yield _up(f"http://127.0.0.1:{port}")
        finally:
            process.terminate()


def _up(url: str) -> str:
    """The address, as soon as something answers there."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            requests.get(url, timeout=5)
            return url
        except requests.ConnectionError:
            time.sleep(0.05)
    raise RuntimeError("the provider did not start")


def settings_for(provider: str, access: Path) -> dict[str, str]:
    """The settings of a dashboard that people sign in to there."""
    return {
        "DASHBOARD_SIGN_IN": "oidc",
        "DASHBOARD_SIGN_IN_CLIENT_ID": "dashboard",
        "DASHBOARD_SIGN_IN_CLIENT_SECRET": "made-up",
        "DASHBOARD_OIDC_METADATA_URL": f"{provider}/.well-known/openid-configuration",
        "DASHBOARD_ACCESS": str(access),
    }
