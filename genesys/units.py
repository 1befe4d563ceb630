"""Numbers in a finer unit than the one that is asked for: what may have been meant."""

from __future__ import annotations

import re


def coarser(text: str, factor: int, most: int, *, unit: str, finer: str) -> str:
    """A question with the number in its unit, where it fits; else empty.

    There are `factor` of the finer unit in one, and `most` is the largest that is allowed.
    """
    if not re.fullmatch("[0-9]{1,18}", text):
        return ""
    number, rest = divmod(int(text), factor)
    if rest or not 1 <= number <= most:
        return ""
    return f"It is written in {unit}, not in {finer}: {number}?"
