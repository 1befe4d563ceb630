"""The budget of time that all requests of one undertaking share, its end, and what was sent."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from genesys.errors import Cancelled, OutOfTime

_LOG: Final = logging.getLogger("genesys")


def utc_now() -> datetime:
    """The present moment, aware."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class RequestRecord:
    """One try of one request. No status means that no whole answer came."""

    method: str
    path: str
    status: int | None
    ms: int
    tries: int
    correlation_id: str
    at: datetime


@dataclass(frozen=True)
class Pending:
    """A try that is under way: what is asked, and since when."""

    method: str
    path: str
    since: datetime


class Budget:
    """The seconds that all requests of one undertaking share; safe to use from several threads.

    `wait` sleeps for the seconds it is given, or until the budget is cancelled.
    """

    def __init__(
        self,
        seconds: float,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        wait: Callable[[float], object] | None = None,
        now: Callable[[], datetime] = utc_now,
        on_request: Callable[[RequestRecord], None] | None = None,
    ) -> None:
        self.now = now
        self._seconds = seconds
        self._monotonic = monotonic
        self._deadline = monotonic() + seconds
        self._cancelled = threading.Event()
        self._wait = wait or self._cancelled.wait
        self._on_request = on_request
        self._records: list[RequestRecord] = []
        self._pending: list[Pending] = []
        self._lock = threading.Lock()

    @property
    def records(self) -> tuple[RequestRecord, ...]:
        """Every try so far, in the order in which they ended."""
        with self._lock:
            return tuple(self._records)

    @property
    def pending(self) -> tuple[Pending, ...]:
        """The tries that are under way, the longest first."""
        with self._lock:
            return tuple(self._pending)

    @contextmanager
    def asking(self, pending: Pending) -> Iterator[None]:
        """Count a try to those under way, for as long as it is."""
        with self._lock:
            self._pending.append(pending)
        try:
            yield
        finally:
            with self._lock:
                self._pending.remove(pending)

    def part(self, seconds: float) -> Budget:
        """A budget of so many of the seconds left, for something that must not take them all.

        It ends with this one, and its requests are among those of this one.
        """
        part = Budget(
            min(seconds, self.left()),
            monotonic=self._monotonic,
            wait=self._wait,
            now=self.now,
            on_request=self._on_request,
        )
        part._cancelled, part._lock = self._cancelled, self._lock
        part._records, part._pending = self._records, self._pending
        return part

    def cancel(self) -> None:
        """Let nothing further be sent, and end all waiting."""
        self._cancelled.set()

    def left(self) -> float:
        """The seconds that are left, never below 0."""
        return max(0.0, self._deadline - self._monotonic())

    def check(self) -> None:
        """Raise Cancelled or OutOfTime where the budget is over."""
        if self._cancelled.is_set():
            raise Cancelled("It was stopped before it was complete.")
        if not self.left():
            raise self._out_of_time()

    def sleep(self, seconds: float) -> None:
        """Wait; raises OutOfTime at once where the budget does not last so long."""
        self.check()
        if seconds > self.left():
            raise self._out_of_time()
        self._wait(seconds)
        self.check()

    def record(self, record: RequestRecord) -> None:
        """Keep and log a try."""
        with self._lock:
            self._records.append(record)
        _LOG.info(
            "%s %s %s %d ms, try %d, correlation id %s",
            record.method,
            record.path,
            record.status or "no answer",
            record.ms,
            record.tries,
            record.correlation_id or "-",
        )
        if self._on_request:
            self._on_request(record)

    def _out_of_time(self) -> OutOfTime:
        return OutOfTime(
            f"It was not complete within its {self._seconds:g} seconds.",
            "Ask for a shorter interval or fewer queues, or try again later.",
        )
