"""Keeping values for a while, made once however many people ask for them at the same time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, Generic, TypeVar

from cachetools import LRUCache, TLRUCache

T = TypeVar("T")

_LOOK_AGAIN: Final = 0.2


@dataclass(frozen=True)
class Lasting(Generic[T]):
    """A value that was made, and for how long it is good from now on."""

    value: T
    life: timedelta


class Keep:
    """A cache bounded in bytes, in which each value has a life of its own."""

    def __init__(self, most_bytes: int, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.hits = self.made = 0
        """How often a value was kept, and how often it had to be made."""
        self._lock = threading.Lock()
        self._making: LRUCache[Hashable, threading.Lock] = LRUCache(1024)
        self._kept: TLRUCache[Hashable, tuple[Any, float, int]] = TLRUCache(
            most_bytes,
            ttu=lambda _key, entry, now: now + entry[1],
            timer=monotonic,
            getsizeof=lambda entry: entry[2],
        )

    def get(
        self,
        key: Hashable,
        life: timedelta,
        make: Callable[[], T],
        *,
        size: Callable[[T], int] = lambda _: 1000,
        on_wait: Callable[[], None] = lambda: None,
    ) -> T:
        """The value kept under the key, else the one that `make` gives, for this life."""
        return self.get_lasting(key, lambda: Lasting(make(), life), size=size, on_wait=on_wait)

    def get_lasting(
        self,
        key: Hashable,
        make: Callable[[], Lasting[T]],
        *,
        size: Callable[[T], int] = lambda _: 1000,
        on_wait: Callable[[], None] = lambda: None,
    ) -> T:
        """The value kept under the key, else the one that `make` gives, for as long as it says.

        While somebody else makes it, `on_wait` is called several times a second. What
        `make` raises is raised, and nothing is kept; nor is a value larger than the bound.
        """
        with self._lock:
            making = self._making.setdefault(key, threading.Lock())
        while not making.acquire(timeout=_LOOK_AGAIN):
            on_wait()
        try:
            with self._lock:
                entry = self._kept.get(key)
                self.hits += entry is not None
                self.made += entry is None
            if entry is not None:
                return entry[0]  # type: ignore[no-any-return]
            made = make()
            self.put(key, made.life, made.value, size(made.value))
            return made.value
        finally:
            making.release()

    def put(self, key: Hashable, life: timedelta, value: object, length: int) -> None:
        """Keep a value of so many bytes under the key, unless it is larger than the bound."""
        with self._lock:
            if length <= self._kept.maxsize:
                self._kept[key] = (value, life.total_seconds(), length)

    def look(self, key: Hashable) -> Any:
        """The value under the key, None where there is none; nothing is made."""
        with self._lock:
            entry = self._kept.get(key)
        return entry and entry[0]

    def holds(self, key: Hashable) -> bool:
        """Whether there is a value under the key."""
        with self._lock:
            return key in self._kept

    def forget(self, chosen: Callable[[Any], bool]) -> None:
        """Drop the values whose keys are chosen, so that the next to ask makes them anew."""
        with self._lock:
            for key in [key for key in self._kept if chosen(key)]:
                self._kept.pop(key, None)

    def clear(self) -> None:
        """Drop all values."""
        with self._lock:
            self._kept.clear()


KEPT: Final = Keep(most_bytes=1_000_000_000)
"""What this process keeps, for all who look at it."""
