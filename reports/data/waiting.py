"""Waiting in a run of a page: whoever looks sees what is waited for, and may end it at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, Protocol, TypeVar

from genesys.client.budget import Budget, Pending
from genesys.errors import GenesysError

T = TypeVar("T")

_LOOK_AGAIN: Final = 0.1


class Onlooker(Protocol):
    """Who looks while a run waits."""

    def waits(self, pending: Pending | None = None) -> None:
        """Hear several times a second which request is waited for; may raise to end it."""

    def goes_on(self) -> None:
        """Hear that this wait is over."""


_onlooker: Final[ContextVar[Onlooker | None]] = ContextVar("who looks at this run", default=None)


@contextmanager
def looked_at(onlooker: Onlooker) -> Iterator[None]:
    """Let somebody look while this run waits for anything."""
    before = _onlooker.set(onlooker)
    try:
        yield
    finally:
        _onlooker.reset(before)


@contextmanager
def waits() -> Iterator[Callable[[], None]]:
    """What to call several times a second while somebody else makes what is waited for."""
    onlooker, has_waited = _onlooker.get(), False

    def wait() -> None:
        nonlocal has_waited
        if onlooker:
            has_waited = True
            onlooker.waits()

    try:
        yield wait
    except GenesysError:
        _go_on(onlooker if has_waited else None)
        raise
    _go_on(onlooker if has_waited else None)


def _go_on(onlooker: Onlooker | None) -> None:
    if onlooker:
        onlooker.goes_on()


def aside(make: Callable[[], T], budget: Budget) -> T:
    """What `make` gives, made in a thread of its own where somebody looks while this run waits.

    Whatever they raise cancels the budget; a request that hangs is left to end alone.
    """
    onlooker = _onlooker.get()
    if onlooker is None:
        return make()
    budget.check()
    pool = ThreadPoolExecutor(1, thread_name_prefix="genesys-aside")
    try:
        making = pool.submit(make)
        while not _is_done(making):
            onlooker.waits(next(iter(budget.pending), None))
    except BaseException:
        budget.cancel()
        raise
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    onlooker.goes_on()
    return making.result()


def _is_done(making: Future[T]) -> bool:
    return bool(wait_for([making], timeout=_LOOK_AGAIN).done)
