"""Boxes: where things lie on a slide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """A rectangle in inches of a slide that is 7.5 inches high, from its upper left corner."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    def top(self, height: float) -> Box:
        """The upper part, so high, if there is as much."""
        return Box(self.x, self.y, self.w, min(height, self.h))

    def below(self, height: float) -> Box:
        """What is left below the upper part."""
        return Box(self.x, self.y + min(height, self.h), self.w, max(self.h - height, 0.0))

    def above(self, height: float) -> Box:
        """What is left above the lowest part."""
        return Box(self.x, self.y, self.w, max(self.h - height, 0.0))

    def columns(self, shares: Sequence[float], gap: float) -> list[Box]:
        """Boxes side by side, as wide as their shares."""
        if not shares:
            return []
        room = (self.w - gap * (len(shares) - 1)) / sum(shares)
        lefts = [self.x + room * sum(shares[:each]) + gap * each for each in range(len(shares))]
        return [
            Box(x, self.y, room * share, self.h) for x, share in zip(lefts, shares, strict=True)
        ]

    def rows(self, shares: Sequence[float], gap: float) -> list[Box]:
        """Boxes one below the other, as high as their shares."""
        turned = Box(self.y, self.x, self.h, self.w).columns(shares, gap)
        return [Box(each.y, each.x, each.h, each.w) for each in turned]
