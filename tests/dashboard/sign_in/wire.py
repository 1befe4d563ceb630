"""A browser's open page, as the guard sees it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import requests
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from websockets.sync.client import ClientConnection, connect

from genesys.demo import DemoServer
from tests.dashboard.sign_in.guarded import Guarded

At = tuple[Guarded, DemoServer]


RERUN = BackMsg(rerun_script=ClientState()).SerializeToString()


@contextmanager
def wire(at: Guarded, browser: requests.Session, **headers: str) -> Iterator[ClientConnection]:
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    url = at.url.replace("http", "ws") + "/_stcore/stream"
    with connect(url, additional_headers={"Cookie": cookies, **headers}, proxy=None) as opened:
        yield opened


def stands(at: Guarded, browser: requests.Session) -> str:
    """How a session stands, as an open page asks; empty where it goes on."""
    return str(at.get(browser, "/sign-in/session").json().get("over", ""))
