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


def one_line(text: str, longest: int = 300) -> str:
    """Somebody else's text on one line, of bearable length, and with nothing a screen obeys."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= longest else f"{line[:longest].rstrip()} ..."
