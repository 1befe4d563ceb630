"""How long one thread may work on while another waits for the processor."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Final

SHORT_SECONDS: Final = 0.0002


@dataclass
class _Makers:
    """How many make something now, and the turns as they were before the first of them."""

    lock: Lock
    count: int = 0
    usual_seconds: float = 0.0


_makers: Final = _Makers(Lock())


@contextmanager
def short_turns() -> Iterator[None]:
    """While this is made, let the runs of others have the processor back soon.

    Python leaves it for 5 ms to whoever works on, as on a workbook, and a run waits dozens of
    times. Not always: where fifty people look at once, short turns make all of them slow.
    """
    with _makers.lock:
        if not _makers.count:
            _makers.usual_seconds = sys.getswitchinterval()
            sys.setswitchinterval(SHORT_SECONDS)
        _makers.count += 1
    try:
        yield
    finally:
        with _makers.lock:
            _makers.count -= 1
            if not _makers.count:
                sys.setswitchinterval(_makers.usual_seconds)
