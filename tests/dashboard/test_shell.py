"""What the document of every page brings along, as the settings have it."""

from __future__ import annotations

import pytest
from starlette.types import Message, Receive, Scope, Send

from dashboard.document.shell import Shell


async def document(_: Scope, __: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": HTML})
    await send({"type": "http.response.body", "body": b"<html><body></body></html>"})


HTML = [(b"content-type", b"text/html"), (b"content-length", b"26")]


def sent_by(shell: Shell) -> str:
    """The body that comes; nothing in it waits."""
    bodies: list[bytes] = []

    async def send(message: Message) -> None:
        bodies.append(message.get("body", b""))

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    scope: Scope = {"type": "http", "method": "GET", "headers": []}
    with pytest.raises(StopIteration):
        shell(scope, receive, send).send(None)
    return b"".join(bodies).decode()


@pytest.mark.parametrize(
    ("day", "counted"), [("", 1), ("Sunday", 7), ("Saturday", 6), ("no day at all", 1)]
)
def test_weeks_of_the_calendar_begin_as_set(
    monkeypatch: pytest.MonkeyPatch, day: str, counted: int
):
    monkeypatch.setenv("GENESYS_CLOUD_FIRST_WEEKDAY", day)

    assert f"firstDay: {counted} }}" in sent_by(Shell(document))
