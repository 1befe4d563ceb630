"""The command line as a process of its own: files, pipes, signals, and no traceback ever."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from genesys.demo import DemoServer
from tests.browser.app_server import copy_project
from tests.hostile import SILENT, HostileServer, Seen, Sent, ok

REPORT = "report --from 2026-05-11 --to 2026-05-17 --kpis offered --quiet --format csv".split()
posix = pytest.mark.skipif(os.name == "nt", reason="permissions and signals of POSIX")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project without anybody's `.env`."""
    folder = tmp_path_factory.mktemp("project")
    copy_project(folder)
    return folder


def start(project: Path, words: list[str], env: Mapping[str, str] = os.environ):
    command = [sys.executable, "-W", "error", "-m", "genesys", *words]
    env = {**os.environ, **env, "PYTHONUNBUFFERED": ""}
    # Whoever runs the tests without a terminal may have all signals of one ignored.
    told = signal.signal(signal.SIGHUP, signal.SIG_DFL) if hasattr(signal, "SIGHUP") else None
    try:
        return subprocess.Popen(
            command, cwd=project, env=env, stdout=-1, stderr=-1, encoding="utf-8"
        )
    finally:
        if told is not None:
            signal.signal(signal.SIGHUP, told)


def finish(project: Path, words: list[str], env: Mapping[str, str]) -> tuple[int, str, str]:
    with start(project, words, env) as process:
        out, err = process.communicate(timeout=60)
    return process.returncode, out, err


class TestFiles:
    """A file is written whole or not at all."""

    def test_a_new_file_holds_what_stdout_would(self, run, live, tmp_path: Path):
        file = tmp_path / "figures.csv"
        assert run(" ".join(REPORT), "--output", str(file)) == (0, b"", "")
        assert file.read_bytes() == run(" ".join(REPORT)).out
        assert list(tmp_path.iterdir()) == [file]

    @posix
    def test_a_new_file_has_the_permissions_of_any_new_file(self, run, live, tmp_path: Path):
        plain, file = tmp_path / "plain", tmp_path / "figures.csv"
        plain.touch()
        run(" ".join(REPORT), "--output", str(file))
        assert stat.S_IMODE(file.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)

    @posix
    def test_an_old_file_is_replaced_and_stays_as_private_as_it_was(self, run, live, tmp_path):
        file, link = tmp_path / "figures.csv", tmp_path / "latest.csv"
        file.write_text("old")
        file.chmod(0o600)
        link.symlink_to(file)
        run(" ".join(REPORT), "--output", str(link))
        assert b"Billing" in file.read_bytes()
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert link.is_symlink()

    @pytest.mark.parametrize("name", ["", "folder", "missing/figures.csv", "file/figures.csv"])
    def test_where_no_file_can_be_nothing_is_left_behind(self, run, live, tmp_path, name: str):
        (tmp_path / "folder").mkdir()
        (tmp_path / "file").write_text("kept")
        done = run(" ".join(REPORT), "--output", str(tmp_path / name))
        assert (done.code, done.out) == (2, b"")
        assert "cannot be written" in done.err
        assert sorted(each.name for each in tmp_path.rglob("*")) == ["file", "folder"]
        assert (tmp_path / "file").read_text() == "kept"

    @posix
    def test_a_device_stays_a_device(self, run, live):
        assert run(" ".join(REPORT), "--output", os.devnull).code == 2
        assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)

    @pytest.mark.parametrize("fault", ["write_bytes", "replace"])
    def test_a_full_disk_keeps_the_old_file(self, run, live, monkeypatch, tmp_path, fault: str):
        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        file = tmp_path / "figures.csv"
        file.write_text("old")
        monkeypatch.setattr(Path, fault, full)
        done = run(" ".join(REPORT), "--output", str(file))
        assert done.code == 2
        assert "No space left on device" in done.err
        assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [
            ("figures.csv", "old")
        ]

    def test_a_failed_query_leaves_the_old_file(self, run, live, tmp_path: Path):
        file = tmp_path / "figures.csv"
        file.write_text("old")
        assert run("report --queue Nobody --output", str(file)).code == 2
        assert file.read_text() == "old"


def test_figures_of_a_process_are_those_of_a_call(run, live: DemoServer, project: Path):
    code, out, err = finish(project, REPORT, live.env | {"GENESYS_CLOUD_TIME_ZONE": "UTC"})
    assert (code, err) == (0, "")
    assert out.encode() == run(" ".join(REPORT)).out.replace(b"\r\n", b"\n")


def test_a_check_of_a_process_says_all(live: DemoServer, project: Path):
    code, out, err = finish(project, ["check", "--quiet"], live.env)
    assert (code, err, out.count("\n")) == (0, "", 6)


def test_settings_are_read_from_the_file_beside_the_app(live, project: Path, tmp_path: Path):
    mine = tmp_path / "mine"
    mine.mkdir()
    copy_project(mine, project)
    bare = dict.fromkeys(live.env, "")
    assert finish(mine, REPORT, bare)[0] == 3
    lines = [f"{name}={value}" for name, value in live.env.items()]
    (mine / ".env").write_text("\n".join(lines))
    code, out, err = finish(mine, REPORT, bare)
    assert (code, err) == (0, "")
    assert "Billing" in out


@posix
@pytest.mark.parametrize("words", [[*REPORT, "--granularity", "PT30M"], ["check", "--quiet"]])
def test_a_reader_that_leaves_early_sees_no_traceback(live, project: Path, words: list[str]):
    with start(project, words, live.env) as process:
        process.stdout.close()
        err = process.stderr.read()
        assert process.wait(60) == 1
    assert err == ""


def silent_figures(seen: Seen) -> Sent:
    if "aggregates" in seen.path:
        return SILENT
    return ok({"id": "o", "name": "Northwind", "entities": []})


def settings_of(server: HostileServer) -> dict[str, str]:
    return {
        "GENESYS_CLOUD_CLIENT_ID": "client-1",
        "GENESYS_CLOUD_CLIENT_SECRET": server.connection.client_secret,
        "GENESYS_CLOUD_API_URL": server.url,
        "GENESYS_CLOUD_LOGIN_URL": server.url,
    }


@posix
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_ends_at_once_with_one_line_even_where_the_host_keeps_silent(
    project: Path, tmp_path: Path, ctrl_c: None, name: str
):
    file = tmp_path / "figures.csv"
    with HostileServer(silent_figures) as server:
        words = [*REPORT, "--output", str(file)]
        with start(project, words, settings_of(server)) as process:
            end = time.monotonic() + 60
            while not any("aggregates" in seen.path for seen in server.requests):
                assert time.monotonic() < end
                time.sleep(0.02)
            process.send_signal(getattr(signal, name))
            out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (1, "")
    assert err == "Stopped before it was complete; nothing was written.\n"
    assert list(tmp_path.iterdir()) == []


@posix
@pytest.mark.parametrize("words", [REPORT, ["check", "--quiet"]], ids=["report", "check"])
class TestStdout:
    """What cannot be written is an error, and figures stand exactly where the exit code is 0."""

    def shell(self, project: Path, live: DemoServer, words: list[str], to: str):
        command = f"{sys.executable} -W error -m genesys {' '.join(words)} {to}"
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=project,
            env={**os.environ, **live.env, "PYTHONUNBUFFERED": ""},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        assert "Traceback" not in done.stderr
        assert "Exception" not in done.stderr
        return done

    def test_that_is_closed(self, live, project: Path, words: list[str]):
        done = self.shell(project, live, words, ">&-")
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith("The standard output is closed.")

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
    def test_that_is_full(self, live, project: Path, words: list[str]):
        done = self.shell(project, live, words, ">/dev/full")
        assert (done.returncode, done.stdout) == (1, "")
        assert "No space left on device" in done.stderr

    def test_that_ends_early(self, live, project: Path, words: list[str]):
        done = self.shell(project, live, words, "| head -c 1 >/dev/null; exit ${PIPESTATUS[0]}")
        assert done.returncode in (0, 1)

    def test_with_stderr_closed_holds_the_figures_alone(self, live, project, words: list[str]):
        loud = [word for word in words if word != "--quiet"]
        done = self.shell(project, live, loud, "2>&-")
        assert done.returncode == 0
        assert "as of" not in done.stdout
        assert done.stdout == self.shell(project, live, words, "").stdout


@posix
@pytest.mark.parametrize("words", ["--version", "report --help"])
def test_help_to_a_full_device_leaves_no_traceback(project: Path, live, words: str):
    done = TestStdout().shell(project, live, words.split(), ">/dev/full")
    assert done.returncode in (0, 1)
