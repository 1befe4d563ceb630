"""Functions whose values are kept, under a key that is everything they were made of.

The one door to what is kept: no key is written by hand. What a value depends on is an
argument of the function that makes it, and every argument is in the key.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, fields
from datetime import timedelta
from functools import cached_property, lru_cache, singledispatch
from typing import Any, Final, Generic, ParamSpec, TypeVar

from genesys.analytics.fetch import Answer
from genesys.organization.directory import Directory
from genesys.targets import Targets
from reports.data import keeping, lives
from reports.data.keeping import Lasting
from reports.data.sizes import size
from reports.data.waiting import waits

P = ParamSpec("P")
Q = TypeVar("Q", bound=Hashable)
T = TypeVar("T")


@dataclass(frozen=True)
class Key:
    """What tells a value from others: its maker and all it was made of."""

    maker: str
    made_of: tuple[Hashable, ...]

    @cached_property
    def _hash(self) -> int:
        return hash((self.maker, self.made_of))

    def __hash__(self) -> int:
        """Worked out once: a key is looked up several times, and may name many queues."""
        return self._hash


class Keyed:
    """A large value whose fields are all that it is made of; whatever else it has follows.

    Two of them are equal where their fields are. Its key holds no frame alive.
    """

    @cached_property
    def key(self) -> Key:
        parts = tuple(_mark(getattr(self, field.name)) for field in fields(self))  # type: ignore[arg-type]
        return _interned(Key(type(self).__qualname__, parts))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Keyed) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


@lru_cache(maxsize=1024)
def _interned(key: Key) -> Key:
    """The same object for equal keys, so that comparing long ones takes no time."""
    return key


@singledispatch
def _mark(argument: Any) -> Hashable:
    """What stands for an argument in a key: mostly itself."""
    return argument  # type: ignore[no-any-return]


@_mark.register
def _(argument: tuple) -> Hashable:  # type: ignore[type-arg]
    return tuple(map(_mark, argument))


@_mark.register
def _(argument: Keyed) -> Hashable:
    return argument.key


@_mark.register
def _(argument: Answer) -> Hashable:
    return argument.source, argument.query, argument.as_of, argument.refused, argument.within


@_mark.register(Directory)
@_mark.register(Targets)
def _(argument: Directory | Targets) -> Hashable:
    """Their hash, since thousands of queues take long to compare."""
    return type(argument).__qualname__, hash(argument)


class Kept(Generic[P, T]):
    """A function that works each of its values out once within the life that it gives them."""

    def __init__(self, function: Callable[P, Lasting[T]]) -> None:
        functools.update_wrapper(self, function)
        self._function = function
        self._name = f"{function.__module__}.{function.__qualname__}"
        self._signature = inspect.signature(function)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        """The kept value, else the one that the function gives."""
        make = functools.partial(self._function, *args, **kwargs)
        with waits() as on_wait:
            return keeping.KEPT.get_lasting(
                self._key(*args, **kwargs), make, size=size, on_wait=on_wait
            )

    def holds(self, *args: P.args, **kwargs: P.kwargs) -> bool:
        """Whether there is a value of these arguments."""
        return keeping.KEPT.holds(self._key(*args, **kwargs))

    def forget(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Work the value of these arguments out anew when it is next asked for."""
        key = self._key(*args, **kwargs)
        keeping.KEPT.forget(lambda each: each == key)

    def _key(self, *args: P.args, **kwargs: P.kwargs) -> Key:
        bound = self._signature.bind(*args, **kwargs)
        bound.apply_defaults()
        return Key(self._name, tuple(map(_mark, bound.arguments.values())))


def kept_for(life: timedelta) -> Callable[[Callable[P, T]], Kept[P, T]]:
    """Keep the values of a function for so long."""

    def keep(function: Callable[P, T]) -> Kept[P, T]:
        @functools.wraps(function)
        def lasting(*args: P.args, **kwargs: P.kwargs) -> Lasting[T]:
            return Lasting(function(*args, **kwargs), life)

        return Kept(lasting)

    return keep


kept: Final = kept_for(lives.MADE)
"""Keep what a function works out of its arguments."""

kept_lasting: Final = Kept
"""Keep the values of a function for as long as it says."""


def kept_each(
    questions: Sequence[Q],
    ask: Callable[[Sequence[Q]], Sequence[Lasting[T]]],
    on_wait: Callable[[], None],
) -> list[T]:
    """The kept answer to each question; those that are not kept are asked together.

    A question is its own key. While somebody else asks the same, `on_wait` is called.
    """
    answers: dict[Q, Lasting[T]] = {}

    def answer(question: Q) -> Lasting[T]:
        if question not in answers:
            missing = [each for each in questions if not keeping.KEPT.holds(each)]
            answers.update(zip(missing, ask(missing), strict=True))
        return answers[question]

    return [
        keeping.KEPT.get_lasting(each, functools.partial(answer, each), size=size, on_wait=on_wait)
        for each in questions
    ]


def forget_each(kind: type[Q], chosen: Callable[[Q], bool]) -> list[Q]:
    """Drop the answers to the questions of a kind that are chosen; which these were."""
    dropped: list[Q] = []

    def is_meant(key: object) -> bool:
        if not (isinstance(key, kind) and chosen(key)):
            return False
        dropped.append(key)
        return True

    keeping.KEPT.forget(is_meant)
    return dropped
