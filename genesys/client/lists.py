"""Lists in pages, each held against what it says of itself: absence is a fact in a whole one only.

A list that is not whole is still worth having: names are known for the ids that it holds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Final, Generic, TypeVar

import msgspec

from genesys.client.answers import Page
from genesys.client.entities import Division, Queue
from genesys.errors import Cancelled, GenesysError, OutOfTime, SignOnError
from genesys.words import counted

E = TypeVar("E", Queue, Division)

MOST_PAGES: Final = 1000
"""Pages of a list that says nothing of its end; half a million queues are none."""

MOST_NOTES: Final = 3


@dataclass(frozen=True)
class Listed(Generic[E]):
    """The entities of a list, once each; `lacks` says why it may not be whole, empty if it is."""

    entities: tuple[E, ...]
    lacks: str = ""


def read_list(page: Callable[[int], Page], decode: Callable[[msgspec.Raw], E]) -> Listed[E]:
    """The list whose pages, counted from 1, are got by `page`.

    Raises what `page` raises for the first one. Where a later one cannot be had, those
    before it are the list, which then lacks something.
    """
    reading: _Reading[E] = _Reading(decode)
    for number in count(1):
        try:
            is_last = reading.take(number, page(number))
        except (Cancelled, OutOfTime, SignOnError):
            raise
        except GenesysError as error:
            if number == 1:
                raise
            reading.note(f"page {number} cannot be read. {error.what}")
            break
        if is_last:
            break
    return reading.listed()


@dataclass
class _Reading(Generic[E]):
    """A list as far as it was read: its entities, what it says of itself, what is odd in it."""

    decode: Callable[[msgspec.Raw], E]
    found: dict[str, E] = field(default_factory=dict)
    said: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)

    def take(self, number: int, page: Page) -> bool:
        """Take a page in; whether it is the last one."""
        for name in ("page_count", "total"):
            self._hear(name, getattr(page, name))
        if page.page_number not in (None, number):
            self.note(f"page {number} calls itself {page.page_number!r:.20}")
        if page.entities is None:
            self.note(f"page {number} has no entities")
        fresh = sum(map(self._is_fresh, page.entities or ()))
        if page.entities and not fresh:
            self.note(f"page {number} holds nothing new")
        if number >= MOST_PAGES:
            self.note(f"it does not end within {MOST_PAGES:,} pages")
        return self._is_last(number, page) or not fresh or number >= MOST_PAGES

    def listed(self) -> Listed[E]:
        """The whole list, or what there is of it."""
        total = self.said.get("total")
        if total not in (None, len(self.found)):
            self.note(f"it counts {total:,}, but holds {len(self.found):,}")
        return Listed(tuple(self.found.values()), "; ".join(self.notes[:MOST_NOTES]))

    def _is_last(self, number: int, page: Page) -> bool:
        pages, total = self.said.get("page_count"), self.said.get("total")
        if not page.entities:
            if pages is not None and number < pages:
                self.note(f"it ends at page {number} of {pages:,}")
            return True
        if pages is None:
            return total is not None and len(self.found) >= total and not page.next_uri
        if number >= pages and page.next_uri:
            self.note(f"page {number} is the last of {pages:,}, but has a next one")
        if number > pages:
            self.note(f"it has {counted(number, 'page')}, but counts {pages:,}")
        return number >= pages

    def _hear(self, name: str, value: object) -> None:
        """What a page says of the whole list, which no other page may contradict."""
        if value is None:
            return
        if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value):
            self.note(f"its {name.replace('_', ' ')} is {value!r:.20}")
        elif self.said.setdefault(name, int(value)) != value:
            self.note(f"its {name.replace('_', ' ')} changes")

    def _is_fresh(self, raw: msgspec.Raw) -> bool:
        """Keep an entity, where it is one that has not come before."""
        try:
            entity = self.decode(raw)
        except (msgspec.MsgspecError, RecursionError):
            self.note("entries cannot be read")
            return False
        if not entity.id:
            self.note("entries have no id")
        elif entity.id in self.found:
            self.note("entries come twice")
        else:
            self.found[entity.id] = entity
            return True
        return False
