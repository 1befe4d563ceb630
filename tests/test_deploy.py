"""The files for running it elsewhere say what the tests run: command, settings, health check."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

from dashboard.sign_in import settings as sign_in
from dashboard.sign_in.guard import HEALTH
from genesys.settings import KEYS
from tests.browser.app_server import PARTS

ROOT: Final = Path(__file__).resolve().parents[1]
DEPLOY: Final = ROOT / "deploy"
COMMAND: Final = ["-m", "streamlit", "run", "app.py", "--server.port"]


def text(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def test_every_file_runs_the_same_command() -> None:
    container = json.loads(re.search(r"^CMD (\[.*\])$", text("Containerfile"), re.MULTILINE)[1])
    unit = shlex.split(
        re.search(r"^ExecStart=(.*)$", text("queue-dashboard@.service"), re.MULTILINE)[1]
    )

    assert container[1:] == [*COMMAND, "8501", "--server.headless", "true"]
    assert unit[1:] == [*COMMAND, "%i", "--server.headless", "true"]


def test_the_container_has_what_the_tests_copy_and_nothing_secret() -> None:
    copied = {
        each
        for line in re.findall(r"^COPY (.*)$", text("Containerfile"), re.MULTILINE)
        for each in line.split()[:-1]
    }
    assert {each.partition("/")[0] for each in copied} >= {*PARTS}
    assert not {".env", ".", "access.toml", "targets.toml", ".streamlit"} & copied


def test_everybody_asks_for_health_at_the_same_place() -> None:
    assert f"localhost:8501{HEALTH}" in text("Containerfile")
    assert f"health_uri {HEALTH}" in text("Caddyfile")


def test_settings_that_are_set_exist() -> None:
    known = {key.name for key in (*KEYS, *sign_in.KEYS)} | {"DASHBOARD_SITE", "DASHBOARD_SERVERS"}
    for file in DEPLOY.iterdir():
        named = re.findall(r"\b(?:DASHBOARD|GENESYS_CLOUD)_[A-Z_]+\b", file.read_text("utf-8"))
        assert {*named} <= known, file.name


def test_nothing_runs_as_root_or_writes_where_it_should_not() -> None:
    assert re.search(r"^USER dashboard$", text("Containerfile"), re.MULTILINE)
    compose = text("compose.yaml")
    assert compose.count("read_only: true") == 2
    assert compose.count("cap_drop: [ALL]") == 2
    unit = text("queue-dashboard@.service")
    assert "DynamicUser=yes" in unit
    assert "ProtectSystem=strict" in unit


def test_images_are_pinned() -> None:
    images = re.findall(
        r"(?:FROM|image:) (docker\.io/\S+)", text("Containerfile") + text("compose.yaml")
    )
    assert len(images) == 3
    assert all(re.search(r":\d+\.\d+\.\d+", each) for each in images)


@pytest.mark.skipif(shutil.which("caddy") is None, reason="Caddy is not installed")
def test_caddy_takes_its_file_and_keeps_each_person_on_one_server() -> None:
    adapted = subprocess.run(
        ["caddy", "adapt", "--config", str(DEPLOY / "Caddyfile"), "--adapter", "caddyfile"],
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    told = json.dumps(json.loads(adapted.stdout))
    assert '"policy": "cookie"' in told
    assert '"dial": "localhost:8502"' in told
    assert "dashboard.example.com" in told
