"""The files for running it elsewhere say what the tests run: command, settings, health check."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
import requests

from dashboard.sign_in import settings as sign_in
from dashboard.sign_in.guard import HEALTH
from dashboard.sign_in.seals import random_key
from genesys.days.place import default_folder
from genesys.settings import KEYS
from tests.browser.app_server import PARTS, free_port

ROOT: Final = Path(__file__).resolve().parents[1]
DEPLOY: Final = ROOT / "deploy"
COMMAND: Final = ["-m", "streamlit", "run", "app.py", "--server.port"]


def text(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def from_containerfile(instruction: str) -> list[str]:
    """What follows an instruction, each time it stands there, lines put together."""
    lines = text("Containerfile").replace("\\\n", " ")
    return re.findall(rf"^{instruction} +(.*)$", lines, re.MULTILINE)


@contextmanager
def contained(folder: Path, data: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """The dashboard as its container runs it, on a free port: its address and its environment."""
    for line in from_containerfile("COPY"):
        *sources, target = line.split()
        for source in sources:
            place = folder / target / (Path(source).name if target.endswith(("/", ".")) else "")
            place.parent.mkdir(parents=True, exist_ok=True)
            copy = shutil.copytree if (ROOT / source).is_dir() else shutil.copy2
            copy(ROOT / source, place)
    port = str(free_port())
    set_there = dict(pair.split("=") for pair in from_containerfile("ENV")[0].split())
    env = {"PATH": os.environ["PATH"], **set_there, "XDG_DATA_HOME": str(data)} | {
        name: value.replace("${DASHBOARD_SITE}", "dashboard.example.com")
        for name, value in re.findall(r"^    ([A-Z_]+): (\S+)$", of_the_servers(), re.MULTILINE)
    }
    env |= {"DASHBOARD_SIGN_IN": "genesys", "DASHBOARD_SECRET": random_key()}
    command = [each.replace("8501", port) for each in json.loads(from_containerfile("CMD")[-1])]
    with (data / "log.txt").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, *command[1:]], cwd=folder, env=env, stdout=log, stderr=log
        )
    try:
        yield port, env
    finally:
        process.terminate()
        process.wait(timeout=10)


def of_the_servers() -> str:
    """What `compose.yaml` says of both servers."""
    return text("compose.yaml").partition("x-dashboard:")[2].partition("\nservices:")[0]


def test_a_container_serves_with_its_command_environment_and_health_check(tmp_path: Path) -> None:
    folder, data = tmp_path / "opt", tmp_path / "data"
    folder.mkdir()
    data.mkdir()
    with contained(folder, data) as (port, env):
        before = sorted(folder.rglob("*"))
        health = json.loads(from_containerfile("HEALTHCHECK.* CMD")[0])
        check = [sys.executable, *(each.replace("8501", port) for each in health[1:])]
        end = time.monotonic() + 30
        while subprocess.run(check, env=env, capture_output=True, check=False).returncode:
            assert time.monotonic() < end, (data / "log.txt").read_text()
        answer = requests.get(
            f"http://localhost:{port}/queues",
            headers={"Host": "dashboard.example.com", "Accept": "text/html"},
            allow_redirects=False,
            timeout=30,
        )

    assert answer.headers["Location"] == "/sign-in?back=%2Fqueues"
    assert sorted(folder.rglob("*")) == before
    assert "DASHBOARD_REDIS_URL" in env


def test_closed_days_outlive_a_container_and_a_restart(monkeypatch: pytest.MonkeyPatch) -> None:
    (env,) = from_containerfile("ENV")
    place = re.search(r"XDG_DATA_HOME=(\S+)", env)[1]
    unit = text("queue-dashboard@.service")
    monkeypatch.setenv("XDG_DATA_HOME", place)

    assert default_folder().is_relative_to(place)
    assert from_containerfile("VOLUME") == [place]
    assert f"install --directory --owner dashboard --mode 700 {place}" in text("Containerfile")
    assert f'volumes: ["days:{place}"]' in of_the_servers()
    assert f"XDG_DATA_HOME={place}" in unit
    assert f"/var/lib/{re.search('^StateDirectory=(.*)$', unit, re.MULTILINE)[1]}" == place


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
