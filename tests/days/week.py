"""A few days over the end of a month: what happened on them, and as it turned out a day later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from threading import Thread
from typing import Final

from genesys.days.calendar import begin
from genesys.days.store import Days
from genesys.intervals import Interval
from tests.contacts import Contact
from tests.days.world import LATER, contacts_of, days_from, keep_day

WEEK: Final = days_from(date(2026, 5, 30), 4)
"""Nothing happens on the last of them."""

CONTACTS: Final = contacts_of(Interval(begin(WEEK[0]), begin(WEEK[-1])), 60, Random(3))
LATE: Final = [
    *CONTACTS,
    Contact(begin(WEEK[1]) + timedelta(hours=9), "nOffered", 1, "q1", "voice"),
    Contact(begin(WEEK[1]) + timedelta(hours=9), "tHandle", 61_000, "q1", "voice"),
    Contact(begin(WEEK[1]) + timedelta(hours=10), "nOffered", 1, "q1", "voice"),
]
NEXT_DAY: Final = LATER + timedelta(days=1)


def keep_by_all_at_once(writers: Sequence[Days]) -> None:
    """Let all writers keep the same days at the same time."""

    def write(days: Days) -> None:
        for day in WEEK[:3]:
            keep_day(days, CONTACTS, day)

    threads = [Thread(target=write, args=(days,)) for days in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def stop(*_: object) -> None:
    """Stop, in the place of a write, as a process that ends."""
    raise OSError("stopped")
