"""Names as Markdown: hostile ones show letter by letter."""

from __future__ import annotations

import re
from typing import Final

_MARKDOWN: Final = re.compile(r"([!-/:-@\[-`{-~])")
_INVISIBLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters, those that turn the direction of the text behind them included."""
_LINKED: Final = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?=@)", re.IGNORECASE)
"""Where Markdown recognises an address, escaped or not, unless a word joiner stands there."""
_BEFORE_UNIT: Final = re.compile(r"(?<=[0-9]) (?=%)")
"""Where a line would break between a number and what it counts."""


def plain(text: str) -> str:
    """A text as Markdown that shows it letter by letter."""
    shown = _BEFORE_UNIT.sub("\u00a0", _INVISIBLE.sub("?", " ".join(text.split())))
    return _MARKDOWN.sub(r"\\\1", _LINKED.sub("\u2060", shown))
