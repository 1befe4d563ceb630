"""Words that somebody may have meant instead of a wrong one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from genesys.words import listed


def did_you_mean(text: str, words: Iterable[str]) -> str:
    """A question that names the nearest words, in any case; empty where none is near."""
    by_lower = {word.lower(): word for word in words}
    near = difflib.get_close_matches(text.lower(), by_lower, n=3)
    return question(by_lower[word] for word in near)


def question(near: Iterable[str]) -> str:
    """Whether one of these was meant; empty where there is none."""
    words = listed(near, "or")
    return f"Did you mean {words}?" if words else ""
