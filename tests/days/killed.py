"""A fill that is killed ten times, each time a little later: `python -m tests.days.killed FOLDER`.

Prints how many of them were still at work.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from datetime import date
from pathlib import Path
from random import Random
from typing import Final

from genesys.client.budget import Budget
from genesys.days.calendar import begin
from genesys.days.filling import fill, missing
from genesys.days.store import Days
from genesys.intervals import Interval
from tests.days.world import LATER, HonestApi, contacts_of, days_from, here

WANTED: Final = days_from(date(2026, 10, 20), 20)
CONTACTS: Final = contacts_of(Interval(begin(WANTED[0]), begin(WANTED[-1])), 200, Random(8))


def budget() -> Budget:
    """Waits for nothing, long after the days."""
    return Budget(10**6, wait=lambda _: None, now=lambda: LATER)


def fill_rest(days: Days) -> None:
    """Keep whatever is not kept yet."""
    wanted = missing(days, WANTED[0], WANTED[-1], budget())
    fill(days, HonestApi(CONTACTS), wanted, budget())  # type: ignore[arg-type]


def main(folder: Path) -> int:
    """Fork before anything is open, so that each child is a process of its own."""
    at_work = 0
    for attempt in range(10):
        child = os.fork()
        if child == 0:
            fill_rest(Days(here(folder)))
            os._exit(0)
        time.sleep(0.1 + 0.04 * attempt)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        at_work += os.WIFSIGNALED(status)
    return at_work


if __name__ == "__main__":
    sys.stdout.write(f"{main(Path(sys.argv[1]))}\n")
