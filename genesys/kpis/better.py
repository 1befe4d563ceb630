"""Which direction of a figure is good news."""

from __future__ import annotations

from enum import StrEnum


class Better(StrEnum):
    """Which direction is good news."""

    UP = "up"
    DOWN = "down"
    BASELINE = "baseline"
    NEITHER = ""

    @property
    def sign(self) -> int:
        """That of a change for the better; 0 where no change is better or worse by itself."""
        return {Better.UP: 1, Better.DOWN: -1}.get(self, 0)

    @property
    def words(self) -> str:
        """The same as a sentence; empty where neither is."""
        return {
            Better.UP: "Higher is better.",
            Better.DOWN: "Lower is better.",
            Better.BASELINE: "Good is what is close to the comparison interval.",
        }.get(self, "")
