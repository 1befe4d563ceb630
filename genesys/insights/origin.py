"""Where figures come from: days that were kept before, and what was asked."""

from __future__ import annotations

from typing import Final

from genesys.analytics.fetch import Answer
from genesys.intervals import together
from genesys.moments import span
from genesys.words import counted, listed

MOST_SPANS: Final = 3
"""More are counted, not named."""


def origin(answer: Answer) -> str:
    """Which part of the answer came from kept days, in a sentence; empty where none did."""
    spans = together(answer.held)
    if not spans:
        return ""
    if not answer.asked:
        return "All of it comes from kept days; nothing was asked."
    named = [span(each, answer.query.zone) for each in spans]
    if len(named) > MOST_SPANS:
        named[MOST_SPANS - 1 :] = [f"{counted(len(named) - MOST_SPANS + 1, 'span')} more"]
    return f"From kept days: {listed(named)}. The rest was asked."
