"""What figures can do without: refused, missing, slow or broken, they come and the exit is 0."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from genesys.command_line import command
from genesys.organization import directory, extras
from tests.command_line.running import Done
from tests.command_line.test_processes import settings_of
from tests.hostile import EMPTY_503, NOT_JSON, RESET, SILENT, HostileServer, Seen, Sent, ok, refuse
from tests.hostile_queues import IDS, _answer

NAME, RETENTION = "/organizations/me", "/dataretention/settings"
TARGETS, VIEWS = "/routing/queues", "/divisionviews/all"
NAMES = ("Billing", "Claims")
FAULTS = {
    "403": refuse(403, "missing.permissions"),
    "404": refuse(404, "not.found"),
    "500": refuse(500, "internal.server.error"),
    "503": EMPTY_503,
    "reset": RESET,
    "html": NOT_JSON,
    "206": Sent(206, b"{}"),
    "an error's body": ok({"message": "No."}),
    "another shape": ok([1]),
    "silent": SILENT,
}
OLD = "report --from 2024-05-11 --to 2024-05-17 --kpis offered,answer_pct --targets --format json"


@contextmanager
def broken(monkeypatch: pytest.MonkeyPatch, ends: tuple[str, ...], fault: Sent) -> Iterator[None]:
    queues = dict(zip(IDS, NAMES, strict=False))

    def answer(seen: Seen) -> Sent:
        return fault if seen.path.endswith(ends) else _answer(seen, queues, {})

    monkeypatch.setattr(extras, "SECONDS", 0.3)
    monkeypatch.setattr(extras.extra, "__defaults__", (0.3,))
    monkeypatch.setattr(directory, "LIST_SECONDS", 0.3)
    with HostileServer(answer) as server:
        for name, value in settings_of(server).items():
            monkeypatch.setenv(name, value)
        yield


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize(
    ("end", "says"),
    [
        (NAME, "The organization's name is missing."),
        (RETENTION, "For how long figures are kept is not known."),
        (TARGETS, "The queues' own targets"),
    ],
    ids=["name", "retention", "targets"],
)
def test_figures_come_and_one_line_says_what_is_missing(
    run: Callable[..., Done], monkeypatch: pytest.MonkeyPatch, end: str, says: str, fault: Sent
):
    with broken(monkeypatch, (end,), fault):
        done = run(OLD)
    assert done.code == 0
    assert [(row["queue_name"], row["offered"], row["answer_pct"]) for row in done.json] == [
        ("Billing", 10, 90),
        ("Claims", 10, 90),
    ]
    assert sum(says in line for line in done.err.splitlines()) == 1


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_without_any_list_of_queues_they_are_ids_and_none_is_called_deleted(
    run: Callable[..., Done], monkeypatch: pytest.MonkeyPatch, fault: Sent
):
    with broken(monkeypatch, (TARGETS, VIEWS), fault):
        done = run(OLD.replace("--targets", ""))
        unknown = run(OLD.replace("--targets", "--queue Billing"))
    assert done.code == 0
    assert [(row["queue_id"], row["queue_name"]) for row in done.json] == [
        (key, f"Queue ({key[:8]})") for key in IDS[:2]
    ]
    assert "The list of queues is incomplete" in done.err or "Queues are shown by id" in done.err
    assert unknown.code == 2
    assert "se an id." in unknown.err


SHORT = ok({"entities": [{"id": IDS[0], "name": "Billing"}], "pageCount": 1, "total": 2})


class TestAnIncompleteList:
    """Names are taken from it, absence is not."""

    def test_is_told_and_calls_no_queue_deleted(self, run, monkeypatch):
        with broken(monkeypatch, (TARGETS, VIEWS), SHORT):
            done = run(OLD)
        assert done.code == 0
        assert [row["queue_name"] for row in done.json] == ["Billing", f"Queue ({IDS[1][:8]})"]
        assert "The list of queues is incomplete: it counts 2, but holds 1." in done.err
        assert "The queues' own targets are incomplete: it counts 2, but holds 1." in done.err

    def test_is_completed_by_the_other_list(self, run, monkeypatch):
        with broken(monkeypatch, (VIEWS,), SHORT):
            done = run(OLD.replace("--targets", ""))
        assert [row["queue_name"] for row in done.json] == ["Billing", "Claims"]
        assert "incomplete" not in done.err

    def test_fails_the_check(self, run, monkeypatch):
        with broken(monkeypatch, (TARGETS, VIEWS), SHORT):
            done = run("check")
        assert done.code == 1
        assert b"FAILED  Queue names" in done.out
        assert b"The list of queues is incomplete: it counts 2, but holds 1." in done.out
        assert b"FAILED  Targets" in done.out


@pytest.mark.parametrize("words", [OLD, "review --last 7d", "explain offered --last 7d"])
def test_all_at_once_end_nothing(run, monkeypatch, tmp_path: Path, words: str):
    file = tmp_path / "figures"
    with broken(monkeypatch, (NAME, RETENTION, TARGETS, VIEWS), EMPTY_503):
        done = run(words, "--output", str(file))
    assert (done.code, done.out) == (0, b"")
    assert file.stat().st_size > 10


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_stop_after_the_figures_were_written_does_not_unsay_them(
    run, monkeypatch, tmp_path: Path, live, name: str
):
    file = tmp_path / "figures.json"
    before = signal.getsignal(getattr(signal, name))
    monkeypatch.setattr(command, "say", lambda _: os.kill(os.getpid(), getattr(signal, name)))
    done = run(OLD, "--output", str(file))
    assert done.code == 0
    assert "nothing was written" not in done.err
    assert len(json.loads(file.read_bytes())) == 56
    assert signal.getsignal(getattr(signal, name)) == before
