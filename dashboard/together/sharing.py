"""One makes, all have it: values that servers share, each made by one of them at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from types import GenericAlias
from typing import Any, Final, Generic, TypeVar

import msgspec

from dashboard.together.store import Store
from reports.data.keeping import Lasting

Q = TypeVar("Q", bound=Hashable)
T = TypeVar("T")

LEASE: Final = timedelta(seconds=10)
"""After so long without a sign a server that makes a value is taken for dead."""

RENEWED: Final = timedelta(seconds=3)
LOOK_SECONDS: Final = 0.1


@dataclass(frozen=True)
class Kind(Generic[Q, T]):
    """How values of a kind are shared: their keys, lives and bytes.

    `read` gives None for bytes that are no such value, or not one that may be taken.
    """

    key: Callable[[Q], str]
    life: Callable[[Q], timedelta]
    write: Callable[[T], bytes]
    read: Callable[[Q, bytes], T | None]


def shared_each(
    store: Store,
    kind: Kind[Q, T],
    questions: Sequence[Q],
    make: Callable[[Sequence[Q], Callable[[], None]], Sequence[T]],
    *,
    on_wait: Callable[[], None] = lambda: None,
    sleep: Callable[[float], None] = time.sleep,
    monotonic: Callable[[], float] = time.monotonic,
) -> list[Lasting[T]]:
    """The value of each question: what is shared, else made here or, meanwhile, elsewhere.

    What is shared lasts here no longer than there, or it would grow older on each server.
    `make` is given what it has to call now and then while it takes long, as a sign of life.
    What it raises is raised; `on_wait` is called while another server makes a value.
    """
    found: dict[Q, Lasting[T]] = {}
    while missing := [each for each in dict.fromkeys(questions) if each not in found]:
        found |= _read(store, kind, missing)
        missing = [each for each in missing if each not in found]
        leases = _leased(store, kind, missing)
        # Between the look and the lease another one may have put its value.
        found |= _read(store, kind, [*leases])
        store.release({kind.key(each): leases[each] for each in leases if each in found})
        ours = {each: token for each, token in leases.items() if each not in found}
        if ours:
            found |= _made(store, kind, ours, make, monotonic)
        elif missing and not leases:
            on_wait()
            sleep(LOOK_SECONDS)
    return [found[each] for each in questions]


def shared(
    store: Store,
    kind: Kind[Q, T],
    question: Q,
    make: Callable[[], T],
    *,
    on_wait: Callable[[], None] = lambda: None,
) -> Lasting[T]:
    """The value of one question, as `shared_each`."""
    return shared_each(store, kind, [question], lambda _, __: [make()], on_wait=on_wait)[0]


def shared_value(
    store: Store,
    key: str,
    life: timedelta,
    kind: Any,
    make: Callable[[], T],
    *,
    on_wait: Callable[[], None] = lambda: None,
) -> Lasting[T]:
    """A value that JSON can hold, and None among them, as `shared`."""
    boxed: Any = GenericAlias(tuple, (kind,))

    def read(_: str, packed: bytes) -> tuple[T] | None:
        try:
            return msgspec.json.decode(packed, type=boxed)  # type: ignore[no-any-return]
        except (msgspec.MsgspecError, UnicodeError, RecursionError):
            return None

    one = Kind[str, tuple[T]](lambda name: name, lambda _: life, msgspec.json.encode, read)
    found = shared(store, one, key, lambda: (make(),), on_wait=on_wait)
    return Lasting(found.value[0], found.life)


def _read(store: Store, kind: Kind[Q, T], questions: Sequence[Q]) -> dict[Q, Lasting[T]]:
    there = store.get([kind.key(each) for each in questions])
    return {
        each: Lasting(value, min(found.left, kind.life(each)))
        for each, found in zip(questions, there, strict=True)
        if found and (value := kind.read(each, found.value)) is not None
    }


def _leased(store: Store, kind: Kind[Q, T], questions: Sequence[Q]) -> dict[Q, str]:
    tokens = {each: store.lease(kind.key(each), LEASE) for each in questions}
    return {each: token for each, token in tokens.items() if token is not None}


def _made(
    store: Store,
    kind: Kind[Q, T],
    ours: dict[Q, str],
    make: Callable[[Sequence[Q], Callable[[], None]], Sequence[T]],
    monotonic: Callable[[], float],
) -> dict[Q, Lasting[T]]:
    leases = {kind.key(each): token for each, token in ours.items()}
    due = monotonic() + RENEWED.total_seconds()

    def alive() -> None:
        nonlocal due
        if monotonic() >= due:
            store.renew(leases, LEASE)
            due = monotonic() + RENEWED.total_seconds()

    try:
        values = make([*ours], alive)
    except BaseException:
        store.release(leases)
        raise
    made = {
        question: Lasting(value, kind.life(question))
        for question, value in zip(ours, values, strict=True)
    }
    for question, each in made.items():
        if lease := ours[question]:
            store.put(kind.key(question), kind.write(each.value), each.life, lease)
    return made
