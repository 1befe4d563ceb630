"""A frame of the websocket is sent as soon as it is there."""

from __future__ import annotations

import socket
from threading import Thread

import pytest
import uvicorn
from websockets.sync.client import connect

from dashboard.document.at_once import AtOnce


async def waits(scope, receive, send) -> None:
    """Tell a websocket whether its frames wait for acknowledgements."""
    await receive()
    await send({"type": "websocket.accept"})
    connection = send.__self__.transport.get_extra_info("socket")
    option = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    await send({"type": "websocket.send", "text": "at once" if option else "waits"})


@pytest.mark.parametrize(("app", "told"), [(waits, "waits"), (AtOnce(waits), "at once")])
def test_frames_leave_at_once_on_a_socket_as_streamlit_binds_it(app, told: str) -> None:
    with socket.socket(socket.AF_INET) as bound:
        bound.bind(("127.0.0.1", 0))
        bound.listen()
        settings = uvicorn.Config(app, lifespan="off", log_config=None, ws="websockets-sansio")
        server = uvicorn.Server(settings)
        thread = Thread(target=server.run, args=([bound],))
        thread.start()
        try:
            with connect(f"ws://127.0.0.1:{bound.getsockname()[1]}", proxy=None) as opened:
                assert opened.recv(timeout=10) == told
        finally:
            server.should_exit = True
            thread.join(timeout=10)


def test_other_servers_and_requests_are_left_alone() -> None:
    passed = []

    async def app(scope, receive, send) -> None:
        passed.append(scope["type"])

    async def send(message) -> None:
        raise AssertionError(message)

    for kind in ("websocket", "http", "lifespan"):
        answer = AtOnce(app)({"type": kind}, send, send)
        with pytest.raises(StopIteration):
            answer.send(None)
    assert passed == ["websocket", "http", "lifespan"]
