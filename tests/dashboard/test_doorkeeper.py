"""What the server refuses, and how a flood of messages waits."""

from __future__ import annotations

import tomllib
from collections.abc import Coroutine
from http import HTTPStatus

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState

from dashboard.document.doorkeeper import (
    MESSAGES_A_SECOND,
    MOST_ADDRESS,
    MOST_HEADERS,
    MOST_MESSAGE,
    Doorkeeper,
    refusal,
)
from tests.browser.app_server import ROOT


def request(method: str = "GET", path: str = "/", query: bytes = b"", headers=()) -> dict:
    return {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query,
        "headers": [*headers],
    }


@pytest.mark.parametrize(
    "path", ["/", "/queues", "/_stcore/health", "/_stcore/host-config", "/static/js/index.js"]
)
def test_what_the_dashboard_needs_is_answered(path: str):
    assert refusal(request(path=path)) is None


@pytest.mark.parametrize(
    ("scope", "status"),
    [
        (request("PUT", "/_stcore/upload_file/session/file"), HTTPStatus.METHOD_NOT_ALLOWED),
        (request("POST"), HTTPStatus.METHOD_NOT_ALLOWED),
        (request("DELETE", "/_stcore/upload_file/a/b"), HTTPStatus.METHOD_NOT_ALLOWED),
        (request(path="/_stcore/upload_file/a/b"), HTTPStatus.NOT_FOUND),
        (request(path="/_stcore/metrics"), HTTPStatus.NOT_FOUND),
        (request(query=b"q" * (MOST_ADDRESS + 1)), HTTPStatus.REQUEST_URI_TOO_LONG),
        (
            request(headers=[(b"cookie", b"x" * MOST_HEADERS)]),
            HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
        ),
    ],
    ids=str,
)
def test_all_else_is_refused(scope, status):
    assert refusal(scope) == status


def test_a_link_to_a_hundred_queues_is_short_enough():
    query = "&".join(f"queue={number:036}" for number in range(100)).encode()
    assert refusal(request(query=query)) is None


def received(*contents: bytes, takes: int = 0) -> tuple[list[dict], list[float]]:
    """What a session that takes so many gets of messages that come at once, and its waits."""
    messages = [{"type": "websocket.receive", "bytes": each} for each in contents]
    got: list[dict] = []
    waits: list[float] = []

    async def session(scope, receive, send) -> None:
        got.extend([await receive() for _ in range(takes or len(contents))])

    async def receive() -> dict:
        return messages.pop(0)

    async def send(message) -> None:
        raise AssertionError(message)

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    keeper = Doorkeeper(session, clock=lambda: 100.0, sleep=sleep)
    run(keeper({"type": "websocket"}, receive, send))
    return got, waits


def run(coroutine: Coroutine[None, None, None]) -> None:
    """Run what never waits, as the clock and the sleep are the test's: no loop is needed."""
    with pytest.raises(StopIteration):
        coroutine.send(None)


def test_a_message_that_is_too_large_ends_its_session_alone():
    got, _ = received(b"x" * (MOST_MESSAGE + 1))
    assert got == [{"type": "websocket.disconnect", "code": 1009}]


def test_a_flood_waits_and_what_a_person_does_goes_through_at_once():
    got, waits = received(*[b"rerun"] * (2 * MESSAGES_A_SECOND))
    assert len(got) == 2 * MESSAGES_A_SECOND
    assert 0 < len(waits) <= 2 * MESSAGES_A_SECOND
    assert waits == sorted(waits)
    assert received(b"rerun", b"rerun")[1] == []


@pytest.mark.parametrize("kind", ["clear_cache", "set_run_on_save", "load_git_info"])
def test_what_only_developers_ask_for_is_not_passed_on(kind: str):
    theirs = BackMsg(**{kind: True}).SerializeToString()
    rerun = BackMsg(rerun_script=ClientState(query_string="period=today")).SerializeToString()
    got, waits = received(theirs, rerun, takes=1)
    assert [message["bytes"] for message in got] == [rerun]
    assert len(received(*[theirs] * (2 * MESSAGES_A_SECOND), rerun, takes=1)[1]) > 0
    assert waits == []


def test_less_is_taken_from_a_browser_than_the_server_may_send():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["server"]["maxMessageSize"] * 10**6 > MOST_MESSAGE
