"""Sessions that are over on one server are over on all of them, a few seconds later."""

from __future__ import annotations

import threading
import time
from typing import Final

from dashboard.sign_in import present
from dashboard.sign_in.desk import Desk
from dashboard.sign_in.sessions import Over
from dashboard.together.packing import SCHEMA
from dashboard.together.standing import store
from dashboard.together.store import Alone, Store

LOOK_SECONDS: Final = 2.0


def mirror_sessions() -> None:
    """Tell the other servers which sessions are over, and hear it of them, as long as this runs."""
    desk, shared = present.desk(), store()
    if desk and not isinstance(shared, Alone):
        threading.Thread(target=_mirror, args=[desk, shared], daemon=True, name="ended").start()


def _mirror(desk: Desk, shared: Store) -> None:
    while True:
        exchange(desk, shared)
        time.sleep(LOOK_SECONDS)


def exchange(desk: Desk, shared: Store) -> None:
    """Hear and tell once; a store that came back empty is told all that is known here."""
    key = f"dashboard:{SCHEMA}:ended:{desk.settings.address}"
    heard = shared.noted(key)
    for session_id, why in heard.items():
        if why.decode(errors="replace") in tuple(Over):
            desk.sessions.end(session_id, Over(why.decode()))
    known = desk.sessions.over()
    shared.note(key, {each: why.encode() for each, why in known.items() if each not in heard})
