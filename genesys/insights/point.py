"""A talking point, and in which order points are told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from genesys.kpis.catalogue import Kpi

FEWEST: Final = 3
"""So many points are seen first."""


@dataclass(frozen=True)
class Point:
    """A sentence and what it rests on; no queue and media type where it is about all of them.

    `impact` is how many contacts the sentence is about, `short` how many its group lacks to its
    target, and `rule` names what was looked for.
    """

    kpi: str
    queue_id: str
    media_type: str
    text: str
    figures: Mapping[str, float | int | str]
    impact: float
    short: float = 0.0
    rule: str = ""

    @property
    def subject(self) -> tuple[str, str, str]:
        """What it is about: its group, or its KPI of all of them."""
        group = self.queue_id, self.media_type
        return (*group, "" if any(group) else self.kpi)


def of_all(kpi: Kpi, text: str, figures: Mapping[str, float | int | str], impact: float) -> Point:
    """A point about no queue and media type of its own."""
    return Point(kpi.key, "", "", text, figures, float(impact))


def in_order(
    found: Sequence[Point], good: Collection[str], aside: Collection[str]
) -> tuple[Point, ...]:
    """The points, what lacks most contacts first; the rules `good` come after bad news.

    What is good never comes before a miss, however many contacts it has in hand, and the rules
    `aside` come last. No two of the first three are about one group, nor about one KPI of all
    of them, unless good news alone is left.
    """
    first: list[Point] = []
    rest = sorted(
        found,
        key=lambda point: (-point.short, point.rule in aside, point.rule in good, -point.impact),
    )
    while rest and len(first) < FEWEST:
        told = {point.subject for point in first}
        new = next((point for point in rest if point.subject not in told), rest[0])
        first.append(rest[0] if new.rule in (*good, *aside) else new)
        rest.remove(first[-1])
    return (*first, *rest)


def as_text(found: Iterable[Point]) -> str:
    """The points as lines of plain text."""
    return "\n".join(f"- {point.text}" for point in found)


def as_rows(found: Iterable[Point]) -> list[dict[str, Any]]:
    """The points as plain values, for JSON."""
    return [asdict(point) for point in found]
