"""The dashboard as users start it: a fresh `streamlit run app.py` on a free port."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import requests

from genesys.settings import DATA, KEEP_NOTHING

ROOT: Final = Path(__file__).resolve().parents[2]
PARTS: Final = ("app.py", ".streamlit", "dashboard", "genesys", "pages", "reports")
START_SECONDS: Final = 60

_ALONE: Final = {"STREAMLIT_SERVER_HEADLESS": "true", DATA.name: KEEP_NOTHING}


@dataclass(frozen=True)
class AppServer:
    """A running dashboard: its address and its folder, where `log.txt` takes what it prints."""

    url: str
    folder: Path
    pid: int = 0

    def kill(self) -> None:
        """End it at once, as a machine that fails."""
        os.kill(self.pid, signal.SIGKILL)

    @property
    def log(self) -> str:
        return (self.folder / "log.txt").read_text(errors="replace")


def copy_project(folder: Path, project: Path = ROOT) -> None:
    """Copy what the dashboard consists of, so that a developer's `.env` stays out of the tests."""
    for part in PARTS:
        source = project / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("secrets.toml"))
        else:
            shutil.copy2(source, folder / part)


@contextmanager
def start_app(
    folder: Path, env: Mapping[str, str] | None = None, port: int = 0
) -> Iterator[AppServer]:
    """Run the dashboard in `folder` in a process of its own, with `env` over the environment.

    The working directory is another one, so that nothing may depend on it. Port 0 is a free one.
    No days are kept unless `env` says where: the user's own folder is not for tests.
    """
    port = port or free_port()
    server = AppServer(f"http://localhost:{port}", folder)
    command = [sys.executable, "-m", "streamlit", "run", str(folder / "app.py")]
    options = ["--server.port", str(port)]
    with (folder / "log.txt").open("wb") as log:
        process = subprocess.Popen(
            command + options,
            cwd=folder.parent,
            env={**os.environ, **_ALONE, **(env or {})},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait(server, process)
        yield replace(server, pid=process.pid)
    finally:
        process.terminate()
        process.wait(timeout=10)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(server: AppServer, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    with requests.Session() as session:
        session.trust_env = False
        while time.monotonic() < end and process.poll() is None:
            try:
                if session.get(f"{server.url}/healthz", timeout=5).text == "ok":
                    return
            except (requests.ConnectionError, requests.Timeout):  # it listens before it serves
                time.sleep(0.05)
    raise RuntimeError(f"The dashboard did not start:\n{server.log}")
