"""The presenter's choice: which scenes, in which order, with which words of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

MOST_LETTERS: Final = 300
"""Of a title, a subtitle or a sentence: it stands in a link and on one screen."""

TITLE: Final = "title"
SUBTITLE: Final = "subtitle"
SCENES: Final = "scenes"
HIDE: Final = "hide"
NONE: Final = "none"
SAY: Final = "say-"

PARAMETERS: Final = (TITLE, SUBTITLE, SCENES, HIDE)
"""The parameters of a link, beside one that begins with SAY for each sentence."""


@dataclass(frozen=True)
class Choice:
    """What is shown of a meeting; no `scenes` are all of them in their own order.

    `said` are keys of scenes and a sentence for each. `hides_none` leaves rows out that belong
    to no queue of today, "No queue" and deleted ones; totals hold them still.
    """

    title: str = ""
    subtitle: str = ""
    scenes: tuple[str, ...] = ()
    said: tuple[tuple[str, str], ...] = ()
    hides_none: bool = False

    def to_params(self) -> dict[str, str]:
        """The parameters of a link: only what differs from no choice."""
        found = {
            TITLE: self.title,
            SUBTITLE: self.subtitle,
            SCENES: ",".join(self.scenes),
            HIDE: NONE if self.hides_none else "",
            **{f"{SAY}{key}": text for key, text in self.said},
        }
        return {name: text for name, text in found.items() if text}


def from_params(params: Mapping[str, Sequence[str]], keys: Sequence[str]) -> Choice:
    """The choice that a link names, of scenes with these keys; what else it says is not taken."""

    def one(name: str) -> str:
        return next(iter(params.get(name, ())), "").strip()[:MOST_LETTERS]

    wanted = dict.fromkeys(one(SCENES).split(","))
    return Choice(
        one(TITLE),
        one(SUBTITLE),
        tuple(key for key in wanted if key in keys),
        tuple((key, text) for key in keys if (text := one(f"{SAY}{key}"))),
        one(HIDE) == NONE,
    )
