"""Unknown names, and the right or the nearest ones that may have been meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from typing import Final

from genesys.errors import QueryError
from genesys.metrics import FOREIGN_BY_NAME
from genesys.words import listed

_ALIKE: Final = 0.5
"""How alike, of 1, a wrong name and the nearest right one have to be for advice."""

_MOST_NAMES: Final = 12


def did_you_mean(text: str, words: Iterable[str]) -> str:
    """A question that names the nearest words, in any case; empty where none is near."""
    by_lower = {word.lower(): word for word in words}
    near = difflib.get_close_matches(text.lower(), by_lower, n=3)
    return question(by_lower[word] for word in near)


def question(near: Iterable[str]) -> str:
    """Whether one of these was meant; empty where there is none."""
    words = listed(near, "or")
    return f"Did you mean {words}?" if words else ""


def require_known(kind: str, names: Iterable[str], known: Sequence[str]) -> None:
    """Raise QueryError for a name that is not known, with the right or the nearest name.

    A name that resembles none is answered with those that are known.
    """
    for name in names:
        if name not in known:
            raise QueryError(f"There is no {kind} {name!r}.", _advice(name, known))


def _advice(name: str, known: Sequence[str]) -> str:
    if right := FOREIGN_BY_NAME.get(name.lower()):
        return f"The API calls it {right}."
    by_lower = {word.lower(): word for word in known}
    if near := difflib.get_close_matches(name.lower(), by_lower, n=1, cutoff=_ALIKE):
        return f"The nearest name is {by_lower[near[0]]}."
    more = ", ..." if len(known) > _MOST_NAMES else "."
    return f"Known are: {', '.join(known[:_MOST_NAMES])}{more}"
