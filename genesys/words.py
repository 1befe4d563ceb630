"""Numbers of things and lists as people read them."""

from __future__ import annotations

from collections.abc import Iterable


def counted(number: int, thing: str) -> str:
    """How many there are of a thing that has its plural in -s."""
    return f"{number:,} {plural(number, thing, f'{thing}s')}"


def plural(number: int, one: str, many: str) -> str:
    """The word for one, or for none and many, where it does not stand right after the number."""
    return one if number == 1 else many


def listed(names: Iterable[str], last: str = "and") -> str:
    """The names one after the other, the last after a word of its own."""
    *first, end = [*names] or [""]
    return f"{', '.join(first)} {last} {end}" if first else end
