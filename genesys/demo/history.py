"""The days of contacts, made when asked for and kept while there is room."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from threading import Lock

from cachetools import LRUCache

from . import hours
from .contacts import LOOK_BACK_DAYS, Day, contacts
from .workload import Workload

RETENTION_DAYS = 1096
"""Three years with a leap day."""

ROOM_BYTES = 256 * 1024 * 1024


def milliseconds(moment: datetime) -> int:
    """UTC milliseconds of an aware moment."""
    return round(moment.timestamp() * 1000)


def _size(day: Day) -> int:
    return sum(table.nbytes for table in day.values())


class History:
    """All that has happened; safe to use from several threads."""

    def __init__(
        self, work: Workload, room_bytes: int = ROOM_BYTES, corrected: Collection[date] = ()
    ) -> None:
        self._work = work
        self._corrected = frozenset(corrected)
        self._kept: LRUCache[date, Day] = LRUCache(room_bytes, getsizeof=_size)
        self._lock = Lock()

    def span(self, now: datetime) -> tuple[int, int]:
        """The UTC milliseconds between which anything is known: retention to now."""
        first = hours.local_date(milliseconds(now)) - timedelta(days=RETENTION_DAYS)
        return int(hours.slot_starts(first)[0]), milliseconds(now)

    def days(self, start: int, end: int) -> Iterator[Day]:
        """Every day whose contacts may have events in [start, end), UTC milliseconds."""
        day = hours.local_date(start) - timedelta(days=LOOK_BACK_DAYS)
        last = hours.local_date(end - 1)
        while day <= last:
            yield self._day(day)
            day += timedelta(days=1)

    def _day(self, day: date) -> Day:
        with self._lock:
            made = self._kept.get(day)
            if made is None:
                made = contacts(self._work, day, is_corrected=day in self._corrected)
                if _size(made) <= self._kept.maxsize:
                    self._kept[day] = made
            return made
