"""Ctrl-C and a request to end: heeded alike until the figures are written, then no more."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

_ENDING: Final = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


@contextmanager
def heeded() -> Iterator[None]:
    """SIGTERM and SIGHUP raise KeyboardInterrupt as SIGINT does, but where they are ignored."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {each: signal.getsignal(each) for each in _ENDING}
    for each in _ENDING:
        if before[each] is signal.SIG_DFL:
            signal.signal(each, _interrupt)
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def ignore() -> None:
    """Heed none of them any more: what was to be written is about to stand."""
    if threading.current_thread() is threading.main_thread():
        for each in _ENDING:
            signal.signal(each, signal.SIG_IGN)


def _interrupt(*_: Any) -> None:
    raise KeyboardInterrupt
